#include "molecule/basis_set.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

namespace markhor {

namespace {

// 4 pi / (2 l + 1) times the integral of r^(2 l + 2) exp(-a r^2) over r: the squared norm of a
// Racah-normalized solid harmonic, or of x^l, times exp(-a r^2 / 2).
double gaussian_moment(int l, double a) {
  return 4.0 * std::numbers::pi / (2 * l + 1) * std::tgamma(l + 1.5) / 2.0 / std::pow(a, l + 1.5);
}

}  // namespace

int Shell::size() const {
  const int l = angular_momentum;
  return cartesian && l >= 2 ? (l + 1) * (l + 2) / 2 : 2 * l + 1;
}

int BasisSet::size() const {
  int total = 0;
  for (const Shell& shell : shells) total += shell.size();
  return total;
}

void normalize_contraction(Shell& shell) {
  assert(!shell.is_slater() && shell.exponents.size() == shell.coefficients.size());
  const int l = shell.angular_momentum;
  const std::size_t count = shell.exponents.size();
  for (std::size_t p = 0; p < count; ++p) {
    shell.coefficients[p] /= std::sqrt(gaussian_moment(l, 2.0 * shell.exponents[p]));
  }
  double norm = 0.0;
  for (std::size_t p = 0; p < count; ++p) {
    for (std::size_t q = 0; q < count; ++q) {
      norm += shell.coefficients[p] * shell.coefficients[q] *
              gaussian_moment(l, shell.exponents[p] + shell.exponents[q]);
    }
  }
  for (double& c : shell.coefficients) c /= std::sqrt(norm);
}

}  // namespace markhor
