# Language, warnings and processor flags, the same for every target of the project.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)  # for clang-tidy
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

add_library(markhor_options INTERFACE)
target_compile_options(markhor_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wno-sign-conversion -Werror
  # g++ 12 warns falsely about std::string + (GCC bug 105651) and, with AVX-512, inside its own
  # intrinsics (GCC bug 105593).
  -Wno-restrict -Wno-uninitialized -Wno-maybe-uninitialized
  # Strict ISO mode turns contraction off; the walker kernels live on fused multiply-adds.
  -ffp-contract=fast
  -fno-math-errno
  # 64-byte vectors never cross a library boundary here.
  -Wno-psabi)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_options(markhor_options INTERFACE -O3)
endif()
# Parsing Eigen's and Catch's headers is half of the time of a build from nothing (cmake/rooms.cmake).
option(MARKHOR_PRECOMPILE "Parse the large headers of other libraries once" ON)
if(MARKHOR_PRECOMPILE)
  # g++ 12 then takes the library's code for ours and warns falsely about std::string (GCC bug
  # 105329); a build with MARKHOR_PRECOMPILE=OFF has these warnings for our own code.
  target_compile_options(markhor_options INTERFACE
    -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds)
endif()
if(MARKHOR_MARCH)
  target_compile_options(markhor_options INTERFACE -march=${MARKHOR_MARCH})
elseif(MARKHOR_NATIVE)
  target_compile_options(markhor_options INTERFACE -march=native)
endif()
if(MARKHOR_SANITIZE)
  target_compile_options(markhor_options INTERFACE
    -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(markhor_options INTERFACE -fsanitize=address,undefined)
endif()
