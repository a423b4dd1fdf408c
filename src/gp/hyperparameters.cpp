#include "gp/hyperparameters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::VectorXd;

constexpr double infinity = std::numeric_limits<double>::infinity();

GpFitResult fit_map(const GaussianProcess& process, const GpFitOptions& options) {
  MapObjective objective(process, options.observations, options.map);
  const ScgFunction function{[&](const VectorXd& theta) { return objective.value(theta); },
                             [&](const VectorXd& theta) { return objective.gradient(theta); }};
  VectorXd start =
      options.fresh_start ? objective.fresh_start() : objective.theta(process.hyperparameters());
  // New data move the scales and the limit; what was good may have no value any more.
  if (!options.fresh_start && !std::isfinite(objective.value(start))) {
    start = objective.fresh_start();
  }
  const ScgResult search = minimize_scg(function, start, options.map.search);
  GpFitResult result;
  result.hyperparameters = objective.hyperparameters(search.argument);
  result.objective = search.value;
  result.evaluations = objective.evaluations();
  result.found = std::isfinite(search.value);
  result.converged = search.converged;
  result.status = search.status;
  return result;
}

// -ln p(y | l) at the best signal variance. K = s^2 (K_1 + noise / s^2): in units of s^2 the noise
// of the observations depends on s^2, so it is divided by an assumed one.
class Profile {
 public:
  Profile(const GaussianProcess& process, const GpFitOptions& options)
      : space_(process.space()),
        options_(options.profile),
        data_(process.data_of(options.observations, {})) {
    for (GpDatum& datum : data_) {
      own_noise_.push_back(datum.noise);
      if (datum.noise.maxCoeff() > 0.0) noisy_ = true;
    }
    assume_signal(infinity);
  }

  bool noisy() const { return noisy_; }
  int evaluations() const { return evaluations_; }
  double best_log_length() const { return best_log_length_; }
  double best_value() const { return best_value_; }
  double signal_variance() const { return signal_variance_; }  // at the best length

  void assume_signal(double signal_variance) {
    const GpNoise& model = options_.relative_noise;
    for (std::size_t i = 0; i < data_.size(); ++i) {
      data_[i].noise = own_noise_[i] / signal_variance;
      data_[i].noise(0) += model.energy_variance;
      data_[i].noise.tail(space_.dimension()).array() += model.gradient_variance;
    }
    best_value_ = infinity;
  }

  GpHyperparameters hyperparameters(double log_length, double signal_variance) const {
    return {options_.relative_constant * signal_variance, signal_variance,
            VectorXd::Constant(space_.map().types, std::exp(log_length))};
  }

  double operator()(double log_length) {
    const Kernel kernel = make_kernel(space_, hyperparameters(log_length, 1.0));
    const Likelihood found = likelihood(space_, kernel, data_);
    ++evaluations_;
    if (!found.found) return infinity;
    const double n = double(found.weights.size());
    const double signal = std::max(found.quadratic_form / n, options_.smallest_signal);
    const double value = 0.5 * (n * (std::log(2.0 * std::numbers::pi) + std::log(signal)) +
                                found.log_determinant + found.quadratic_form / signal);
    if (value < best_value_) {
      best_value_ = value;
      best_log_length_ = log_length;
      signal_variance_ = signal;
    }
    return value;
  }

 private:
  const FeatureSpace& space_;
  const GpProfileOptions& options_;
  std::vector<GpDatum> data_;
  std::vector<VectorXd> own_noise_;
  bool noisy_ = false;
  double best_value_ = infinity, best_log_length_ = 0.0, signal_variance_ = 1.0;
  int evaluations_ = 0;
};

// Golden section; the profile remembers the best point.
void refine(Profile& profile, double low, double high, double tolerance) {
  const double golden = 1.0 / std::numbers::phi;
  double a = high - golden * (high - low), b = low + golden * (high - low);
  double at_a = profile(a), at_b = profile(b);
  while (high - low > 2.0 * tolerance) {
    if (at_a <= at_b) {
      high = b;
      b = a;
      at_b = at_a;
      a = high - golden * (high - low);
      at_a = profile(a);
    } else {
      low = a;
      a = b;
      at_a = at_b;
      b = low + golden * (high - low);
      at_b = profile(b);
    }
  }
}

// Ends of the range as well: data often ask for the longest scale allowed.
void search_everywhere(Profile& profile, const GpProfileOptions& options) {
  const double low = std::log(options.length_scale.lowest);
  const double high = std::log(options.length_scale.highest);
  const int intervals = std::max(options.grid_points - 1, 1);
  const double width = (high - low) / intervals;
  for (int i = 0; i <= intervals; ++i) profile(low + i * width);
  const double best = profile.best_log_length();
  refine(profile, std::max(low, best - width), std::min(high, best + width), options.tolerance);
}

void search_near(Profile& profile, double log_length, const GpProfileOptions& options) {
  constexpr double reach = 0.35;
  const double low = std::log(options.length_scale.lowest);
  const double high = std::log(options.length_scale.highest);
  const double centre = std::clamp(log_length, low, high);
  profile(centre);
  refine(profile, std::max(low, centre - reach), std::min(high, centre + reach), options.tolerance);
}

GpFitResult fit_profile(const GaussianProcess& process, const GpFitOptions& options) {
  constexpr int most_rounds = 5;
  constexpr double settled = 0.1;  // change of ln s^2
  Profile profile(process, options);
  const double near = process.hyperparameters().length_scales.array().log().mean();
  GpFitResult result;
  bool everywhere = options.fresh_start;
  double log_length = near;
  // With noise of their own: until the assumed s^2 is the found one, where y^T K^-1 y = n.
  for (int round = 0; round < most_rounds && !result.converged; ++round) {
    const double before = profile.signal_variance();
    if (round > 0) profile.assume_signal(before);
    if (everywhere) {
      search_everywhere(profile, options.profile);
    } else {
      search_near(profile, log_length, options.profile);
    }
    if (!std::isfinite(profile.best_value())) break;
    result.found = true;
    result.converged =
        !profile.noisy() ||
        (round > 0 && std::abs(std::log(profile.signal_variance() / before)) < settled);
    log_length = profile.best_log_length();
    everywhere = false;
  }
  const double signal = profile.signal_variance();
  result.hyperparameters =
      result.found ? profile.hyperparameters(log_length, signal) : process.hyperparameters();
  const GpNoise& relative = options.profile.relative_noise;
  if (result.found) {
    result.noise = GpNoise{signal * relative.energy_variance, signal * relative.gradient_variance};
  }
  result.objective = profile.best_value();
  result.evaluations = profile.evaluations();
  result.status = !result.found      ? "the covariance is positive definite at no length scale"
                  : result.converged ? "converged"
                                     : "stopped: the signal variance did not settle";
  return result;
}

}  // namespace

GpFitResult fit_hyperparameters(const GaussianProcess& process, const GpFitOptions& options) {
  return options.objective == GpObjective::map ? fit_map(process, options)
                                               : fit_profile(process, options);
}

}  // namespace markhor
