// How the electron repulsion energy changes as the atoms move.
#pragma once

#include <Eigen/Dense>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// sum_ijkl Gamma_ijkl d(ij|kl)/dR with the two-particle density of a determinant,
//     Gamma_ijkl = 1/2 T_ij T_kl - 1/4 (T_ik T_jl + S_ik S_jl),
// Hartree/bohr, x y z of atom 0, of atom 1, ... T is the density of all electrons, S that of the
// ups less that of the downs; both symmetric, functions x functions. Closed shells: an S of no
// elements. Contributions of quartets below `threshold`,
// Hartree/bohr, are left out. Cartesian Gaussian shells only (cartesian.hpp).
// CalculationError: see ShellQuartetDerivatives.
Eigen::VectorXd repulsion_gradient(const Molecule& molecule, const BasisSet& basis,
                                   const Eigen::MatrixXd& total, const Eigen::MatrixXd& spin,
                                   double threshold, int threads);

}  // namespace markhor
