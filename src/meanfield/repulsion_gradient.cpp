#include "meanfield/repulsion_gradient.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "meanfield/shell_integrals.hpp"
#include "meanfield/threads.hpp"

namespace markhor {

namespace {

// Of what is asked of a quartet, for primitives: they are many, and of one sign within a quartet.
constexpr double primitive_share = 0.01;

using Eigen::MatrixXd;
using Pair = ShellQuartetDerivatives::Pair;

// What does not change from quartet to quartet.
struct Densities {
  const MatrixXd& total;
  const MatrixXd& spin;
  MatrixXd largest;                    // absolute element over a pair of shells, shells x shells
  std::vector<int> atom, first, size;  // of the shells

  std::array<int, 2> range(int shell) const {
    const int begin = first[static_cast<std::size_t>(shell)];
    return {begin, begin + size[static_cast<std::size_t>(shell)]};
  }
  int atom_of(int shell) const { return atom[static_cast<std::size_t>(shell)]; }
};

Densities make_densities(const BasisSet& basis, const MatrixXd& total, const MatrixXd& spin) {
  Densities densities{total, spin, {}, {}, {}, {}};
  int first = 0;
  for (const Shell& shell : basis.shells) {
    densities.atom.push_back(shell.atom);
    densities.first.push_back(first);
    densities.size.push_back(shell.size());
    first += shell.size();
  }
  const auto shells = static_cast<int>(basis.shells.size());
  densities.largest.resize(shells, shells);
  for (int a = 0; a < shells; ++a) {
    for (int b = 0; b < shells; ++b) {
      const std::array<int, 2> i = densities.range(a), j = densities.range(b);
      const auto in_block = [&](const MatrixXd& density) {
        return density.block(i[0], j[0], i[1] - i[0], j[1] - j[0]).cwiseAbs().maxCoeff();
      };
      // The exchange part of either density is bounded by that of their sum of magnitudes.
      densities.largest(a, b) = in_block(total) + (spin.size() == 0 ? 0.0 : in_block(spin));
    }
  }
  return densities;
}

// A bound of Gamma over a quartet, of all its eight permutations.
double largest_gamma(const Densities& densities, const Pair& ab, const Pair& cd) {
  const MatrixXd& d = densities.largest;
  return 4.0 * d(ab.a, ab.b) * d(cd.a, cd.b) + d(ab.a, cd.a) * d(ab.b, cd.b) +
         d(ab.a, cd.b) * d(ab.b, cd.a);
}

// Gamma of a quartet times the number of its permutations, in the order of the integrals. Returns
// the largest magnitude.
double fill_gamma(const Densities& densities, const Pair& ab, const Pair& cd, double permutations,
                  std::vector<double>& gamma) {
  const auto [i_begin, i_end] = densities.range(ab.a);
  const auto [j_begin, j_end] = densities.range(ab.b);
  const auto [k_begin, k_end] = densities.range(cd.a);
  const auto [l_begin, l_end] = densities.range(cd.b);
  const auto exchange = [&](const MatrixXd& d, int i, int j, int k, int l) {
    return d(k, i) * d(l, j) + d(l, i) * d(k, j);
  };
  const MatrixXd &total = densities.total, &spin = densities.spin;
  const double half = 0.5 * permutations, eighth = 0.125 * permutations;
  gamma.clear();
  double largest = 0.0;
  for (int i = i_begin; i < i_end; ++i) {
    for (int j = j_begin; j < j_end; ++j) {
      for (int k = k_begin; k < k_end; ++k) {
        for (int l = l_begin; l < l_end; ++l) {
          double g = half * total(j, i) * total(l, k) - eighth * exchange(total, i, j, k, l);
          if (spin.size() != 0) g -= eighth * exchange(spin, i, j, k, l);
          gamma.push_back(g);
          largest = std::max(largest, std::abs(g));
        }
      }
    }
  }
  return largest;
}

void add_quartet(const Densities& densities, const Pair& ab, const Pair& cd,
                 const ShellQuartetDerivatives::Blocks& blocks, const std::vector<double>& gamma,
                 Eigen::VectorXd& gradient) {
  const auto count = static_cast<Eigen::Index>(gamma.size());
  const auto g = Eigen::VectorXd::Map(gamma.data(), count);
  std::array<double, 9> sums;
  for (std::size_t x = 0; x < 9; ++x) sums[x] = g.dot(Eigen::VectorXd::Map(blocks[x], count));
  const std::array<int, 3> shells{ab.a, ab.b, cd.a};
  for (std::size_t x = 0; x < 9; ++x) {
    gradient[3 * densities.atom_of(shells[x / 3]) + static_cast<int>(x % 3)] += sums[x];
    gradient[3 * densities.atom_of(cd.b) + static_cast<int>(x % 3)] -= sums[x];
  }
}

// All quartets of one bra pair.
void add_pair(ShellQuartetDerivatives& quartets, std::size_t bra, const Densities& densities,
              double threshold, std::vector<double>& gamma, Eigen::VectorXd& gradient) {
  const std::vector<Pair>& pairs = quartets.pairs();
  const Pair& ab = pairs[bra];
  const int atom = densities.atom_of(ab.a);
  const bool one_atom = densities.atom_of(ab.b) == atom;
  for (std::size_t ket = bra; ket < pairs.size(); ++ket) {
    const Pair& cd = pairs[ket];
    // Around one atom the four derivatives cancel.
    if (one_atom && densities.atom_of(cd.a) == atom && densities.atom_of(cd.b) == atom) continue;
    const double permutations =
        (ab.a == ab.b ? 1.0 : 2.0) * (cd.a == cd.b ? 1.0 : 2.0) * (bra == ket ? 1.0 : 2.0);
    const double bound = ab.bound * cd.bound;
    if (bound * largest_gamma(densities, ab, cd) < threshold) continue;
    const double largest = fill_gamma(densities, ab, cd, permutations, gamma);
    if (bound * largest < threshold) continue;
    const ShellQuartetDerivatives::Blocks* blocks = quartets.compute(bra, ket);
    if (blocks == nullptr) continue;
    add_quartet(densities, ab, cd, *blocks, gamma, gradient);
  }
}

}  // namespace

Eigen::VectorXd repulsion_gradient(const Molecule& molecule, const BasisSet& basis,
                                   const MatrixXd& total, const MatrixXd& spin, double threshold,
                                   int threads) {
  const ShellQuartetDerivatives quartets(molecule, basis, primitive_share * threshold);
  const Densities densities = make_densities(basis, total, spin);
  std::vector<Eigen::VectorXd> sums(
      static_cast<std::size_t>(threads),
      Eigen::VectorXd::Zero(3 * static_cast<Eigen::Index>(molecule.atoms.size())));
  run_in_threads(threads, [&](int thread) {
    ShellQuartetDerivatives own(quartets);
    std::vector<double> gamma;
    for (auto bra = static_cast<std::size_t>(thread); bra < own.pairs().size();
         bra += static_cast<std::size_t>(threads)) {
      add_pair(own, bra, densities, threshold, gamma, sums[static_cast<std::size_t>(thread)]);
    }
  });
  for (std::size_t t = 1; t < sums.size(); ++t) sums[0] += sums[t];
  return sums[0];
}

}  // namespace markhor
