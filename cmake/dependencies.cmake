# Debian packages only; scripts/dependencies lists the package that brings each of these.
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(MPI REQUIRED COMPONENTS C)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(libint2 2.7 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5-serial)
find_package(LAPACK REQUIRED)
find_path(RANDOM123_INCLUDE_DIR Random123/philox.h REQUIRED)
if(MARKHOR_TESTS)
  find_package(Catch2 2.13 REQUIRED)
endif()

# Third-party headers are included as system headers: our warnings are for our code.
add_library(libint2_interface INTERFACE)
target_link_libraries(libint2_interface INTERFACE Libint2::int2 Eigen3::Eigen)
target_include_directories(libint2_interface SYSTEM INTERFACE /usr/include)

# Optional: GFN2-xTB as a surface. libxtb runs in GNU OpenMP's threads; we tell that how many.
find_path(XTB_INCLUDE_DIR xtb.h)
find_library(XTB_LIBRARY xtb)
find_package(OpenMP COMPONENTS CXX)
if(XTB_INCLUDE_DIR AND XTB_LIBRARY AND OpenMP_CXX_FOUND)
  add_library(xtb_interface INTERFACE)
  target_link_libraries(xtb_interface INTERFACE ${XTB_LIBRARY} ${OpenMP_CXX_LIBRARIES})
  target_include_directories(xtb_interface SYSTEM INTERFACE ${XTB_INCLUDE_DIR})
else()
  message(STATUS "No libxtb (package libxtb-dev): built without the GFN2-xTB surface")
endif()
