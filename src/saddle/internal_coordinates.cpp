#include "saddle/internal_coordinates.hpp"

#include <cmath>

namespace markhor {

using Eigen::Index;
using Eigen::Vector3d;
using Eigen::VectorXd;

Vector3d difference(const VectorXd& positions, Index from, Index to) {
  return positions.segment<3>(3 * to) - positions.segment<3>(3 * from);
}

std::vector<std::array<Vector3d, 3>> angle_derivatives(const VectorXd& positions, Index i, Index j,
                                                       Index k) {
  constexpr double on_a_line = 0.05;  // sine
  const Vector3d to_i = difference(positions, j, i), to_k = difference(positions, j, k);
  const double ri = to_i.norm(), rk = to_k.norm();
  const Vector3d u = to_i / ri, v = to_k / rk;
  const double cosine = u.dot(v), sine = u.cross(v).norm();
  const auto derivatives = [](const Vector3d& at_i, const Vector3d& at_k) {
    return std::array<Vector3d, 3>{at_i, -at_i - at_k, at_k};
  };
  if (sine > on_a_line) {
    return {derivatives((cosine * u - v) / (ri * sine), (cosine * v - u) / (rk * sine))};
  }
  if (cosine > 0.0) return {};
  const Vector3d first = u.unitOrthogonal(), second = u.cross(first);
  return {derivatives(first / ri, first / rk), derivatives(second / ri, second / rk)};
}

std::vector<std::array<Vector3d, 4>> dihedral_derivatives(const VectorXd& positions, Index i,
                                                          Index j, Index k, Index l,
                                                          double on_a_line) {
  const Vector3d f = difference(positions, j, i), g = difference(positions, k, j),
                 h = difference(positions, k, l);
  const Vector3d a = f.cross(g), b = h.cross(g);
  const double length = g.norm(), a2 = a.squaredNorm(), b2 = b.squaredNorm();
  if (std::sqrt(a2) < on_a_line * f.norm() * length ||
      std::sqrt(b2) < on_a_line * h.norm() * length) {
    return {};
  }
  // A. Blondel, M. Karplus, J. Comput. Chem. 17, 1132 (1996), eq. 27.
  const Vector3d at_i = -length / a2 * a, at_l = length / b2 * b;
  const Vector3d shared = f.dot(g) / (a2 * length) * a - h.dot(g) / (b2 * length) * b;
  return {std::array<Vector3d, 4>{at_i, -at_i + shared, -at_l - shared, at_l}};
}

}  // namespace markhor
