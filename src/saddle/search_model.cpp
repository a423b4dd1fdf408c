#include "saddle/search_model.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "gp/transport_distance.hpp"
#include "saddle/model_hessian.hpp"
#include "saddle/reaction_hessian.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// The model's own noise over the largest force, at most.
constexpr double share_of_force = 0.05;

// A prior from a gradient with errors keeps away from motions that hardly change a distance.
constexpr double noisy_rank_threshold = 0.1;
// Mean variance of the kernel's gradient over that of the forces' errors, at least: data that show
// nothing but errors would otherwise make the prior, which has the error of one call, certain.
constexpr double least_signal = 10.0;

// At the end all calls are made at nearly one place and tell of no length.
std::vector<int> spread_observations(const std::vector<GpObservation>& all, int count) {
  std::vector<VectorXd> geometries;
  for (const GpObservation& observation : all) geometries.push_back(observation.positions);
  const auto distance = [](const VectorXd& a, const VectorXd& b) { return (a - b).norm(); };
  return farthest_points(geometries, count, distance, 1);
}

}  // namespace

double mean_force_variance(const SearchPoint& point, const FreeCoordinates& space) {
  return space.reduced(point.value.force_errors).squaredNorm() / double(space.size());
}

SearchModel::SearchModel(const SearchProblem& problem, const MarkhorOptions& options, bool noisy,
                         GpPrior surface)
    : problem_(problem),
      options_(options),
      noisy_(noisy),
      surface_(std::move(surface)),
      process_(
          empty_process(make_features(problem.space.system().atomic_numbers, problem.space.frozen(),
                                      problem.space.system().invariant),
                        surface_)) {}

GaussianProcess SearchModel::empty_process(FeatureMap features, GpPrior prior) const {
  GaussianProcess process(std::move(features), std::move(prior));
  GpHyperparameters start = process.hyperparameters();
  start.shape = kernel().shape;
  process.set_hyperparameters(std::move(start));
  return process;
}

std::unique_ptr<SearchModel> SearchModel::without_surface(const SearchPoint& here) const {
  auto other = std::make_unique<SearchModel>(problem_, options_, noisy_, GpPrior{});
  for (const GpObservation& observation : process_.observations()) other->process_.add(observation);
  other->set_quadratic(here, other->own_hessian(here));
  return other;
}

MatrixXd SearchModel::prior_hessian(const SearchPoint& here) {
  return has_surface() ? surface_.hessian(here.positions) : own_hessian(here);
}

MatrixXd SearchModel::own_hessian(const SearchPoint& here) {
  const SurfaceSystem& system = problem_.space.system();
  follows_ = system.invariant && reaction_hessian_knows(system.atomic_numbers);
  return follows_ ? reaction_hessian(problem_.space, here.positions)
                  : model_hessian(problem_.space, here.positions);
}

void SearchModel::set_quadratic(const SearchPoint& here, const MatrixXd& hessian) {
  const double threshold = noisy_ ? noisy_rank_threshold : prior_rank_threshold;
  const std::vector<GpObservation> known = process_.observations();
  const FeatureMap features = process_.features();
  process_ = empty_process(
      features, quadratic_prior(features, here.positions, -here.forces, hessian, threshold));
  for (const GpObservation& observation : known) process_.add(observation);
  centre_ = here.positions;
  surface_ = {};
}

// A guess may lie several eV above the saddle, with bonds that are none at the end: its Hessian is
// of little use there.
void SearchModel::follow(const SearchPoint& here) {
  if (!follows_ || (here.positions - centre_).norm() < options_.prior_reach) return;
  set_quadratic(here, own_hessian(here));
}

void SearchModel::learn(const SearchPoint& point) {
  process_.add(observation_of(point, problem_.space));
  // Old ones may lie on another solution of the electronic problem, and cost time; against errors
  // every one is needed.
  if (!noisy_) process_.keep_newest(options_.max_observations);
}

void SearchModel::fit(const SearchPoint& here) {
  process_.set_reference_energy(here.value.energy -
                                (has_surface() ? surface_.mean(here.positions).energy : 0.0));
  GpFitOptions options;
  options.objective = GpObjective::profile;
  options.profile.length_scale = kernel().length_scale;
  options.profile.relative_noise = kernel().relative_noise;
  options.profile.relative_lengths =
      relative_lengths(process_.features(), problem_.space.system().atomic_numbers);
  if (noisy_) {
    options.observations = spread_observations(process_.observations(), options_.max_fitted);
  } else {
    for (int i = std::max(0, process_.size() - options_.max_fitted); i < process_.size(); ++i) {
      options.observations.push_back(i);
    }
  }
  GpFitResult fit = fit_hyperparameters(process_, options);
  if (noisy_) raise_signal(fit, here);
  process_.set_hyperparameters(fit.hyperparameters);
  if (fit.noise) set_noise(*fit.noise, here);
}

// The model's noise is a share of a signal that high forces early on make large; it must not hide
// what is left of them.
void SearchModel::set_noise(const GpNoise& fitted, const SearchPoint& here) {
  const double most = share_of_force * force_size(here.forces, problem_.limits.measure);
  GpNoise noise = fitted;
  noise.gradient_variance = std::min(noise.gradient_variance, most * most);
  process_.set_noise(noise);
  if (!process_.factorize()) process_.set_noise(fitted);
}

void SearchModel::raise_signal(GpFitResult& fit, const SearchPoint& here) const {
  const FeatureSpace& space = process_.space();
  const VectorXd variances =
      prior_variance(space, make_kernel(space, fit.hyperparameters), space.at(here.positions));
  const double needed = least_signal * mean_force_variance(here, problem_.space) /
                        variances.tail(space.dimension()).mean();
  if (needed > 1.0) fit.hyperparameters.signal_variance *= needed;
}

}  // namespace markhor
