#include "gp/map_objective.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double infinity = std::numeric_limits<double>::infinity();
// Of the normal distribution at 75 %: a third of a range times this is a typical size.
constexpr double upper_quartile = 0.6745;

double energy_range(const std::vector<GpDatum>& data) {
  double lowest = infinity, highest = -infinity;
  for (const GpDatum& datum : data) {
    lowest = std::min(lowest, datum.values(0));
    highest = std::max(highest, datum.values(0));
  }
  return highest - lowest;
}

double mean_energy(const std::vector<GpDatum>& data) {
  double sum = 0.0;
  for (const GpDatum& datum : data) sum += datum.values(0);
  return sum / double(data.size());
}

// Largest sqrt(2 sum_p (u_p - u'_p)^2) of two data.
double feature_range(const std::vector<GpDatum>& data) {
  double largest = 0.0;
  for (const GpDatum& one : data) {
    for (const GpDatum& other : data) {
      largest = std::max(largest, (one.point.values - other.point.values).norm());
    }
  }
  return std::numbers::sqrt2 * largest;
}

bool within(double value, const GpBounds& bounds) {
  return value >= bounds.lowest && value <= bounds.highest;
}

}  // namespace

MapObjective::MapObjective(const GaussianProcess& process, const std::vector<int>& observations,
                           const GpMapOptions& options)
    : space_(process.space()),
      options_(options),
      data_(process.data_of(observations, process.noise())),
      shape_(process.hyperparameters().shape) {
  const double energies = energy_range(data_) / 3.0, features = feature_range(data_) / 3.0;
  const double mean = mean_energy(data_), scale = options.scales.energy;
  constant_variance_ = options.update_constant ? std::max(scale * scale, mean * mean)
                                               : process.hyperparameters().constant_variance;
  signal_scale_ = std::max(scale, energies);
  length_scale_ = std::max(options.scales.length, features);
  // A single observation spans no range to start from.
  signal_start_ = upper_quartile * (energies > 0.0 ? energies : signal_scale_);
  length_start_ = upper_quartile * (features > 0.0 ? features : length_scale_);
  const double atoms = double(space_.dimension()) / 3.0;
  barrier_strength_ = std::min(1e-4 + 1e-3 * double(data_.size()) * atoms, 0.5);
}

VectorXd MapObjective::theta(const GpHyperparameters& hyperparameters) const {
  const VectorXd lengths = hyperparameters.length_scales.array().log().matrix();
  VectorXd theta(1 + (options_.shared_length_scale ? 1 : space_.map().types));
  theta(0) = std::log(hyperparameters.signal_variance);
  if (options_.shared_length_scale) {
    theta(1) = lengths.mean();
  } else {
    theta.tail(lengths.size()) = lengths;
  }
  return theta;
}

GpHyperparameters MapObjective::hyperparameters(const VectorXd& theta) const {
  GpHyperparameters result{constant_variance_, std::exp(theta(0)), VectorXd(space_.map().types),
                           shape_};
  if (options_.shared_length_scale) {
    result.length_scales.setConstant(std::exp(theta(1)));
  } else {
    result.length_scales = theta.tail(theta.size() - 1).array().exp().matrix();
  }
  return result;
}

VectorXd MapObjective::fresh_start() const {
  GpHyperparameters start{constant_variance_, signal_start_ * signal_start_,
                          VectorXd::Constant(space_.map().types, length_start_)};
  // Half of what is allowed: at the edge of the domain there is no gradient to leave it by.
  start.signal_variance =
      std::clamp(start.signal_variance, options_.signal_variance.lowest,
                 std::min(options_.signal_variance.highest,
                          options_.barrier ? 0.5 * options_.barrier_limit : infinity));
  for (double& length : start.length_scales) {
    length = std::clamp(length, options_.length_scales.lowest, options_.length_scales.highest);
  }
  return theta(start);
}

bool MapObjective::inside(const GpHyperparameters& hyperparameters) const {
  const double signal = hyperparameters.signal_variance;
  if (options_.barrier && signal >= options_.barrier_limit) return false;
  if (!(signal > 0.0) || !within(signal, options_.signal_variance)) return false;
  for (const double length : hyperparameters.length_scales) {
    // An exponential may have over- or underflowed.
    if (!(length > 1e-100 && length < 1e100) || !within(length, options_.length_scales)) {
      return false;
    }
  }
  return true;
}

void MapObjective::evaluate_likelihood(const VectorXd& theta) {
  if (at_.size() == theta.size() && at_ == theta) return;
  at_ = theta;
  likelihood_ = Likelihood{};
  const GpHyperparameters now = hyperparameters(theta);
  if (!inside(now)) return;
  likelihood_ = likelihood(space_, make_kernel(space_, now), data_);
  ++evaluations_;
}

double MapObjective::value(const VectorXd& theta) {
  evaluate_likelihood(theta);
  return likelihood_.found ? likelihood_.negative_log + prior_value(theta) : infinity;
}

VectorXd MapObjective::gradient(const VectorXd& theta) {
  evaluate_likelihood(theta);
  if (!likelihood_.found) {
    return VectorXd::Constant(theta.size(), std::numeric_limits<double>::quiet_NaN());
  }
  const VectorXd of_data =
      likelihood_gradient(space_, make_kernel(space_, hyperparameters(theta)), data_, likelihood_);
  VectorXd result = prior_gradient(theta);
  if (options_.shared_length_scale) {
    result(0) += of_data(0);
    result(1) += of_data.tail(of_data.size() - 1).sum();
  } else {
    result += of_data;
  }
  return result;
}

// ln p(s^2) = ln t(s) - ln 2 s, t of scale S_m.
double MapObjective::prior_value(const VectorXd& theta) const {
  const double nu = options_.degrees_of_freedom, s2 = std::exp(theta(0));
  const double scale2 = nu * signal_scale_ * signal_scale_;
  double value = -std::lgamma(0.5 * (nu + 1.0)) + std::lgamma(0.5 * nu) +
                 0.5 * std::log(std::numbers::pi * scale2) +
                 0.5 * (nu + 1.0) * std::log1p(s2 / scale2) + std::log(2.0) - 0.5 * theta(0);
  const double width2 = length_scale_ * length_scale_;
  for (Index t = 1; t < theta.size(); ++t) {
    value += 0.5 * std::exp(2.0 * theta(t)) / width2 +
             0.5 * std::log(2.0 * std::numbers::pi * width2) - theta(t);
  }
  if (options_.barrier) {
    value -= barrier_strength_ * std::log(std::log(options_.barrier_limit) - theta(0));
  }
  return value;
}

VectorXd MapObjective::prior_gradient(const VectorXd& theta) const {
  const double nu = options_.degrees_of_freedom;
  const double ratio = std::exp(theta(0)) / (nu * signal_scale_ * signal_scale_);
  VectorXd gradient(theta.size());
  gradient(0) = 0.5 * (nu + 1.0) * ratio / (1.0 + ratio) - 0.5;
  for (Index t = 1; t < theta.size(); ++t) {
    gradient(t) = std::exp(2.0 * theta(t)) / (length_scale_ * length_scale_) - 1.0;
  }
  if (options_.barrier) {
    gradient(0) += barrier_strength_ / (std::log(options_.barrier_limit) - theta(0));
  }
  return gradient;
}

}  // namespace markhor
