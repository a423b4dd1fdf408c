#include "saddle/gp_dimer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "gp/hyperparameter_history.hpp"
#include "gp/transport_distance.hpp"
#include "saddle/first_axis.hpp"
#include "saddle/surrogate.hpp"

namespace markhor {

namespace {

using Eigen::VectorXd;

// Where a walk on the process ended.
struct Walk {
  SurrogateDimer dimer;
  bool converged = false;  // false: it left what the process knows, or did not end
};

class GpDimerSearch {
 public:
  GpDimerSearch(const SearchProblem& problem, const GpDimerOptions& options)
      : problem_(problem),
        options_(options),
        model_(make_features(problem.space.system().atomic_numbers, problem.space.frozen(),
                             problem.space.system().invariant)),
        transport_(problem.space.system().atomic_numbers, problem.space.frozen()),
        fitted_(options.fitted) {
    model_.set_noise(options.noise);
    surrogate_ = [this](const VectorXd& x) { return model_.predict(x).gradient; };
  }
  SearchOutcome run();

 private:
  bool turn_at_guess();
  bool look_at_image();
  void learn_hyperparameters(bool fresh);
  std::vector<int> representative_observations() const;
  Walk walk() const;
  bool is_trusted(const VectorXd& positions) const;
  double trust_radius() const;
  bool go_to_end_of(const Walk& walk);
  CallContext context(const VectorXd& positions) const;
  void learn(const SearchPoint& point);
  SearchOutcome finished();
  SearchOutcome outcome(bool converged, const std::string& status) const;

