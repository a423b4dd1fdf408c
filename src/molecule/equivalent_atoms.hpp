// Which atoms of a molecule look alike.
#pragma once

#include <vector>

#include "molecule/molecule.hpp"

namespace markhor {

// Class of each atom, numbered from 0 in the order of first occurrence. Two atoms are in one class
// if they are of the same element and see the same elements at the same distances (to 1e-6,
// relative above one bohr). Atoms that a symmetry of the molecule exchanges always are; the reverse
// does not hold in rare cases (distances do not tell left from right, for instance).
std::vector<int> equivalent_atoms(const Molecule& molecule);

}  // namespace markhor
