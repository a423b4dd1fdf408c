// Geometries as text: XYZ files and the deck's inline `atom =` lines.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors.hpp"

namespace markhor {

// One atom as the user wrote it; the unit of position is the file's or the deck's.
struct AtomLine {
  std::string symbol;
  std::array<double, 3> position{};
  Place place;
};

// Reads "O 0.0 0.0 0.117". Adds a fault that says what is wrong and returns false otherwise.
bool parse_atom_line(std::string_view text, const Place& place, AtomLine& atom, Faults& faults);

// Reads an XYZ file (count, comment, one atom a line; angstrom by convention). Every malformed line
// is a fault of its own with its line number.
std::vector<AtomLine> read_xyz(const std::string& path, Faults& faults);

}  // namespace markhor
