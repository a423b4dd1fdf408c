// Coulomb and exchange matrices from integrals kept in memory.
#pragma once

#include <vector>

#include "meanfield/repulsion.hpp"
#include "meanfield/shell_integrals.hpp"

namespace markhor {

// Keeps the integrals unique under the eight permutations of (ij|kl): row p = i (i + 1) / 2 + j,
// i >= j, holds columns q = k (k + 1) / 2 + l <= p. For given i, j, k the integrals over l are
// contiguous, so that both matrices come from one pass over memory in vectors along l.
//
// An integral whose indices coincide has fewer than eight different permutations; it is stored
// multiplied by 1/2 for each of i = j, k = l, (ij) = (kl), which makes the loops free of branches:
// every stored integral is added as if it had eight.
class StoredRepulsion : public Repulsion {
 public:
  StoredRepulsion(const ShellQuartets& quartets, int threads);

  std::vector<CoulombExchange> build(const std::vector<Eigen::MatrixXd>& densities) override;
  bool gains_from_small_densities() const override { return false; }

 private:
  void store_pair(ShellQuartets& quartets, int a, int b);
  void store_quartet(const ShellQuartets& quartets, const std::array<int, 4>& shells,
                     const double* block);
  void scale_coincident();
  CoulombExchange build(const Eigen::MatrixXd& density) const;

  int functions_ = 0;
  std::vector<double> integrals_;
};

}  // namespace markhor
