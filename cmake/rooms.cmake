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
endfunction()

# One test program per room, tests/<name>; every test case in it becomes a ctest test, labelled
# with the given LABELS.
function(markhor_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;ROOMS;LIBRARIES;LABELS" ${ARGN})
  add_executable(test_${name} ${ARG_SOURCES})
  target_link_libraries(test_${name} PRIVATE test_support ${ARG_ROOMS} ${ARG_LIBRARIES} markhor_options)
  catch_discover_tests(test_${name} TEST_PREFIX "${name}: "
    PROPERTIES LABELS "${name};${ARG_LABELS}" PROCESSORS 1)
endfunction()
