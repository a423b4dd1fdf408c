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

// Molecular orbitals in a BasisSet: the occupied ones first, in order of energy, then the virtual
// ones (ROHF: doubly occupied, singly occupied, virtual). Fewer than basis functions if the basis
// is linearly dependent. For RHF and ROHF the down orbitals equal the up orbitals; ROHF energies
// are those of the effective Fock matrix described in fock.hpp.
struct MolecularOrbitals {
  Eigen::MatrixXd up, down;                    // basis functions x orbitals
  Eigen::VectorXd up_energies, down_energies;  // Hartree
};

struct ScfOptions {
  ScfMethod method = ScfMethod::rhf;
  // The energy change (Hartree) must fall below this, the largest element of the orbital gradient
  // FDS - SDF in an orthonormal basis below ten times this; see scf.cpp for the rule.
  double convergence = 1e-9;
  int max_iterations = 200;
  bool follow_instability = true;  // leave a saddle point of the energy towards its minimum
  double memory_limit = 4e9;       // bytes for stored two-electron integrals; else direct
  // Threads that compute integrals. Results do not depend on it where integrals are stored, and
  // only in their last digits, the same in every run, where they are recomputed.
  int threads = 1;
  // Combinations of basis functions with a smaller eigenvalue of the overlap matrix are left out.
  double dependence_threshold = 1e-7;
};

struct ScfIteration {
  double energy = 0.0, energy_change = 0.0, gradient = 0.0;
  std::string step;  // "diis", "newton", ...
};

struct ScfResult {
  bool converged = false;
  std::string status;  // a sentence: how it converged, or why it did not
  double energy = 0.0, kinetic = 0.0, nuclear_attraction = 0.0, electron_repulsion = 0.0,
         nuclear_repulsion = 0.0;  // Hartree
  double spin_squared = 0.0;       // <S^2>
  std::array<double, 3> dipole{};  // e bohr, about the origin, nuclei included
  bool stability_checked = false, stable = false;
  int instabilities_followed = 0;
  // Of the second derivatives of the energy with respect to kappa in C exp(kappa), Hartree.
  double lowest_hessian_eigenvalue = 0.0;
  int dropped_functions = 0;      // left out for linear dependence
  bool stored_integrals = false;  // two-electron integrals: kept in memory, else recomputed
  // Slater functions are expanded in Gaussians (slater_expansion.hpp), and the energies are those
  // of the expansion: the smallest and largest number of Gaussians for a function; 0: none is
  // Slater.
  int fewest_gaussians = 0, most_gaussians = 0;
  MolecularOrbitals orbitals;
  // Sum over spins of D F D, functions x functions, Hartree: what a change of the overlap costs
  // (gradient.hpp). Of ROHF too: there the parts of S^-1 F D outside the occupied orbitals cancel
  // between the spins where the energy is stationary.
  Eigen::MatrixXd energy_weighted_density;
  std::vector<ScfIteration> iterations;
};

// Not converging is a status in the result, not an exception. CalculationError: RHF for an open
// shell, more electrons than orbitals. The orbitals' coefficients refer to the functions of
// `basis`, Gaussian and Slater ones alike.
ScfResult run_scf(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options);

// The same from given orbitals: those of other positions of the atoms, say, in the same basis
// functions. They are made orthonormal here (P.-O. Lowdin, J. Chem. Phys. 18, 365 (1950)); where
// that cannot be done (another number of functions or of orbitals, or the orbitals are no longer
// independent) the calculation starts from the atoms' densities after all. The start decides which
// of several solutions is found, and a symmetry that it has is kept.
ScfResult run_scf(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options,
                  const MolecularOrbitals& start);

}  // namespace markhor
