// Derivatives of angles and dihedral angles with respect to the positions of their atoms, which
// model Hessians are made of.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

namespace markhor {

// From particle `from` to particle `to`; positions: 3n.
Eigen::Vector3d difference(const Eigen::VectorXd& positions, Eigen::Index from, Eigen::Index to);

// Of the angle i-j-k at j, in the order i, j, k, 1/bohr. On a line it has two directions in which
// to bend, one after the other; folded back on itself none.
std::vector<std::array<Eigen::Vector3d, 3>> angle_derivatives(const Eigen::VectorXd& positions,
                                                              Eigen::Index i, Eigen::Index j,
                                                              Eigen::Index k);

// Of the dihedral angle about the bond j-k, in the order i, j, k, l, 1/bohr: one, or none where the
// sine of an angle i-j-k or j-k-l is below `on_a_line`.
std::vector<std::array<Eigen::Vector3d, 4>> dihedral_derivatives(const Eigen::VectorXd& positions,
                                                                 Eigen::Index i, Eigen::Index j,
                                                                 Eigen::Index k, Eigen::Index l,
                                                                 double on_a_line);

}  // namespace markhor
