// Shells as combinations of Cartesian monomials, for integrals that are taken over those.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "molecule/basis_set.hpp"

namespace markhor {

// The powers of x, y, z of all monomials of degree l, lexicographic: xx, xy, xz, yy, yz, zz.
std::vector<std::array<int, 3>> cartesian_powers(int l);

// The same shells, all of them Cartesian.
BasisSet cartesian_basis(const BasisSet& basis);

// A density in `basis` as one in cartesian_basis(basis); both symmetric, functions x functions.
// Spherical functions by equations 6.4.47 to 6.4.50 of T. Helgaker, P. Jorgensen, J. Olsen,
// Molecular Electronic-Structure Theory, Wiley 2000, which are Racah-normalized.
Eigen::MatrixXd cartesian_density(const BasisSet& basis, const Eigen::MatrixXd& density);

}  // namespace markhor
