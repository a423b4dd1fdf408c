#include "meanfield/direct_repulsion.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "meanfield/threads.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;

// Contributions to J or K below this are left out, Hartree.
constexpr double contribution_threshold = 1e-13;

// Largest absolute element of any density over each pair of shells.
MatrixXd largest_by_shells(const ShellQuartets& quartets, const std::vector<MatrixXd>& densities) {
  MatrixXd largest = MatrixXd::Zero(quartets.shells(), quartets.shells());
  for (int a = 0; a < quartets.shells(); ++a) {
    for (int b = 0; b < quartets.shells(); ++b) {
      for (const MatrixXd& density : densities) {
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

// The densities of one build and what is needed to see which quartets matter to them.
struct Densities {
  const std::vector<MatrixXd>& matrices;
  MatrixXd largest;  // shells x shells
  double largest_bound, largest_density;
};

struct Quartet {
  std::array<int, 4> shells;
  double weight;  // 1/2 for each coincidence of shells, cf. StoredRepulsion
};

// Adds weight (ij|kl) to J and K for every function of the quartet; the results lack the factor
// and the symmetrization applied in finish().
void add_quartet(const ShellQuartets& quartets, const Quartet& quartet, const double* v,
                 const MatrixXd& density, CoulombExchange& sum) {
  const auto first = [&](std::size_t s) { return quartets.first_function(quartet.shells[s]); };
  const auto end = [&](std::size_t s) { return first(s) + quartets.size(quartet.shells[s]); };
  const int i_end = end(0), j_end = end(1), k_end = end(2), l_first = first(3), l_end = end(3);
  const MatrixXd& d = density;
  MatrixXd& coulomb = sum.coulomb;
  MatrixXd& exchange = sum.exchange;
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

// All quartets (ab|cd) that do not come as (cd|ab).
void add_pair(ShellQuartets& quartets, int a, int b, const Densities& densities,
              std::vector<CoulombExchange>& sums) {
  const MatrixXd& largest = densities.largest;
  const double bound_ab = quartets.bound(a, b);
  if (bound_ab * densities.largest_bound * densities.largest_density < contribution_threshold) {
    return;
  }
  for (int c = 0; c <= a; ++c) {
    // J takes an integral four times where K takes it once.
    const double met_by_c = std::max({4.0 * largest(a, b), largest(a, c), largest(b, c)});
    for (int d = 0; d <= (c == a ? b : c); ++d) {
      const double met = std::max({met_by_c, 4.0 * largest(c, d), largest(a, d), largest(b, d)});
      if (bound_ab * quartets.bound(c, d) * met < contribution_threshold) continue;
      const double* block = quartets.compute(a, b, c, d);
      if (block == nullptr) continue;
      const double weight =
          (a == b ? 0.5 : 1.0) * (c == d ? 0.5 : 1.0) * (a == c && b == d ? 0.5 : 1.0);
      for (std::size_t x = 0; x < sums.size(); ++x) {
        add_quartet(quartets, {{a, b, c, d}, weight}, block, densities.matrices[x], sums[x]);
      }
    }
  }
}

void finish(CoulombExchange& sum) {
  sum.coulomb = 2.0 * (sum.coulomb + sum.coulomb.transpose()).eval();
  sum.exchange = (sum.exchange + sum.exchange.transpose()).eval();
}

}  // namespace

DirectRepulsion::DirectRepulsion(ShellQuartets quartets, int threads)
    : quartets_(std::move(quartets)), threads_(threads) {}

std::vector<CoulombExchange> DirectRepulsion::build(const std::vector<MatrixXd>& matrices) {
  const int n = quartets_.functions();
  Densities densities{matrices, largest_by_shells(quartets_, matrices),
                      quartets_.bounds().maxCoeff(), 0.0};
  densities.largest_density = 4.0 * densities.largest.maxCoeff();
  const CoulombExchange zero{MatrixXd::Zero(n, n), MatrixXd::Zero(n, n)};
  std::vector<std::vector<CoulombExchange>> sums(
      static_cast<std::size_t>(threads_), std::vector<CoulombExchange>(matrices.size(), zero));

  run_in_threads(threads_, [&](int thread) {
    ShellQuartets own(quartets_);
    int pair = 0;
    for (int a = 0; a < own.shells(); ++a) {
      for (int b = 0; b <= a; ++b) {
        if (pair++ % threads_ != thread) continue;
        add_pair(own, a, b, densities, sums[static_cast<std::size_t>(thread)]);
      }
    }
  });
  for (std::size_t x = 0; x < matrices.size(); ++x) {
    for (std::size_t t = 1; t < sums.size(); ++t) {
      sums[0][x].coulomb += sums[t][x].coulomb;
      sums[0][x].exchange += sums[t][x].exchange;
    }
    finish(sums[0][x]);
  }
  return std::move(sums[0]);
}

}  // namespace markhor
