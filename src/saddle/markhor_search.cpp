#include "saddle/markhor_search.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "curvature/augmented_hessian.hpp"
#include "saddle/followed_mode.hpp"
#include "saddle/lowest_modes.hpp"
#include "saddle/posterior_point.hpp"
#include "saddle/search_model.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// A step that ends within this share of its length of where the last one began leads back.
constexpr double leads_back = 0.3;

// On a surface with errors: what those of the forces may make of a curvature from a difference
// (Hartree/bohr^2), and how far apart its points may be for that, bohr.
constexpr double curvature_noise = 0.03;
constexpr double farthest_image = 0.1;
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

class MarkhorSearch {
 public:
  MarkhorSearch(const SearchProblem& problem, const GpPrior& prior, const MarkhorOptions& options)
      : problem_(problem), options_(options), surface_(prior) {}
  SearchOutcome run();

 private:
  void start_model();
  void learn_guess(const GpPrior& surface);
  void start_from_rotations();
  void drop_prior(const std::string& reason);
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
  bool rival_leads(const Proposal& proposal, const SearchPoint& point);
  void promote_rival(const std::string& reason);
  void start_again();

  const SearchProblem& problem_;
  const MarkhorOptions& options_;
  GpPrior surface_;                     // the prior
  std::unique_ptr<SearchModel> model_;  // steps are made on
  std::unique_ptr<SearchModel> rival_;  // the same data without the prior surface; may be null
  double lead_ = 0.0;                   // of the rival
  SearchPoint guess_, here_;            // the first point, the last accepted one
  StepTrust trust_;
  bool noisy_ = false;  // forces have errors: the posterior says when it is over
  int steps_ = 0;
  VectorXd mode_;
  double curvature_ = 0.0;
  VectorXd before_;       // 3n, the accepted point before the last
  bool insists_ = false;  // on its mode, whatever its curvature
  std::string note_;      // to the sentence at the end
};

// A rival would have to foresee beyond the errors of forces that have some.
void MarkhorSearch::start_model() {
  if (surface_.mean) {
    try {
      learn_guess(surface_);
      if (!noisy_) rival_ = model_->without_surface(here_);
      return;
    } catch (const CalculationError& error) {
      drop_prior(error.what());
    }
  }
  learn_guess({});
}

void MarkhorSearch::learn_guess(const GpPrior& surface) {
  model_ = std::make_unique<SearchModel>(problem_, options_, noisy_, surface);
  model_->learn(here_);
  start_from_rotations();
}

// Calls beside the guess, for its lowest mode. A few are enough to correct a prior's Hessian, or
// one that was made for reactions; a direction that the user asks for, and a surface that is no
// molecule's, take more.
void MarkhorSearch::start_from_rotations() {
  const bool has_surface = model_->has_surface();
  const MatrixXd hessian = model_->prior_hessian(here_);
  LowestModesOptions modes;
  modes.max_calls = options_.max_rotations;
  if (problem_.direction.size() == 0) {
    if (has_surface) modes.enough_calls = options_.enough_with_prior;
    if (model_->knows_reactions()) modes.enough_calls = options_.enough_corrections;
  }
  if (noisy_) {
    const double needed =
        std::sqrt(2.0 * mean_force_variance(here_, problem_.space)) / curvature_noise;
    modes.separation = std::clamp(needed, modes.separation, farthest_image);
  }
  const std::size_t before = problem_.evaluations.calls().size();
  const LowestModes found = find_lowest_modes(problem_, here_, hessian, problem_.direction, modes);
  // Differences with errors are left to the process, which weighs them.
  if (!has_surface) {
    model_->set_quadratic(here_, noisy_ ? hessian : corrected_hessian(hessian, found));
  }
  for (std::size_t i = before; i < problem_.evaluations.calls().size(); ++i) {
    const SurfaceCall& call = problem_.evaluations.calls()[i];
    if (call.value.found) {
      model_->learn({call.positions, call.value, problem_.space.reduced(call.value.forces)});
    }
  }
}

void MarkhorSearch::drop_prior(const std::string& reason) {
  rival_.reset();
  note_ = "; the prior was given up after " + std::to_string(problem_.evaluations.count()) +
          " calls: " + reason;
}

