// Orbital coefficients that follow their basis functions.
//
// When exponents change at fixed coefficients, functions of neighbouring exponents, which nearly
// cancel in an orbital, spoil it long before the change brings anything; along with their rotations
// into each other the parameters would be all but dependent. The coefficients are therefore fitted
// anew: within each block of shells of one nucleus, one l and one kind of angular functions, the
// old functions are replaced by their least-squares fit in the new ones,
//
//     C' = <chi'|chi'>^-1 <chi'|chi> C.
//
// To first order in the logarithm of shell i's scale, with d_i chi_i its derivative at fixed
// coefficients, an orbital then changes by C_i (d_i chi_i - sum_n chi_n M_ni), M = <chi|chi>^-1
// <chi|d chi>: only by what the block's functions do not hold already.
//
// The integrals are over the bare functions, without the cusp correction. (Toulouse2008, II.D,
// which takes the derivatives of orthonormalized functions, is the same idea over all nuclei.)
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "molecule/basis_set.hpp"

namespace markhor {

struct ShellBlock {
  std::vector<std::size_t> shells;  // indices into BasisSet::shells
  int functions = 0;                // of each shell
  Eigen::MatrixXd scale_fit;        // M: shells x shells
};

// The blocks of a basis set; every shell is in one.
std::vector<ShellBlock> shell_blocks(const BasisSet& basis);

// orbitals: basis functions x orbitals, of `before`; overwritten by those of `after`, which has the
// same shells with other exponents.
void follow_basis(const BasisSet& before, const BasisSet& after, Eigen::MatrixXd& orbitals);

// The row of each shell's first function in an orbital's coefficients.
std::vector<Eigen::Index> first_functions(const BasisSet& basis);

}  // namespace markhor
