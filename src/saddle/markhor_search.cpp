#include "saddle/markhor_search.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "curvature/augmented_hessian.hpp"
#include "gp/transport_distance.hpp"
#include "saddle/followed_mode.hpp"
#include "saddle/lowest_modes.hpp"
#include "saddle/model_hessian.hpp"
#include "saddle/posterior_point.hpp"
#include "saddle/reaction_hessian.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// A step that ends within this share of its length of where the last one began leads back.
constexpr double leads_back = 0.3;

// The model's own noise over the largest force, at most.
constexpr double share_of_force = 0.05;

// On a surface with errors: what those of the forces may make of a curvature from a difference
// (Hartree/bohr^2), and how far apart its points may be for that, bohr.
constexpr double curvature_noise = 0.03;
constexpr double farthest_image = 0.1;
// A prior from a gradient with errors keeps away from motions that hardly change a distance.
constexpr double noisy_rank_threshold = 0.1;
// Mean variance of the kernel's gradient over that of the forces' errors, at least: data that show
// nothing but errors would otherwise make the prior, which has the error of one call, certain.
constexpr double least_signal = 10.0;

// Of the lead that a model without the prior surface has in foreseeing gradients, the logarithm of
// their errors' ratio: what it keeps from call to call, and what is enough to go on with that
// model. Over a search to be trusted it is about -1; where the surfaces differ roughly, 1 to 6.
constexpr double lead_kept = 0.7, enough_lead = 1.0;

// Where the walk on the model ended, and what the model says of it.
struct Proposal {
  VectorXd positions;
  GpPrediction prediction;
  bool at_boundary = false;
  VectorXd mode;
  double curvature = 0.0;
};

double mean_force_variance(const SearchPoint& point, const FreeCoordinates& space) {
  return space.reduced(point.value.force_errors).squaredNorm() / double(space.size());
}

// At the end all calls are made at nearly one place and tell of no length.
std::vector<int> spread_observations(const std::vector<GpObservation>& all, int count) {
  std::vector<VectorXd> geometries;
  for (const GpObservation& observation : all) geometries.push_back(observation.positions);
  const auto distance = [](const VectorXd& a, const VectorXd& b) { return (a - b).norm(); };
  return farthest_points(geometries, count, distance, 1);
}

class MarkhorSearch {
 public:
  MarkhorSearch(const SearchProblem& problem, const GpPrior& prior, const MarkhorOptions& options)
      : problem_(problem), options_(options), prior_(prior) {}
  SearchOutcome run();

 private:
  const MarkhorKernel& kernel() const { return noisy_ ? options_.noisy : options_.exact; }
  void make_model(FeatureMap features, GpPrior prior);
  void start_model();
  void learn_guess();
  void start_from_rotations();
  MatrixXd own_hessian();
  void set_prior(const MatrixXd& hessian);
  void follow_with_prior();
  void drop_prior(const std::string& reason);
  void learn(const SearchPoint& point);
  void fit();
  void set_model_noise(const GpNoise& fitted);
  void raise_signal(GpFitResult& fit) const;
  Proposal propose();
  Proposal walk();
  AugmentedHessianStep model_step(const MatrixXd& internal, const VectorXd& gradient,
                                  const MatrixXd& hessian, VectorXd& mode, double longest) const;
  void avoid_circles(const SearchPoint& point);
  bool advance(const Proposal& proposal, const SearchPoint& point);
  SearchOutcome outcome(bool converged, const std::string& status) const;
  SearchOutcome converged_outcome() const;
  bool is_settled(const Proposal& proposal) const;
  SearchOutcome posterior_outcome(const Proposal& proposal, bool settled) const;
  void swap_with_rival();
  void start_rival();
  double rival_surprise(const Proposal& proposal, const SearchPoint& point);
  bool rival_leads(const Proposal& proposal, const SearchPoint& point);
  void teach_rival(const SearchPoint& point);
  void promote_rival(const std::string& reason);
  void start_again();