// Before either learns from the point.
bool MarkhorSearch::rival_leads(const Proposal& proposal, const SearchPoint& point) {
  if (rival_ == nullptr) return false;
  rival_->fit(here_);
  const VectorXd foreseen = rival_->process().predict(proposal.positions).gradient;
  lead_ = lead_kept * lead_ + std::log((point.forces + proposal.prediction.gradient).norm() /
                                       (point.forces + foreseen).norm());
  return lead_ > enough_lead;
}

void MarkhorSearch::promote_rival(const std::string& reason) {
  model_ = std::move(rival_);
  drop_prior(reason);
}

// From the guess, without the prior, keeping what was learned. Where a search is so long it has
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
  if (model_->has_surface()) {
    try {
      model_->fit(here_);
      return walk();
    } catch (const CalculationError& error) {
      drop_prior(error.what());
      model_ = model_->without_surface(here_);  // what was learned stays
    }
  }
  model_->fit(here_);
  return walk();
}

Proposal MarkhorSearch::walk() {
  Proposal proposal;
  proposal.mode = mode_;
  proposal.positions = here_.positions;
  proposal.prediction = model_->process().predict(proposal.positions);
  const double tolerance = options_.model_tolerance * problem_.limits.force_tolerance;
  for (int i = 0; i < options_.max_model_steps; ++i) {
    if (i > 0 && force_size(proposal.prediction.gradient, problem_.limits.measure) < tolerance) {
      break;
    }
    const MatrixXd internal = problem_.space.internal_motions(proposal.positions);
    const MatrixXd hessian = model_->process().hessian(proposal.positions);
    const AugmentedHessianStep step = model_step(internal, proposal.prediction.gradient, hessian,
                                                 proposal.mode, options_.longest_step);
    if (!step.found || step.length < 1e-7) break;
    VectorXd next = problem_.space.moved(proposal.positions, internal * step.step);
    const VectorXd away = next - here_.positions;
    proposal.at_boundary = away.norm() >= trust_.radius();
    if (proposal.at_boundary) next = here_.positions + trust_.radius() / away.norm() * away;
    proposal.positions = next;
    proposal.prediction = model_->process().predict(next);
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
    found.hessian = model_->process().hessian(here_.positions);
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
         posterior_force_error(model_->process(), limits.measure, proposal.positions) <
             limits.force_tolerance;
}

SearchOutcome MarkhorSearch::posterior_outcome(const Proposal& proposal, bool settled) const {
  SearchOutcome found = outcome(settled, "");
  found.positions = proposal.positions;
  found.value = posterior_value(model_->process(), problem_.space, proposal.positions);
  found.posterior = posterior_point(model_->process(), problem_.space, problem_.limits.measure,
                                    proposal.positions);
  found.mode = proposal.mode;
  found.curvature = proposal.curvature;
  found.status = posterior_sentence(problem_, found) + note_;
  return found;
}

// False: the energy has risen too far.
bool MarkhorSearch::advance(const Proposal& proposal, const SearchPoint& point) {
  const bool accepted =
      trust_.judge(here_, point, proposal.prediction, proposal.at_boundary, problem_.space);
  model_->learn(point);
  if (rival_ != nullptr) rival_->learn(point);
  if (!accepted) return true;
  avoid_circles(point);
  here_ = point;
  mode_ = proposal.mode;
  curvature_ = proposal.curvature;
  ++steps_;
  model_->follow(here_);
  if (rival_ != nullptr) rival_->follow(here_);
  return !has_risen_too_far(problem_, here_);
}

SearchOutcome MarkhorSearch::run() {
  here_ = guess_ = evaluate_point(problem_, problem_.guess, CallPurpose::search);
  if (!here_.value.found) return outcome(false, "no energy at the guess: " + here_.value.status);
  noisy_ = has_errors(here_.value);
  trust_ = StepTrust(options_.trust, noisy_);
  start_model();
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
                       forecast(model_->process(), proposal.prediction, trust_.radius()));
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
    if (rival_is_better) promote_rival("what was learned foresees gradients better without it");
    if (rival_ != nullptr && problem_.evaluations.count() >= options_.max_prior_calls &&
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
