#include "molecule/basis_set.hpp"

#include <cassert>
#include <cmath>
#include <numbers>

namespace markhor {

namespace {

// Overlap of the primitives p and q with coefficient 1 and a Racah-normalized solid harmonic, or
// x^l: 4 pi / (2 l + 1) times the integral of r^(2 l + 2) R_p R_q over r.
double primitive_overlap(const Shell& shell, std::size_t p, std::size_t q) {
  const int l = shell.angular_momentum;
  const double angular = 4.0 * std::numbers::pi / (2 * l + 1);
  const double sum = shell.exponents[p] + shell.exponents[q];
  if (shell.is_slater()) {
    const double power = 2 * l + 2 + shell.powers[p] + shell.powers[q];
    return angular * std::tgamma(power + 1.0) / std::pow(sum, power + 1.0);
  }
  return angular * std::tgamma(l + 1.5) / 2.0 / std::pow(sum, l + 1.5);
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
  assert(shell.exponents.size() == shell.coefficients.size());
  assert(!shell.is_slater() || shell.exponents.size() == shell.powers.size());
  const std::size_t count = shell.exponents.size();
  for (std::size_t p = 0; p < count; ++p) {
    shell.coefficients[p] /= std::sqrt(primitive_overlap(shell, p, p));
  }
  double norm = 0.0;
  for (std::size_t p = 0; p < count; ++p) {
    for (std::size_t q = 0; q < count; ++q) {
      norm += shell.coefficients[p] * shell.coefficients[q] * primitive_overlap(shell, p, q);
    }
  }
  for (double& c : shell.coefficients) c /= std::sqrt(norm);
}

}  // namespace markhor