  // A model of the same data that has no surface as prior.
  struct Rival {
    std::optional<GaussianProcess> model;
    GpPrior prior;
    bool prior_follows = false;
    VectorXd centre;
  };

  const SearchProblem& problem_;
  const MarkhorOptions& options_;
  GpPrior prior_;
  bool prior_follows_ = false;
  VectorXd centre_;  // 3n, of the prior that follows
  std::optional<GaussianProcess> model_;
  SearchPoint guess_, here_;  // the first point, the last accepted one
  Rival rival_;
  double lead_ = 0.0;  // of the rival
  StepTrust trust_;
  bool noisy_ = false;  // forces have errors: the posterior says when it is over
  int steps_ = 0;
  VectorXd mode_;
  double curvature_ = 0.0;
  VectorXd before_;       // 3n, the accepted point before the last
  bool insists_ = false;  // on its mode, whatever its curvature
  std::string note_;      // to the sentence at the end
};

void MarkhorSearch::make_model(FeatureMap features, GpPrior prior) {
  model_.emplace(std::move(features), std::move(prior));
  GpHyperparameters start = model_->hyperparameters();
  start.shape = kernel().shape;
  model_->set_hyperparameters(std::move(start));
}

void MarkhorSearch::start_model() {
  if (prior_.mean) {
    try {
      learn_guess();
      return;
    } catch (const CalculationError& error) {
      drop_prior(error.what());
    }
  }
  learn_guess();
}

void MarkhorSearch::learn_guess() {
  const FreeCoordinates& space = problem_.space;
  const SurfaceSystem& system = space.system();
  make_model(make_features(system.atomic_numbers, space.frozen(), system.invariant), prior_);
  learn(here_);
  start_from_rotations();
}

// For the quadratic prior at the last accepted point.
MatrixXd MarkhorSearch::own_hessian() {
  const SurfaceSystem& system = problem_.space.system();
  prior_follows_ = system.invariant && reaction_hessian_knows(system.atomic_numbers);
  return prior_follows_ ? reaction_hessian(problem_.space, here_.positions)
                        : model_hessian(problem_.space, here_.positions);
}

// Calls beside the guess, for its lowest mode. A few are enough to correct a prior's Hessian, or
// one that was made for reactions; a direction that the user asks for, and a surface that is no
// molecule's, take more.
void MarkhorSearch::start_from_rotations() {
  const bool has_surface = static_cast<bool>(prior_.mean);
  const MatrixXd hessian = has_surface ? prior_.hessian(here_.positions) : own_hessian();
  LowestModesOptions modes;
  modes.max_calls = options_.max_rotations;
  if (problem_.direction.size() == 0) {
    if (has_surface) modes.enough_calls = options_.enough_with_prior;
    if (prior_follows_) modes.enough_calls = options_.enough_corrections;
  }
  if (noisy_) {
    const double needed =
        std::sqrt(2.0 * mean_force_variance(here_, problem_.space)) / curvature_noise;
    modes.separation = std::clamp(needed, modes.separation, farthest_image);
  }
  const std::size_t before = problem_.evaluations.calls().size();
  const LowestModes found = find_lowest_modes(problem_, here_, hessian, problem_.direction, modes);
  // Differences with errors are left to the process, which weighs them.
  if (!has_surface) set_prior(noisy_ ? hessian : corrected_hessian(hessian, found));
  for (std::size_t i = before; i < problem_.evaluations.calls().size(); ++i) {
    const SurfaceCall& call = problem_.evaluations.calls()[i];
    if (call.value.found) {
      learn({call.positions, call.value, problem_.space.reduced(call.value.forces)});
    }
  }
}

