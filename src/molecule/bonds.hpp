// Which atoms of a geometry are bonded, by their distances.
#pragma once

#include <span>
#include <string>
#include <utility>
#include <vector>

namespace markhor {

// Pairs of atoms, from 0, the lower first, nearer than 1.3 times the sum of their covalent radii
// (B. Cordero et al., Dalton Trans. 2832 (2008)); of elements behind radon, radon's. positions: 3n,
// bohr.
std::vector<std::pair<int, int>> bonds(const std::vector<int>& atomic_numbers,
                                       std::span<const double> positions);

// What becomes of the bonds of the first geometry in the second: "breaks C1-H3, makes N2-H3", or
// "the same bonds". Atoms are counted from 1.
std::string bond_changes(const std::vector<int>& atomic_numbers, std::span<const double> first,
                         std::span<const double> second);

}  // namespace markhor
