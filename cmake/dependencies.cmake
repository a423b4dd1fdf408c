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