// The quadratic with the true gradient at the last accepted point.
void MarkhorSearch::set_prior(const MatrixXd& hessian) {
  const double threshold = noisy_ ? noisy_rank_threshold : prior_rank_threshold;
  const std::vector<GpObservation> known = model_->observations();
  const FeatureMap features = model_->features();
  make_model(features,
             quadratic_prior(features, here_.positions, -here_.forces, hessian, threshold));
  for (const GpObservation& observation : known) model_->add(observation);
  centre_ = here_.positions;
}

// A guess may lie several eV above the saddle, with bonds that are none at the end: its Hessian is
// of little use there.
void MarkhorSearch::follow_with_prior() {
  if (!prior_follows_ || (here_.positions - centre_).norm() < options_.prior_reach) return;
  set_prior(own_hessian());
}

void MarkhorSearch::drop_prior(const std::string& reason) {
  prior_ = {};
  rival_ = {};
  note_ = "; the prior was given up after " + std::to_string(problem_.evaluations.count()) +
          " calls: " + reason;
}

void MarkhorSearch::learn(const SearchPoint& point) {
  model_->add(observation_of(point, problem_.space));
  // Old ones may lie on another solution of the electronic problem, and cost time; against errors
  // every one is needed.
  if (!noisy_) model_->keep_newest(options_.max_observations);
}

void MarkhorSearch::fit() {
  model_->set_reference_energy(here_.value.energy -
                               (prior_.mean ? prior_.mean(here_.positions).energy : 0.0));
  GpFitOptions options;
  options.objective = GpObjective::profile;
  options.profile.length_scale = kernel().length_scale;
  options.profile.relative_noise = kernel().relative_noise;
  options.profile.relative_lengths =
      relative_lengths(model_->features(), problem_.space.system().atomic_numbers);
  if (noisy_) {
    options.observations = spread_observations(model_->observations(), options_.max_fitted);
  } else {
    for (int i = std::max(0, model_->size() - options_.max_fitted); i < model_->size(); ++i) {
      options.observations.push_back(i);
    }
  }
  GpFitResult fit = fit_hyperparameters(*model_, options);
  if (noisy_) raise_signal(fit);
  model_->set_hyperparameters(fit.hyperparameters);
  if (fit.noise) set_model_noise(*fit.noise);
}

// The model's noise is a share of a signal that high forces early on make large; it must not hide
// what is left of them.
void MarkhorSearch::set_model_noise(const GpNoise& fitted) {
  const double most = share_of_force * force_size(here_.forces, problem_.limits.measure);
  GpNoise noise = fitted;
  noise.gradient_variance = std::min(noise.gradient_variance, most * most);
  model_->set_noise(noise);
  if (!model_->factorize()) model_->set_noise(fitted);
}

void MarkhorSearch::raise_signal(GpFitResult& fit) const {
  const FeatureSpace& space = model_->space();
  const VectorXd variances =
      prior_variance(space, make_kernel(space, fit.hyperparameters), space.at(here_.positions));
  const double needed = least_signal * mean_force_variance(here_, problem_.space) /
                        variances.tail(space.dimension()).mean();
  if (needed > 1.0) fit.hyperparameters.signal_variance *= needed;
}

void MarkhorSearch::swap_with_rival() {
  std::swap(model_, rival_.model);
  std::swap(prior_, rival_.prior);
  std::swap(prior_follows_, rival_.prior_follows);
  std::swap(centre_, rival_.centre);
}

void MarkhorSearch::start_rival() {
  const FeatureMap features = model_->features();
  const std::vector<GpObservation> known = model_->observations();
  swap_with_rival();
  make_model(features, {});
  for (const GpObservation& observation : known) model_->add(observation);
  set_prior(own_hessian());
  swap_with_rival();
}

// The error of the gradient that the rival would have foreseen at the point, which neither knows.
double MarkhorSearch::rival_surprise(const Proposal& proposal, const SearchPoint& point) {
  swap_with_rival();
  fit();
  const GpPrediction foreseen = model_->predict(proposal.positions);
  swap_with_rival();
  return (point.forces + foreseen.gradient).norm();
}

