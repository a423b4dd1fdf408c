// From the atoms a user wrote to a checked molecule.
#pragma once

#include <vector>

#include "core/errors.hpp"
#include "io/xyz.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct MoleculeInput {
  std::vector<AtomLine> atoms;
  double bohr_per_unit = 1.0;
  int charge = 0;
  int multiplicity = 1;
  Place charge_place, multiplicity_place;
};

// Faults: unknown element (with a suggestion), two atoms on one point (closer than 0.1 bohr), no
// atoms, a charge that leaves no electrons, a multiplicity that does not fit the electron count
// (the message lists the ones that do).
Molecule build_molecule(const MoleculeInput& input, Faults& faults);

}  // namespace markhor
