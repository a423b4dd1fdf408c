// Hermite Gaussians: products of two Gaussians as sums of them, and their Coulomb potential
// (L. E. McMurchie, E. R. Davidson, J. Comput. Phys. 26, 218 (1978); equation numbers are those of
// T. Helgaker, P. Jorgensen, J. Olsen, Molecular Electronic-Structure Theory, Wiley 2000).
//
// With Lambda_tuv = (d/dX)^t (d/dY)^u (d/dZ)^v exp(-p |r - (X, Y, Z)|^2). Arrays over (t, u, v) are
// ordered by degree t + u + v, so that those up to a degree come first.
#pragma once

#include <array>
#include <vector>

#include "meanfield/boys.hpp"
#include "molecule/basis_set.hpp"

namespace markhor {

// Number of (t, u, v) up to a degree; 0 for degree -1.
constexpr int hermite_count(int degree) { return (degree + 1) * (degree + 2) * (degree + 3) / 6; }

constexpr int hermite_index(int t, int u, int v) {
  return hermite_count(t + u + v - 1) + (u + v) * (u + v + 1) / 2 + v;
}

// What a first derivative of the attraction of two shells takes.
inline constexpr int max_hermite_degree = 2 * max_angular_momentum + 1;

// One dimension: (x - A)^i (x - B)^j exp(-a (x - A)^2 - b (x - B)^2) = sum_t E_t^ij Lambda_t.
class HermiteExpansion {
 public:
  // i and j up to these; 0 <= t <= i + j, and a zero at t = i + j + 1.
  static constexpr int max_i = max_angular_momentum + 1, max_j = max_angular_momentum + 2;

  // p = a + b, pa = P - A, pb = P - B where P = (a A + b B) / p; first: E_0^00. Equations 9.5.6 and
  // 9.5.7.
  void compute(int i_end, int j_end, double p, double pa, double pb, double first);
  const double* row(int i, int j) const { return rows_[i][j]; }

 private:
  static constexpr int stride_ = max_i + max_j + 3;
  double rows_[max_i + 1][max_j + 1][stride_];
};

// R_tuv(p, r) = (d/dx)^t (d/dy)^u (d/dz)^v F_0(p r^2), from which the potential at C of Lambda_tuv
// at P is 2 pi / p R_tuv(p, P - C); equations 9.9.13 to 9.9.20.
class HermiteCoulomb {
 public:
  HermiteCoulomb();
  // values[hermite_index(t, u, v)] for all (t, u, v) up to the degree, at most max_hermite_degree.
  void evaluate(int degree, double p, const std::array<double, 3>& r, double* values) const;

 private:
  // One degree from the two below it: R^n_q = r_axis R^n+1_once + factor R^n+1_twice.
  struct Step {
    int axis = 0, once = 0, twice = 0;
    double factor = 0.0;
  };

  BoysFunction boys_;
  std::vector<Step> steps_;
};

}  // namespace markhor
