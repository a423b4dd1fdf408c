// Masses of atoms, for vibrations and paths of steepest descent.
#pragma once

namespace markhor {

inline constexpr int max_massive_number = 86;  // radon: the last element of the table

// Of the neutral atom of the most abundant isotope (of the longest-lived one where none is stable),
// in unified atomic mass units. Throws std::out_of_range for numbers not in 1 ... 86.
double atomic_mass(int atomic_number);

}  // namespace markhor
