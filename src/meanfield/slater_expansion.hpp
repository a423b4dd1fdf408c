// Slater functions as sums of Gaussians, so that integrals over Gaussians serve for both.
#pragma once

#include <vector>

#include "molecule/basis_set.hpp"

namespace markhor {

// A normalized Slater function of exponent 1, r^(n-1) exp(-r) times a spherical harmonic, is close
// to sum_k coefficients[k] times the normalized Gaussian r^l exp(-exponents[k] r^2) of the same l.
// The sum is normalized.
struct SlaterExpansion {
  std::vector<double> exponents, coefficients;
  // <d|T + 1/2|d>, Hartree, of the difference d before the sum was normalized: the scale of the
  // error that the expansion makes in energies. It goes with zeta^2.
  double error = 0.0;
};

// Least squares in the norm of T + 1/2 instead of that of the overlap (W. J. Hehre, R. F. Stewart,
// J. A. Pople, J. Chem. Phys. 51, 2657 (1969)), which leaves the neighbourhood of the nucleus,
// where much of the energy comes from, to chance. The logarithms of the exponents follow a cubic in
// k (G. A. Petersson, S. Zhong, J. A. Montgomery, M. J. Frisch, J. Chem. Phys. 118, 1101 (2003)),
// which is almost as good as free exponents and has no false minima. n > l, gaussians >= 4.
SlaterExpansion expand_slater(int n, int l, int gaussians);

struct SlaterExpansionOptions {
  // A function gets as many Gaussians, between the two limits, as make zeta^2 times
  // SlaterExpansion::error smaller than this (Hartree); three functions or more of an atom and l
  // share a longer row of exponents, which spans what each of them would get. Functions beyond p
  // hold few electrons and cost the most. With the defaults the Hartree-Fock energy of Be (5 s) is
  // wrong by 2e-7 Hartree, of Ne (5 s, 3 p) by 6e-7, of C2 (6 s, 4 p) by about 1e-6.
  double error = 2e-6, error_beyond_p = 5e-5;
  int fewest = 4, most = 14;
};

// The basis with each Slater shell replaced by the Gaussian shell that stands for it, and Gaussian
// shells as they are: number and order of the functions are the same, so that coefficients of
// orbitals refer to either.
BasisSet gaussian_basis(const BasisSet& basis, const SlaterExpansionOptions& options = {});

bool has_slater_shells(const BasisSet& basis);

}  // namespace markhor
