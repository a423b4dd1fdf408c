// The Boys function, the radial part of every Coulomb integral over Gaussians.
#pragma once

#include <vector>

namespace markhor {

// F_n(x) = int_0^1 t^2n exp(-x t^2) dt, to 1e-14 for n up to 16 and x >= 0. Taylor expansion about
// tabulated points and downward recursion, as L. E. McMurchie, E. R. Davidson, J. Comput. Phys. 26,
// 218 (1978); far out upward recursion.
class BoysFunction {
 public:
  explicit BoysFunction(int max_order);
  // values[n] = F_n(x) for n = 0 ... order <= max_order.
  void evaluate(double x, int order, double* values) const;

 private:
  int columns_;
  std::vector<double> table_;  // F_n at x = k / 10: row k, column n
};

}  // namespace markhor
