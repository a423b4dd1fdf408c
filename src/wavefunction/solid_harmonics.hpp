// Real solid harmonics and Cartesian monomials as polynomials in x, y, z.
//
// Spherical functions are Racah-normalized real solid harmonics (Helgaker, Jorgensen, Olsen,
// Molecular Electronic-Structure Theory, 2000, eq. 6.4.47), m = -l ... l; Cartesian ones are the
// monomials xx, xy, xz, yy, yz, zz, ... Order and factors are those of molecule/basis_set.hpp.
#pragma once

#include <vector>

namespace markhor {

struct PolynomialTerm {
  double coefficient = 0.0;
  int x = 0, y = 0, z = 0;  // powers
};
using Polynomial = std::vector<PolynomialTerm>;

// The functions of one shell in basis order.
std::vector<Polynomial> shell_polynomials(int angular_momentum, bool cartesian);

// d/dx (direction 0), d/dy (1) or d/dz (2).
Polynomial derivative(const Polynomial& polynomial, int direction);

// Position of x^a y^b z^c among the monomials of its degree in lexicographic order
// (xx, xy, xz, yy, yz, zz).
int monomial_index(int b, int c);

}  // namespace markhor
