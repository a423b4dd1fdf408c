// The forces of Hartree-Fock.
#pragma once

#include <Eigen/Dense>

#include "meanfield/scf.hpp"

namespace markhor {

struct GradientOptions {
  // Contributions of shell quartets below this are left out, Hartree/bohr; with 1e-10 twenty atoms
  // in 3-21G lack 1e-7 in the gradient, with 1e-11 1e-8.
  double threshold = 1e-11;
  int threads = 1;  // that compute integrals
};

// The derivatives of the energy of a converged run_scf with respect to the positions of the atoms,
// x y z of atom 0, of atom 1, ..., Hartree/bohr (P. Pulay, Mol. Phys. 17, 197 (1969)):
//     dE/dR = sum D dh/dR + sum Gamma d(ij|kl)/dR - sum W dS/dR + dE_nn/dR,
// Gamma as in repulsion_gradient.hpp, W as in ScfResult. The gradient's error is proportional to
// that of the orbitals, about the largest element of the orbital gradient.
//
// Functions left out for linear dependence (ScfResult::dropped_functions) are treated as if they
// had not been there; what the combinations left out gain or lose as atoms move is missed. Slater
// functions: the derivatives of the energy of their expansion, exactly. CalculationError: the
// calculation did not converge; see also ShellQuartetDerivatives.
Eigen::VectorXd scf_gradient(const Molecule& molecule, const BasisSet& basis,
                             const ScfResult& result, const GradientOptions& options = {});

}  // namespace markhor
