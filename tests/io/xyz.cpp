#include "io/xyz.hpp"

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "support/catch.hpp"

using namespace markhor;

namespace {

struct XyzReading {
  std::vector<AtomLine> atoms;
  std::vector<std::string> messages;
};

XyzReading read(const std::string& content) {
  // In a folder of this process, because two of these cases may run at once.
  const std::string folder = "test_io_" + std::to_string(getpid()) + "/";
  const std::string path = folder + "test_io_geometry.xyz";
  std::filesystem::create_directory(folder);
  std::ofstream(path) << content;
  Faults faults;
  XyzReading reading;
  reading.atoms = read_xyz(path, faults);
  std::filesystem::remove_all(folder);
  for (const Fault& fault : faults.list()) {
    reading.messages.push_back(to_string(fault).substr(folder.size()));
  }
  return reading;
}

std::string fault_of(const std::string& content) {
  const XyzReading reading = read(content);
  for (const std::string& message : reading.messages) UNSCOPED_INFO(message);
  REQUIRE(reading.messages.size() == 1);
  return reading.messages[0];
}

}  // namespace

TEST_CASE("an XYZ file gives its atoms with their lines") {
  const XyzReading reading = read("2\r\nhydrogen\r\n H 0.0 -0.5 1e-1 \r\nh\t0 0 +0.74\r\n\r\n");
  CHECK(reading.messages.empty());
  REQUIRE(reading.atoms.size() == 2);
  CHECK(reading.atoms[0].symbol == "H");
  CHECK(reading.atoms[0].position == std::array<double, 3>{0.0, -0.5, 0.1});
  CHECK(reading.atoms[1].position[2] == 0.74);
  CHECK(reading.atoms[1].place.line == 4);
}

TEST_CASE("XYZ faults") {
  CHECK(fault_of("2\nc\nH 0 0 0\nH 0 0\n") ==
        "test_io_geometry.xyz:4: 'H 0 0' has 3 words instead of 4; an atom line is an element and "
        "three numbers, such as `O 0.0 0.0 0.117`");
  CHECK(fault_of("1\nc\nH 0 0 abc\n") ==
        "test_io_geometry.xyz:3: 'abc', the z coordinate of H, is not a number; write a decimal "
        "number such as 0.5 or 1e-6");
  CHECK(fault_of("1\nc\nH 0 1.0D-1 0\n") ==
        "test_io_geometry.xyz:3: '1.0D-1', the y coordinate of H, has a Fortran exponent; write "
        "1.0e-1");
  CHECK(fault_of("1\nc\nH nan 0 0\n") ==
        "test_io_geometry.xyz:3: 'nan', the x coordinate of H, is not a finite number; write a "
        "decimal number such as 0.5 or 1e-6");
  CHECK(fault_of("H 0 0 0\nH 0 0 1\n") ==
        "test_io_geometry.xyz:1: 'H 0 0 0' is not a number of atoms; an XYZ file holds the number "
        "of atoms in line 1, a comment in line 2, then one atom a line");
  CHECK(fault_of("0\n\n") ==
        "test_io_geometry.xyz:1: '0' is not a number of atoms; an XYZ file holds the number of "
        "atoms in line 1, a comment in line 2, then one atom a line");
  CHECK(fault_of("") ==
        "test_io_geometry.xyz:1: the file is empty; an XYZ file starts with the number of atoms");
  CHECK(fault_of("3\nc\nH 0 0 0\nH 0 0 1\n") ==
        "test_io_geometry.xyz:5: line 1 promises 3 atoms, but only 2 lines follow the comment "
        "line");
  CHECK(fault_of("1\nc\nH 0 0 0\nH 0 0 1\n") ==
        "test_io_geometry.xyz:4: 'H 0 0 1' follows after the 1 atoms that line 1 promises; "
        "correct the count, or keep one geometry a file");
  CHECK(fault_of("9999999999\nc\nH 0 0 0\n") ==
        "test_io_geometry.xyz:4: line 1 promises 9999999999 atoms, but only 1 lines follow the "
        "comment line");
}

TEST_CASE("every malformed line is reported") {
  CHECK(read("3\nc\nH 0 0\nH x y z\nH 0 0 0\n").messages.size() == 4);
}

TEST_CASE("a missing XYZ file") {
  Faults faults;
  CHECK(read_xyz("no_such_folder/water.xyz", faults).empty());
  REQUIRE(faults.list().size() == 1);
  CHECK(to_string(faults.list()[0]) == "no_such_folder/water.xyz: no such file");
}