  const SearchProblem& problem_;
  const GpDimerOptions& options_;
  GaussianProcess model_;
  SurrogateGradient surrogate_;
  TransportDistance transport_;
  HyperparameterHistory history_;
  std::vector<VectorXd> observed_;  // geometries of the model's observations
  int fitted_;                      // observations to fit to; 0: all
  bool has_fit_ = false;            // the hyperparameters come from data
  SearchPoint middle_;              // the last true midpoint
  SurrogateDimer start_;            // of the next walk
  std::string failure_;             // why a call gave no value
  int walks_ = 0, rises_ = 0;       // of which the last so many ended too far above the guess
  double curvature_ = 0.0;
};

void GpDimerSearch::learn(const SearchPoint& point) {
  model_.add(observation_of(point, problem_.space));
  observed_.push_back(point.positions);
}

CallContext GpDimerSearch::context(const VectorXd& positions) const {
  if (!has_fit_) return {};
  const double radius = options_.trust == SurrogateTrust::transport
                            ? trust_radius()
                            : std::numeric_limits<double>::quiet_NaN();
  return forecast(model_, model_.predict(positions), radius);
}

// The true dimer beside the guess. False if there is no value, or no call left for it.
bool GpDimerSearch::look_at_image() {
  if (!calls_left(problem_)) return false;
  const VectorXd image =
      problem_.space.moved(middle_.positions, options_.walk.separation * start_.axis);
  const SearchPoint point = evaluate_point(problem_, image, CallPurpose::rotation, context(image));
  if (!point.value.found) {
    failure_ = "no energy at an image of the dimer: " + point.value.status;
    return false;
  }
  learn(point);
  start_.gradient = -middle_.forces;
  start_.image_gradient = -point.forces;
  return true;
}

// Turns the axis at the guess: each time on the process from the first axis on, then one true
// image, until the true dimer would turn no more. False if an image has no value.
bool GpDimerSearch::turn_at_guess() {
  const VectorXd first = first_axis(problem_, middle_);
  start_.positions = middle_.positions;
  start_.axis = first;
  if (!look_at_image()) return failure_.empty();
  RotationLimits limits;
  limits.angle_tolerance = std::min(0.01, 0.1 * options_.initial_angle);
  limits.max_rotations = options_.max_steps;
  for (int rotation = 0; rotation < options_.max_initial_rotations; ++rotation) {
    if (expected_turn(start_, options_.walk.separation) <= options_.initial_angle) return true;
    learn_hyperparameters(true);
    const VectorXd last = start_.axis;
    start_.axis = first;
    set_dimer(surrogate_, problem_.space, options_.walk.separation, start_);
    if (rotate_dimer(surrogate_, problem_.space, options_.walk, limits, start_) == 0) return true;
    const double turned = std::acos(std::clamp(start_.axis.dot(last), -1.0, 1.0));
    if (rotation > 0 && turned < options_.initial_angle) return true;
    if (!look_at_image()) return failure_.empty();
  }
  return true;
}

std::vector<int> GpDimerSearch::representative_observations() const {
  if (fitted_ == 0) return {};
  return farthest_points(observed_, fitted_, transport_);
}

// fresh: from the scales of the data; otherwise from the last hyperparameters. Where fits to few
// observations oscillate they are fitted to more.
void GpDimerSearch::learn_hyperparameters(bool fresh) {
  GpFitOptions options;
  options.map = options_.fit;
  const double parameters = 1.0 + model_.features().types;
  options.map.degrees_of_freedom =
      std::max(options.map.degrees_of_freedom, options_.degrees_per_parameter * parameters);
  for (int refit = 0; refit <= options_.max_refits; ++refit) {
    options.fresh_start = fresh || !has_fit_;
    options.observations = representative_observations();
    const GpFitResult fit = fit_hyperparameters(model_, options);
    if (fit.found) model_.set_hyperparameters(fit.hyperparameters);
    has_fit_ = has_fit_ || fit.found;
    if (options_.fitted == 0) return;
    history_.add(model_.hyperparameters());
    if (!history_.oscillates() || fitted_ >= options_.most_fitted) return;
    fitted_ = std::min(fitted_ + 2, options_.most_fitted);
    history_.clear();
  }
}

double GpDimerSearch::trust_radius() const {
  return transport_trust_radius(model_.size(), transport_.atoms());
}

bool GpDimerSearch::is_trusted(const VectorXd& positions) const {
  const FeatureMap& features = model_.features();
  if (options_.trust == SurrogateTrust::transport || features.pairs.empty()) {
    return nearest_distance(observed_, positions, transport_) <= trust_radius();
  }
  const auto distance = [&features](const VectorXd& one, const VectorXd& other) {
    return log_distance(features, one, other);
  };
  return nearest_distance(observed_, positions, distance) <=
         std::abs(std::log(options_.walk.distance_ratio));
}

// The dimer on the process, from the last place where a walk converged.
Walk GpDimerSearch::walk() const {
  const double tolerance =
      std::max(middle_.forces.cwiseAbs().maxCoeff(), problem_.limits.force_tolerance) /
      options_.gradient_divisor;
  const RotationLimits limits{options_.relaxed_angle, options_.max_rotations};
  SurrogateTranslation translation(problem_.space, options_.walk);
  Walk walk{start_};
  for (int step = 0; step < options_.max_steps; ++step) {
    set_dimer(surrogate_, problem_.space, options_.walk.separation, walk.dimer);
    walk.converged = walk.dimer.gradient.cwiseAbs().maxCoeff() < tolerance;
    if (walk.converged) return walk;
    rotate_dimer(surrogate_, problem_.space, options_.walk, limits, walk.dimer);
    const VectorXd next =
        problem_.space.moved(walk.dimer.positions, translation.next_step(walk.dimer));
    if (step > 0 && !is_trusted(next)) return walk;
    walk.dimer.positions = next;
  }
  return walk;
}

// False if there is no value. A walk that did not converge only teaches the process: the next one
// starts where this one did.
bool GpDimerSearch::go_to_end_of(const Walk& walk) {
  const VectorXd& end = walk.dimer.positions;
  const SearchPoint point = evaluate_point(problem_, end, CallPurpose::search, context(end));
  if (!point.value.found) {
    failure_ = "no energy after a step: " + point.value.status;
    return false;
  }
  learn(point);
  middle_ = point;
  ++walks_;
  if (walk.converged) {
    start_ = walk.dimer;
    // A stored call is a little beside the point that was asked for.
    start_.positions = point.positions;
  }
  return true;
}

// What the process says of the mode at the end.
SearchOutcome GpDimerSearch::finished() {
  const double separation = options_.walk.separation;
  start_.positions = middle_.positions;
  if (!has_fit_) learn_hyperparameters(true);
  set_dimer(surrogate_, problem_.space, separation, start_);
  const RotationLimits limits{0.01, options_.max_steps};
  rotate_dimer(surrogate_, problem_.space, options_.walk, limits, start_);
  curvature_ = start_.curvature(separation);
  if (curvature_ >= 0.0) {
    return outcome(false, "the forces vanish, but no mode of negative curvature was found");
  }
  SearchOutcome found = outcome(true, convergence_sentence(problem_, middle_));
  found.hessian = model_.hessian(middle_.positions);
  return found;
}

SearchOutcome GpDimerSearch::outcome(bool converged, const std::string& status) const {
  return {converged, status, middle_.positions, middle_.value, start_.axis, curvature_, walks_};
}

SearchOutcome GpDimerSearch::run() {
  middle_ = evaluate_point(problem_, problem_.guess, CallPurpose::search);
  if (!middle_.value.found) {
    return outcome(false, "no energy at the guess: " + middle_.value.status);
  }
  model_.set_reference_energy(middle_.value.energy);
  learn(middle_);
  if (!turn_at_guess()) return outcome(false, failure_);
  while (!is_converged(problem_, middle_)) {
    if (!calls_left(problem_) || walks_ == options_.max_walks) {
      return outcome(false, exhaustion_sentence(problem_, middle_));
    }
    learn_hyperparameters(walks_ == 0);
    if (!go_to_end_of(walk())) return outcome(false, failure_);
    rises_ = has_risen_too_far(problem_, middle_) ? rises_ + 1 : 0;
    if (rises_ > options_.max_rises) {
      return outcome(false, "given up: the energy has risen too far above that of the guess");
    }
  }
  return finished();
}

}  // namespace

GpDimerOptions published_gp_dimer() {
  GpDimerOptions options;
  options.fit.search.shift = 100.0;
  options.fit.search.function_tolerance = 1e-4;
  return options;
}

GpDimerOptions published_otgp_dimer() {
  GpDimerOptions options = published_gp_dimer();
  options.max_initial_rotations = 6;
  options.relaxed_angle = 0.1;
  options.trust = SurrogateTrust::transport;
  options.fit.barrier = true;
  options.fit.search.function_tolerance = 1e-2;
  options.degrees_per_parameter = 2.0;
  options.fitted = 10;
  return options;
}

SearchOutcome gp_dimer_search(const SearchProblem& problem, const GpDimerOptions& options) {
  return GpDimerSearch(problem, options).run();
}

}  // namespace markhor