bool MarkhorSearch::rival_leads(const Proposal& proposal, const SearchPoint& point) {
  if (!rival_.model) return false;
  const double surprise = (point.forces + proposal.prediction.gradient).norm();
  lead_ = lead_kept * lead_ + std::log(surprise / rival_surprise(proposal, point));
  return lead_ > enough_lead;
}

void MarkhorSearch::teach_rival(const SearchPoint& point) {
  if (!rival_.model) return;
  swap_with_rival();
  learn(point);
  follow_with_prior();
  swap_with_rival();
}

void MarkhorSearch::promote_rival(const std::string& reason) {
  swap_with_rival();
  drop_prior(reason);
}

// From the guess, without the prior, knowing all that was learned. Where a search is so long it has
// left the mode of the guess and slides among fragments, from which no way leads back.
void MarkhorSearch::start_again() {
  promote_rival("it had not led to the end, and the search began again at the guess");
  here_ = guess_;
  mode_ = VectorXd();
  before_ = VectorXd();
  insists_ = false;
  trust_ = StepTrust(options_.trust, noisy_);
  start_from_rotations();
}

// One step of the image function (T. Helgaker, Chem. Phys. Lett. 182, 503 (1991)).
AugmentedHessianStep MarkhorSearch::model_step(const MatrixXd& internal, const VectorXd& gradient,
                                               const MatrixXd& hessian, VectorXd& mode,
                                               double longest) const {
  const MatrixXd reduced = internal.transpose() * hessian * internal;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes(reduced);
  VectorXd overlaps;
  if (mode.size() > 0) overlaps = modes.eigenvectors().transpose() * (internal.transpose() * mode);
  const Index chosen = followed_mode(modes.eigenvalues(), overlaps, insists_);
  mode = internal * modes.eigenvectors().col(chosen);
  AugmentedHessianOptions options;
  options.trust_radius = longest;
  options.maximized = {static_cast<int>(chosen)};
  options.common_shift = true;
  return augmented_hessian_step(internal.transpose() * gradient, reduced, options);
}

Proposal MarkhorSearch::propose() {
  if (prior_.mean) {
    try {
      fit();
      return walk();
    } catch (const CalculationError& error) {
      drop_prior(error.what());
      set_prior(own_hessian());  // what was learned stays
    }
  }
  fit();
  return walk();
}

Proposal MarkhorSearch::walk() {
  Proposal proposal;
  proposal.mode = mode_;
  proposal.positions = here_.positions;
  proposal.prediction = model_->predict(proposal.positions);
  const double tolerance = options_.model_tolerance * problem_.limits.force_tolerance;
  for (int i = 0; i < options_.max_model_steps; ++i) {
    if (i > 0 && force_size(proposal.prediction.gradient, problem_.limits.measure) < tolerance) {
      break;
    }
    const MatrixXd internal = problem_.space.internal_motions(proposal.positions);
    const MatrixXd hessian = model_->hessian(proposal.positions);
    const AugmentedHessianStep step = model_step(internal, proposal.prediction.gradient, hessian,
                                                 proposal.mode, options_.longest_step);
    if (!step.found || step.length < 1e-7) break;
    VectorXd next = problem_.space.moved(proposal.positions, internal * step.step);
    const VectorXd away = next - here_.positions;
    proposal.at_boundary = away.norm() >= trust_.radius();
    if (proposal.at_boundary) next = here_.positions + trust_.radius() / away.norm() * away;
    proposal.positions = next;
    proposal.prediction = model_->predict(next);
    proposal.curvature = proposal.mode.dot(hessian * proposal.mode);
    if (proposal.at_boundary) break;
  }
  return proposal;
}

// Two points may lead to each other for ever, where the lowest mode of one is not that of the
// other.
void MarkhorSearch::avoid_circles(const SearchPoint& point) {
  const double length = (point.positions - here_.positions).norm();
  if (before_.size() > 0 && (point.positions - before_).norm() < leads_back * length) {
    insists_ = true;
    trust_.shorten(length);
  }
  before_ = here_.positions;
}

