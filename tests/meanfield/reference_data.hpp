// The Hartree-Fock reference values of data/hartree_fock.txt.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "meanfield/scf.hpp"

namespace markhor {

struct ReferenceRecord {
  std::string system, basis_name, solution;
  Molecule molecule;
  bool cartesian = false;
  ScfMethod method = ScfMethod::rhf;
  int functions = 0;
  double energy = 0.0, nuclear_repulsion = 0.0, kinetic = 0.0, nuclear_attraction = 0.0,
         electron_repulsion = 0.0, spin_squared = 0.0;
  std::array<double, 3> dipole{};

  std::string name() const;
};

// All records, in the order of the file.
const std::vector<ReferenceRecord>& reference_records();

// The first record that fits; throws std::out_of_range if there is none.
const ReferenceRecord& reference_record(const std::string& system, const std::string& basis,
                                        ScfMethod method, const std::string& solution);

// A shipped basis set on a molecule; throws InputError on a fault.
BasisSet shipped_basis(const std::string& set, const Molecule& molecule, bool cartesian);

}  // namespace markhor
