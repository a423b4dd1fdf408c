// Full configuration interaction in an active space: orbitals in, an expansion in CSFs over natural
// orbitals out.
#pragma once

#include <Eigen/Dense>
#include <string>

#include "meanfield/active_space.hpp"
#include "meanfield/scf.hpp"
#include "molecule/determinants.hpp"

namespace markhor {

struct CiOptions {
  ActiveSpace space;
  // CSFs with a smaller |coefficient| are left out of the expansion; 0 keeps all above rounding.
  double threshold = 0.01;
  // Hartree. The norm of the residual must fall below 0.1 sqrt(convergence); the error of the
  // energy is its square divided by the distance of the next state.
  double convergence = 1e-10;
  int max_iterations = 100;
  // States followed until it is clear which is the lowest: those that a small CI finds near it,
  // which may have another spatial symmetry.
  int candidates = 4;
  double max_determinants = 5e6;
  double memory_limit = 4e9;  // bytes for stored two-electron integrals; else direct
  int threads = 1;            // that compute integrals
};

struct CiResult {
  bool converged = false;
  std::string status;             // a sentence: how it converged, or why it did not
  double energy = 0.0;            // total, of the whole CI vector, Hartree
  double reference_energy = 0.0;  // of the given orbitals' lowest configuration, Hartree
  double spin_squared = 0.0;      // <S^2> of the whole CI vector
  double residual = 0.0;          // norm of H c - E c
  int iterations = 0;
  int core_orbitals = 0;
  // An end of the active space parts orbitals of equal energy (1e-5 Hartree): what was degenerate
  // by symmetry no longer is, in the density and in the expansion.
  bool parts_degenerate_orbitals = false;
  Eigen::VectorXd natural_occupations;  // of the active orbitals, descending; they add up to the
                                        // active electrons
  // Basis functions x orbitals: core, natural active, virtual; core and virtual as given.
  Eigen::MatrixXd orbitals;
  DeterminantExpansion expansion;  // see csf_expansion; coefficients are not renormalized
  int determinants_in_space = 0, csfs_in_space = 0;
  double truncated_weight = 0.0;  // sum of the squared coefficients left out by the threshold
};

// The lowest state of the molecule's multiplicity. `orbitals` are those of a restricted calculation
// (up equal to down). Direct CI over strings (ci_hamiltonian.hpp) with Davidson's iterations in the
// given orbitals; the vector is then carried over to natural orbitals exactly. Not converging is a
// status in the result. InputError: an active space that is not possible (active_space_problem);
// CalculationError: unrestricted orbitals. Slater functions are expanded as in run_scf.
CiResult run_ci(const Molecule& molecule, const BasisSet& basis, const MolecularOrbitals& orbitals,
                const CiOptions& options);

}  // namespace markhor
