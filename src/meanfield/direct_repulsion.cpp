#include "meanfield/direct_repulsion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace markhor {

namespace {

// Contributions to J or K below this are left out, Hartree.
constexpr double contribution_threshold = 1e-13;

// Largest absolute element of any density over each pair of shells.
Eigen::MatrixXd largest_by_shells(const ShellQuartets& quartets,
                                  const std::vector<Eigen::MatrixXd>& densities) {
  Eigen::MatrixXd largest = Eigen::MatrixXd::Zero(quartets.shells(), quartets.shells());
  for (int a = 0; a < quartets.shells(); ++a) {
    for (int b = 0; b < quartets.shells(); ++b) {
      for (const Eigen::MatrixXd& density : densities) {
        const double here = density
                                .block(quartets.first_function(a), quartets.first_function(b),
                                       quartets.size(a), quartets.size(b))
                                .cwiseAbs()
                                .maxCoeff();
        largest(a, b) = std::max(largest(a, b), here);
      }
    }
  }
  return largest;
}

struct Quartet {
  std::array<int, 4> shells;
  double weight;  // 1/2 for each coincidence of shells, cf. StoredRepulsion
};

// Adds weight (ij|kl) to J and K for every function of the quartet; the results lack the factor
// and the symmetrization applied in finish().
void add_quartet(const ShellQuartets& quartets, const Quartet& quartet, const double* v,
                 const Eigen::MatrixXd& density, CoulombExchange& sum) {
  const auto first = [&](std::size_t s) { return quartets.first_function(quartet.shells[s]); };
  const auto end = [&](std::size_t s) { return first(s) + quartets.size(quartet.shells[s]); };
  const int i_end = end(0), j_end = end(1), k_end = end(2), l_first = first(3), l_end = end(3);
  const Eigen::MatrixXd& d = density;
  Eigen::MatrixXd& coulomb = sum.coulomb;
  Eigen::MatrixXd& exchange = sum.exchange;
  for (int i = first(0); i < i_end; ++i) {
    for (int j = first(1); j < j_end; ++j) {
      double j_ij = 0.0;
      const double d_ij = d(i, j) * quartet.weight;
      for (int k = first(2); k < k_end; ++k) {
        const double d_ik = d(i, k) * quartet.weight, d_jk = d(j, k) * quartet.weight;
        double k_ik = 0.0, k_jk = 0.0;
        for (int l = l_first; l < l_end; ++l, ++v) {
          j_ij += *v * d(l, k);
          coulomb(l, k) += *v * d_ij;
          exchange(l, i) += *v * d_jk;
          exchange(l, j) += *v * d_ik;
          k_ik += *v * d(l, j);
          k_jk += *v * d(l, i);
        }
        exchange(k, i) += k_ik * quartet.weight;
        exchange(k, j) += k_jk * quartet.weight;
      }
      coulomb(j, i) += j_ij * quartet.weight;
    }
  }
}

void finish(CoulombExchange& sum) {
  sum.coulomb = 2.0 * (sum.coulomb + sum.coulomb.transpose()).eval();
  sum.exchange = (sum.exchange + sum.exchange.transpose()).eval();
}

}  // namespace

DirectRepulsion::DirectRepulsion(ShellQuartets quartets) : quartets_(std::move(quartets)) {}

std::vector<CoulombExchange> DirectRepulsion::build(
    const std::vector<Eigen::MatrixXd>& densities) {
  const int n = quartets_.functions(), shells = quartets_.shells();
  const CoulombExchange zero{Eigen::MatrixXd::Zero(n, n), Eigen::MatrixXd::Zero(n, n)};
  std::vector<CoulombExchange> sums(densities.size(), zero);
  const Eigen::MatrixXd largest = largest_by_shells(quartets_, densities);
  const double largest_bound = quartets_.bounds().maxCoeff();
  const double largest_density = 4.0 * largest.maxCoeff();

  for (int a = 0; a < shells; ++a) {
    for (int b = 0; b <= a; ++b) {
      const double bound_ab = quartets_.bound(a, b);
      if (bound_ab * largest_bound * largest_density < contribution_threshold) continue;
      for (int c = 0; c <= a; ++c) {
        const double met_by_c =
            std::max({4.0 * largest(a, b), largest(a, c), largest(b, c)});
        for (int d = 0; d <= (c == a ? b : c); ++d) {
          const double met =
              std::max({met_by_c, 4.0 * largest(c, d), largest(a, d), largest(b, d)});
          if (bound_ab * quartets_.bound(c, d) * met < contribution_threshold) continue;
          const double* block = quartets_.compute(a, b, c, d);
          if (block == nullptr) continue;
          const double weight = (a == b ? 0.5 : 1.0) * (c == d ? 0.5 : 1.0) *
                                (a == c && b == d ? 0.5 : 1.0);
          for (std::size_t x = 0; x < densities.size(); ++x) {
            add_quartet(quartets_, {{a, b, c, d}, weight}, block, densities[x], sums[x]);
          }
        }
      }
    }
  }
  for (CoulombExchange& sum : sums) finish(sum);
  return sums;
}

}  // namespace markhor
