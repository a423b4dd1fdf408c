#include "meanfield/cartesian.hpp"

#include <cmath>
#include <cstdlib>

namespace markhor {

namespace {

double factorial(int n) { return std::tgamma(n + 1.0); }

double choose(int n, int k) { return factorial(n) / (factorial(k) * factorial(n - k)); }

// Position of a monomial in cartesian_powers.
Eigen::Index monomial(int y, int z) { return (y + z) * (y + z + 1) / 2 + z; }

// The function m in monomials. The book's v runs over halves for m < 0; w is 2 v.
Eigen::RowVectorXd solid_harmonic(int l, int m) {
  Eigen::RowVectorXd row = Eigen::RowVectorXd::Zero((l + 1) * (l + 2) / 2);
  const int k = std::abs(m), odd = m < 0 ? 1 : 0;
  const double norm = std::sqrt((m == 0 ? 1.0 : 2.0) * factorial(l + k) * factorial(l - k)) /
                      (std::pow(2.0, k) * factorial(l));
  for (int t = 0; t <= (l - k) / 2; ++t) {
    for (int u = 0; u <= t; ++u) {
      for (int w = odd; w <= k; w += 2) {
        const double sign = (t + (w - odd) / 2) % 2 == 0 ? 1.0 : -1.0;
        row[monomial(2 * u + w, l - 2 * t - k)] += sign * norm * std::pow(0.25, t) * choose(l, t) *
                                                   choose(l - t, k + t) * choose(t, u) *
                                                   choose(k, w);
      }
    }
  }
  return row;
}

// Functions x monomials, in the order and norm of basis_set.hpp.
Eigen::MatrixXd coefficients(const Shell& shell) {
  const int l = shell.angular_momentum;
  const Eigen::Index monomials = (l + 1) * (l + 2) / 2;
  // Below l = 2 both kinds are 1 and x, y, z.
  if (shell.cartesian || l < 2) return Eigen::MatrixXd::Identity(monomials, monomials);
  Eigen::MatrixXd result(2 * l + 1, monomials);
  for (int m = -l; m <= l; ++m) result.row(l + m) = solid_harmonic(l, m);
  return result;
}

}  // namespace

std::vector<std::array<int, 3>> cartesian_powers(int l) {
  std::vector<std::array<int, 3>> powers;
  for (int x = l; x >= 0; --x) {
    for (int y = l - x; y >= 0; --y) powers.push_back({x, y, l - x - y});
  }
  return powers;
}

BasisSet cartesian_basis(const BasisSet& basis) {
  BasisSet result = basis;
  for (Shell& shell : result.shells) shell.cartesian = true;
  return result;
}

Eigen::MatrixXd cartesian_density(const BasisSet& basis, const Eigen::MatrixXd& density) {
  const int monomials = cartesian_basis(basis).size();
  Eigen::MatrixXd half(monomials, density.cols());
  Eigen::Index from = 0, to = 0;
  for (const Shell& shell : basis.shells) {
    const Eigen::MatrixXd c = coefficients(shell);
    half.middleRows(to, c.cols()) = c.transpose() * density.middleRows(from, c.rows());
    from += c.rows();
    to += c.cols();
  }
  Eigen::MatrixXd result(monomials, monomials);
  from = to = 0;
  for (const Shell& shell : basis.shells) {
    const Eigen::MatrixXd c = coefficients(shell);
    result.middleCols(to, c.cols()) = half.middleCols(from, c.rows()) * c;
    from += c.rows();
    to += c.cols();
  }
  return result;
}

}  // namespace markhor
