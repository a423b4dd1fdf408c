#include "meanfield/hermite.hpp"

#include <cassert>

namespace markhor {

namespace {

// to_t = from_t-1 / 2p + shift from_t + (t + 1) from_t+1 for t up to `degree` + 1, the last of `to`
// being that of from_degree; from has its zero behind it.
void raise(const double* from, int degree, double half_inverse_p, double shift, double* to) {
  to[0] = shift * from[0] + from[1];
  for (int t = 1; t <= degree; ++t) {
    to[t] = half_inverse_p * from[t - 1] + shift * from[t] + (t + 1) * from[t + 1];
  }
  to[degree + 1] = half_inverse_p * from[degree];
  to[degree + 2] = 0.0;
}

}  // namespace

void HermiteExpansion::compute(int i_end, int j_end, double p, double pa, double pb, double first) {
  assert(i_end <= max_i && j_end <= max_j);
  const double half_inverse_p = 0.5 / p;
  rows_[0][0][0] = first;
  rows_[0][0][1] = 0.0;
  for (int j = 0; j < j_end; ++j) raise(rows_[0][j], j, half_inverse_p, pb, rows_[0][j + 1]);
  for (int j = 0; j <= j_end; ++j) {
    for (int i = 0; i < i_end; ++i) raise(rows_[i][j], i + j, half_inverse_p, pa, rows_[i + 1][j]);
  }
}

HermiteCoulomb::HermiteCoulomb()
    : boys_(max_hermite_degree), steps_(hermite_count(max_hermite_degree)) {
  for (int degree = 1; degree <= max_hermite_degree; ++degree) {
    for (int t = degree; t >= 0; --t) {
      for (int u = degree - t; u >= 0; --u) {
        const std::array<int, 3> power{t, u, degree - t - u};
        Step step;
        while (power[step.axis] == 0) ++step.axis;
        const auto lowered = [&](int by) {
          std::array<int, 3> q = power;
          q[step.axis] -= by;
          return hermite_index(q[0], q[1], q[2]);
        };
        step.once = lowered(1);
        step.factor = power[step.axis] - 1;
        // Where there is nothing to lower twice the factor is zero.
        step.twice = power[step.axis] > 1 ? lowered(2) : 0;
        steps_[hermite_index(power[0], power[1], power[2])] = step;
      }
    }
  }
}

void HermiteCoulomb::evaluate(int degree, double p, const std::array<double, 3>& r,
                              double* values) const {
  assert(degree <= max_hermite_degree);
  double boys[max_hermite_degree + 1];
  boys_.evaluate(p * (r[0] * r[0] + r[1] * r[1] + r[2] * r[2]), degree, boys);
  double scale = 1.0;
  for (int n = 0; n <= degree; ++n, scale *= -2.0 * p) boys[n] *= scale;
  // In place: an element needs those of lower degree of the order above, so highest degrees first.
  values[0] = boys[degree];
  for (int n = degree - 1; n >= 0; --n) {
    for (int q = hermite_count(degree - n) - 1; q > 0; --q) {
      const Step& step = steps_[static_cast<std::size_t>(q)];
      values[q] = r[step.axis] * values[step.once] + step.factor * values[step.twice];
    }
    values[0] = boys[n];
  }
}

}  // namespace markhor
