#include "gp/signal_likelihood.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

#include "gp/golden_section.hpp"

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

SignalLikelihood::SignalLikelihood(const MatrixXd& covariance, const VectorXd& variances,
                                   const VectorXd& values)
    : constant_(double(values.size()) * std::log(2.0 * std::numbers::pi) +
                variances.array().log().sum()) {
  const VectorXd scale = variances.cwiseSqrt().cwiseInverse();
  const MatrixXd scaled = scale.asDiagonal() *
                          MatrixXd(covariance.selfadjointView<Eigen::Lower>()) * scale.asDiagonal();
  const Eigen::Tridiagonalization<MatrixXd> tridiagonal(scaled);
  diagonal_ = tridiagonal.diagonal();
  beside_ = tridiagonal.subDiagonal();
  values_ = tridiagonal.matrixQ().adjoint() * scale.cwiseProduct(values);
}

double SignalLikelihood::operator()(double signal_variance) const {
  double pivot = 1.0 + signal_variance * diagonal_[0], value = values_[0];
  double sum = 0.0;
  for (Index i = 0;; ++i) {
    if (!(pivot > 0.0)) return std::numeric_limits<double>::infinity();
    sum += std::log(pivot) + value * value / pivot;
    if (i + 1 == values_.size()) break;
    const double off = signal_variance * beside_[i], factor = off / pivot;
    pivot = 1.0 + signal_variance * diagonal_[i + 1] - factor * off;
    value = values_[i + 1] - factor * value;
  }
  return 0.5 * (constant_ + sum);
}

namespace {

struct RememberedBest {
  const SignalLikelihood& likelihood;
  SignalMaximum best{0.0, std::numeric_limits<double>::infinity()};
  double operator()(double log_signal) {
    const double signal = std::exp(log_signal), value = likelihood(signal);
    if (value < best.negative_log) best = {signal, value};
    return value;
  }
};

}  // namespace

SignalMaximum most_likely_signal(const SignalLikelihood& likelihood, double lowest,
                                 double highest) {
  constexpr double spacing = 1.0, tolerance = 1e-4;  // of ln s^2
  RememberedBest best{likelihood};
  const double low = std::log(lowest), high = std::log(highest);
  for (double x = low; x < high + 0.5 * spacing; x += spacing) best(std::min(x, high));
  if (!std::isfinite(best.best.negative_log)) return best.best;
  const double centre = std::log(best.best.signal_variance);
  golden_section(best, std::max(low, centre - spacing), std::min(high, centre + spacing),
                 tolerance);
  return best.best;
}

}  // namespace markhor
