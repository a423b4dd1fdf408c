// The units a deck may write behind a number.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace markhor {

enum class Dimension { none, length, energy, force, inverse_energy, memory, duration };

struct Unit {
  std::string name;
  Dimension dimension = Dimension::none;
  double factor = 1.0;  // to bohr, Hartree, Hartree/bohr, 1/Hartree, bytes, seconds
};

// "a length", "an energy", "a time in 1/Hartree", ...
std::string dimension_text(Dimension dimension);

// Null if there is no such unit; case does not matter, other spellings ("Ha", "a.u.") count where
// they cannot be mistaken.
const Unit* find_unit(std::string_view name, Dimension wanted);
const Unit* find_unit(std::string_view name);

// Names of the units of a dimension.
std::vector<std::string> unit_names(Dimension dimension);

}  // namespace markhor