SearchOutcome MarkhorSearch::outcome(bool converged, const std::string& status) const {
  return {converged, status + note_, here_.positions, here_.value, mode_, curvature_, steps_};
}

SearchOutcome MarkhorSearch::converged_outcome() const {
  SearchOutcome found = outcome(true, convergence_sentence(problem_, here_));
  try {
    found.hessian = model_->hessian(here_.positions);
  } catch (const CalculationError&) {
    // The prior has no energy beside the last point: the Hessian is left to the verification.
  }
  return found;
}

// The posterior has a stationary point here, and knows its largest force to the tolerance.
bool MarkhorSearch::is_settled(const Proposal& proposal) const {
  const SearchLimits& limits = problem_.limits;
  return !proposal.at_boundary &&
         force_size(proposal.prediction.gradient, limits.measure) < limits.force_tolerance &&
         posterior_force_error(*model_, limits.measure, proposal.positions) <
             limits.force_tolerance;
}

SearchOutcome MarkhorSearch::posterior_outcome(const Proposal& proposal, bool settled) const {
  SearchOutcome found = outcome(settled, "");
  found.positions = proposal.positions;
  found.value = posterior_value(*model_, problem_.space, proposal.positions);
  found.posterior =
      posterior_point(*model_, problem_.space, problem_.limits.measure, proposal.positions);
  found.mode = proposal.mode;
  found.curvature = proposal.curvature;
  found.status = posterior_sentence(problem_, found) + note_;
  return found;
}

// False: the energy has risen too far.
bool MarkhorSearch::advance(const Proposal& proposal, const SearchPoint& point) {
  const bool accepted =
      trust_.judge(here_, point, proposal.prediction, proposal.at_boundary, problem_.space);
  learn(point);
  if (!accepted) return true;
  avoid_circles(point);
  here_ = point;
  mode_ = proposal.mode;
  curvature_ = proposal.curvature;
  ++steps_;
  follow_with_prior();
  return !has_risen_too_far(problem_, here_);
}

SearchOutcome MarkhorSearch::run() {
  here_ = guess_ = evaluate_point(problem_, problem_.guess, CallPurpose::search);
  if (!here_.value.found) return outcome(false, "no energy at the guess: " + here_.value.status);
  noisy_ = has_errors(here_.value);
  trust_ = StepTrust(options_.trust, noisy_);
  start_model();
  if (prior_.mean) start_rival();
  while (noisy_ || !is_converged(problem_, here_)) {
    const bool exhausted = !calls_left(problem_);
    if (exhausted && !noisy_) return outcome(false, exhaustion_sentence(problem_, here_));
    const Proposal proposal = propose();
    if (noisy_) {
      const bool settled = is_settled(proposal);
      if (settled || exhausted) return posterior_outcome(proposal, settled);
    }
    const SearchPoint point =
        evaluate_point(problem_, proposal.positions, CallPurpose::search,
                       forecast(*model_, proposal.prediction, trust_.radius()));
    if (!point.value.found) {
      trust_.halve();
      if (trust_.is_exhausted()) {
        return outcome(false, "no energy around the last point: " + point.value.status);
      }
      continue;
    }
    const bool rival_is_better = rival_leads(proposal, point);
    if (!advance(proposal, point)) {
      return outcome(false, "given up: the energy has risen too far above that of the guess");
    }
    teach_rival(point);
    if (rival_is_better) promote_rival("what was learned foresees gradients better without it");
    if (prior_.mean && problem_.evaluations.count() >= options_.max_prior_calls &&
        !is_converged(problem_, here_)) {
      start_again();
    }
  }
  return converged_outcome();
}

}  // namespace

SearchOutcome markhor_search(const SearchProblem& problem, const GpPrior& prior,
                             const MarkhorOptions& options) {
  return MarkhorSearch(problem, prior, options).run();
}

}  // namespace markhor
