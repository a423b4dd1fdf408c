# One folder of src/ is one room: one static library of the same name.
#
# A room sees the headers of the rooms named in ROOMS and of what those name, and no others: its
# include path holds one link per room it may call, so an include from a folder above it does not
# compile. Public third-party needs go in PUBLIC_LIBRARIES, the rest in LIBRARIES.
function(markhor_room name)
  cmake_parse_arguments(ARG "" "" "SOURCES;ROOMS;LIBRARIES;PUBLIC_LIBRARIES" ${ARGN})
  set(view ${PROJECT_BINARY_DIR}/rooms/${name})
  file(MAKE_DIRECTORY ${view})
  file(CREATE_LINK ${CMAKE_CURRENT_SOURCE_DIR} ${view}/${name} SYMBOLIC)
  add_library(${name} STATIC ${ARG_SOURCES})
  target_include_directories(${name} PUBLIC ${view})
  target_link_libraries(${name}
    PUBLIC ${ARG_ROOMS} ${ARG_PUBLIC_LIBRARIES}
    PRIVATE markhor_options ${ARG_LIBRARIES})
  if(MARKHOR_PRECOMPILE)
    target_precompile_headers(${name} REUSE_FROM precompiled)
  endif()
endfunction()

# Headers of other libraries that are parsed once and reused. A source must still include what it uses.
function(markhor_precompiled name)
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${name}.cpp CONTENT "")  # written once
  add_library(${name} OBJECT ${PROJECT_BINARY_DIR}/${name}.cpp)
  target_link_libraries(${name} PRIVATE ${ARGN} markhor_options)
endfunction()

# One test program per room, tests/<name>; every test case in it becomes a ctest test, labelled
# with the given LABELS.
function(markhor_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE test_support ${ARG_ROOMS} ${ARG_LIBRARIES} markhor_options)
  if(MARKHOR_PRECOMPILE)
    target_precompile_headers(test_${name} REUSE_FROM precompiled_with_catch)
  endif()
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: "
    PROPERTIES LABELS "${name};${ARG_LABELS}" PROCESSORS 1)
endfunction()
