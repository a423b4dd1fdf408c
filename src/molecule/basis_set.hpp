// Contracted basis functions on the atoms of a molecule.
//
// A basis function is R(r) Y_lm(x, y, z) about its atom, with Y a real solid harmonic (it carries
// r^l) or a Cartesian monomial, and, for Gaussian and Slater shells,
//
//     R(r) = sum_p coefficients[p] exp(-exponents[p] r^2),
//     R(r) = sum_p coefficients[p] r^powers[p] exp(-exponents[p] r),   powers[p] = n - 1 - l.
//
// The coefficients are ready to use: primitive normalization and the contraction's normalization
// are already in them. The spherical Y are Racah-normalized, i.e. their square integrates to
// 4 pi / (2 l + 1) over the unit sphere: 1; x, y, z; sqrt(3) x y, ..., z^2 - (x^2 + y^2) / 2, ...
// The Cartesian ones are bare monomials. The square of x^l has that same integral, so that
//     R Y has norm 1 for every spherical function, and for the x^l function of a Cartesian shell;
// the other Cartesian functions of the shell (xy, ...) carry the same factor, as in libint2.
//
// Order of the functions of a shell:
//     spherical: m = -l ... l   (l = 2: xy, yz, z2, xz, x2-y2);  for l = 1 always x, y, z
//     Cartesian: xx, xy, xz, yy, yz, zz (lexicographic, as in libint2)
#pragma once

#include <string>
#include <vector>

namespace markhor {

inline constexpr int max_angular_momentum = 5;  // s to h

struct Shell {
  int atom = 0;                      // index into Molecule::atoms
  int angular_momentum = 0;          // l
  bool cartesian = false;            // matters for l >= 2 only
  std::vector<double> exponents;     // bohr^-2 (Gaussian) or bohr^-1 (Slater)
  std::vector<double> coefficients;  // same length, normalization included
  std::vector<int> powers;           // Slater-type shells only: same length; empty: Gaussian

  bool is_slater() const { return !powers.empty(); }
  int size() const;  // number of functions
};

struct BasisSet {
  std::string name;
  std::vector<Shell> shells;  // all shells of atom 0, then of atom 1, ...

  int size() const;  // number of basis functions
};

// Turns coefficients that belong to normalized primitives, as basis set files print them, into the
// ready-to-use ones above: multiplies in the primitives' norms and scales the contraction to norm
// 1.
void normalize_contraction(Shell& shell);

}  // namespace markhor
