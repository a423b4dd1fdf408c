#include "gp/hyperparameters.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <stdexcept>

#include "gp/golden_section.hpp"
#include "gp/likelihood.hpp"
#include "gp/signal_likelihood.hpp"

namespace markhor {

namespace {

using Eigen::Index;
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

// -ln p(y | l) at the best signal variance.
class Profile {
 public:
  Profile(const GaussianProcess& process, const GpFitOptions& options)
      : space_(process.space()),
        options_(options.profile),
        data_(process.data_of(options.observations, {})),
        shape_(process.hyperparameters().shape),
        relative_lengths_(options_.relative_lengths) {
    if (relative_lengths_.size() == 0) relative_lengths_.setOnes(space_.map().types);
    if (relative_lengths_.size() != space_.map().types) {
      throw std::invalid_argument("fit_hyperparameters: as many relative lengths as pair types");
    }
    const GpNoise& model = options_.relative_noise;
    own_noise_.resize(stacked_values(data_).size());
    Index start = 0;
    for (GpDatum& datum : data_) {
      own_noise_.segment(start, datum.noise.size()) = datum.noise;
      start += datum.noise.size();
      datum.noise.setConstant(model.gradient_variance);
      datum.noise(0) = model.energy_variance;
    }
  }

  int evaluations() const { return evaluations_; }
  double best_log_length() const { return best_log_length_; }
  double best_value() const { return best_value_; }
  double signal_variance() const { return signal_variance_; }  // at the best length

  GpHyperparameters hyperparameters(double log_length, double signal_variance) const {
    return {options_.relative_constant * signal_variance, signal_variance,
            std::exp(log_length) * relative_lengths_, shape_};
  }

  // Of which these length scales are multiples, on average.
  double log_length(const GpHyperparameters& given) const {
    return given.length_scales.cwiseQuotient(relative_lengths_).array().log().mean();
  }

  double operator()(double log_length) {
    const Kernel kernel = make_kernel(space_, hyperparameters(log_length, 1.0));
    const SignalMaximum found =
        own_noise_.maxCoeff() > 0.0 ? with_errors(kernel) : without_errors(kernel);
    ++evaluations_;
    if (found.negative_log < best_value_) {
      best_value_ = found.negative_log;
      best_log_length_ = log_length;
      signal_variance_ = found.signal_variance;
    }
    return found.negative_log;
  }

 private:
  // s^2 = y^T K_1^-1 y / n.
  SignalMaximum without_errors(const Kernel& kernel) const {
    const Likelihood found = likelihood(space_, kernel, data_);
    if (!found.found) return {0.0, infinity};
    const double n = double(found.weights.size());
    const double signal = std::max(found.quadratic_form / n, options_.smallest_signal);
    return {signal, 0.5 * (n * (std::log(2.0 * std::numbers::pi) + std::log(signal)) +
                           found.log_determinant + found.quadratic_form / signal)};
  }

  SignalMaximum with_errors(const Kernel& kernel) const {
    const SignalLikelihood found(covariance_rows(space_, kernel, data_, 0),
                                 own_noise_.cwiseMax(options_.smallest_signal),
                                 stacked_values(data_));
    return most_likely_signal(found, options_.smallest_signal, options_.largest_signal);
  }

  const FeatureSpace& space_;
  const GpProfileOptions& options_;
  std::vector<GpDatum> data_;  // with the model's noise, in units of s^2
  GpShape shape_;
  VectorXd relative_lengths_;
  VectorXd own_noise_;  // stacked
  double best_value_ = infinity, best_log_length_ = 0.0, signal_variance_ = 1.0;
  int evaluations_ = 0;
};

// Ends of the range as well: data often ask for the longest scale allowed.
void search_everywhere(Profile& profile, const GpProfileOptions& options) {
  const double low = std::log(options.length_scale.lowest);
  const double high = std::log(options.length_scale.highest);
  const int intervals = std::max(options.grid_points - 1, 1);
  const double width = (high - low) / intervals;
  for (int i = 0; i <= intervals; ++i) profile(low + i * width);
  const double best = profile.best_log_length();
  golden_section(profile, std::max(low, best - width), std::min(high, best + width),
                 options.tolerance);
}

void search_near(Profile& profile, double log_length, const GpProfileOptions& options) {
  constexpr double reach = 0.35;
  const double low = std::log(options.length_scale.lowest);
  const double high = std::log(options.length_scale.highest);
  const double centre = std::clamp(log_length, low, high);
  profile(centre);
  golden_section(profile, std::max(low, centre - reach), std::min(high, centre + reach),
                 options.tolerance);
}

GpFitResult fit_profile(const GaussianProcess& process, const GpFitOptions& options) {
  Profile profile(process, options);
  if (options.fresh_start) {
    search_everywhere(profile, options.profile);
  } else {
    search_near(profile, profile.log_length(process.hyperparameters()), options.profile);
  }
  GpFitResult result;
  result.found = result.converged = std::isfinite(profile.best_value());
  result.objective = profile.best_value();
  result.evaluations = profile.evaluations();
  if (!result.found) {
    result.hyperparameters = process.hyperparameters();
    result.status = "the covariance is positive definite at no length scale";
    return result;
  }
  const double signal = profile.signal_variance();
  const GpNoise& relative = options.profile.relative_noise;
  result.hyperparameters = profile.hyperparameters(profile.best_log_length(), signal);
  result.noise = GpNoise{signal * relative.energy_variance, signal * relative.gradient_variance};
  result.status = "converged";
  return result;
}

}  // namespace

GpFitResult fit_hyperparameters(const GaussianProcess& process, const GpFitOptions& options) {
  return options.objective == GpObjective::map ? fit_map(process, options)
                                               : fit_profile(process, options);
}

}  // namespace markhor
