// Hartree-Fock: options in, orbitals and energies out.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <string>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

enum class ScfMethod { rhf, uhf, rohf };

// Molecular orbitals in a BasisSet. For RHF and ROHF the down orbitals equal the up orbitals.
struct MolecularOrbitals {
  Eigen::MatrixXd up, down;                  // basis functions x orbitals, energy order
  Eigen::VectorXd up_energies, down_energies;  // Hartree
};

struct ScfOptions {
  ScfMethod method = ScfMethod::rhf;
  // Both the energy change (Hartree) and ten times the largest element of the orbital gradient
  // FDS - SDF in an orthonormal basis must fall below this scale; see scf.cpp for the rule.
  double convergence = 1e-9;
  int max_iterations = 200;
  bool follow_instability = true;  // leave a saddle point of the energy towards its minimum
  double memory_limit = 4e9;       // bytes for stored two-electron integrals; else direct
};

struct ScfIteration {
  double energy = 0.0, energy_change = 0.0, gradient = 0.0;
  std::string step;  // "diis", "newton", ...
};

struct ScfResult {
  bool converged = false;
  std::string status;  // a sentence: how it converged, or why it did not
  double energy = 0.0, kinetic = 0.0, nuclear_attraction = 0.0, electron_repulsion = 0.0,
         nuclear_repulsion = 0.0;          // Hartree
  double spin_squared = 0.0;               // <S^2>
  std::array<double, 3> dipole{};          // e bohr, about the origin, nuclei included
  bool stability_checked = false, stable = false;
  int instabilities_followed = 0;
  double lowest_hessian_eigenvalue = 0.0;  // of the orbital-rotation Hessian, Hartree
  MolecularOrbitals orbitals;
  std::vector<ScfIteration> iterations;
};

// Not converging is a status in the result, not an exception.
ScfResult run_scf(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options);

}  // namespace markhor
