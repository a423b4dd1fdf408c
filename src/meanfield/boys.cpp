#include "meanfield/boys.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace markhor {

namespace {

constexpr double points_per_unit = 10.0;
// Half a spacing to the power of the first term left out, over its factorial, is 1e-15.
constexpr int taylor_terms = 8;
// Beyond, F_0 is that of infinite x to 1e-16 and upward recursion loses no digits.
constexpr double far_out = 36.0;

// exp(-x) sum_k (2 x)^k / ((2 n + 1) (2 n + 3) ... (2 n + 2 k + 1)), all terms positive.
double boys_series(int n, double x) {
  double term = 1.0 / (2 * n + 1), sum = term;
  for (int k = 1; term > 1e-17 * sum; ++k) {
    term *= 2.0 * x / (2 * n + 2 * k + 1);
    sum += term;
  }
  return std::exp(-x) * sum;
}

}  // namespace

BoysFunction::BoysFunction(int max_order) : columns_(max_order + taylor_terms) {
  const int rows = static_cast<int>(far_out * points_per_unit) + 2;
  table_.reserve(static_cast<std::size_t>(rows * columns_));
  for (int k = 0; k < rows; ++k) {
    for (int n = 0; n < columns_; ++n) table_.push_back(boys_series(n, k / points_per_unit));
  }
}

void BoysFunction::evaluate(double x, int order, double* values) const {
  if (x >= far_out) {
    const double exponential = std::exp(-x), half_inverse = 0.5 / x;
    values[0] = 0.5 * std::sqrt(std::numbers::pi / x);
    for (int n = 0; n < order; ++n) {
      values[n + 1] = ((2 * n + 1) * values[n] - exponential) * half_inverse;
    }
    return;
  }
  const int point = static_cast<int>(x * points_per_unit + 0.5);
  const double step = point / points_per_unit - x;
  // dF_n / dx = -F_n+1.
  const double* from = table_.data() + static_cast<std::ptrdiff_t>(point) * columns_ + order;
  double sum = from[taylor_terms - 1];
  for (int k = taylor_terms - 1; k > 0; --k) sum = from[k - 1] + sum * step / k;
  values[order] = sum;
  if (order == 0) return;
  const double exponential = std::exp(-x);
  for (int n = order; n > 0; --n) values[n - 1] = (2.0 * x * values[n] + exponential) / (2 * n - 1);
}

}  // namespace markhor
