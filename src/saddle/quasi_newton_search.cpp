#include "saddle/quasi_newton_search.hpp"

#include <algorithm>
#include <cmath>

#include "curvature/augmented_hessian.hpp"
#include "curvature/quasi_newton.hpp"
#include "curvature/step_control.hpp"
#include "saddle/lowest_modes.hpp"
#include "saddle/model_hessian.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

class QuasiNewtonSearch {
 public:
  QuasiNewtonSearch(const SearchProblem& problem, const QuasiNewtonOptions& options)
      : problem_(problem), options_(options), radius_(options.first_radius) {}
  SearchOutcome run();

 private:
  MatrixXd first_hessian() const;
  void find_lowest_mode();
  AugmentedHessianStep model_step(const MatrixXd& internal) const;
  void learn(const VectorXd& step, const SearchPoint& point);
  void take(const AugmentedHessianStep& step, const VectorXd& move, const SearchPoint& point);
  SearchOutcome outcome(bool converged, const std::string& status) const;

  const SearchProblem& problem_;
  const QuasiNewtonOptions& options_;
  SearchPoint here_;
  MatrixXd hessian_;
  double radius_;
  int steps_ = 0;
};

// A particle alone has no springs, and from a Hessian of zeros no update would learn.
MatrixXd QuasiNewtonSearch::first_hessian() const {
  constexpr double some_spring = 0.1;  // Hartree/bohr^2
  if (options_.hessian.size() > 0) return options_.hessian;
  const MatrixXd model = model_hessian(problem_.space, here_.positions);
  if (!model.isZero()) return model;
  return some_spring * MatrixXd::Identity(model.rows(), model.cols());
}

// What the images beside the guess teach stays in the Hessian.
void QuasiNewtonSearch::find_lowest_mode() {
  LowestModesOptions modes;
  modes.max_calls = options_.max_rotations;
  hessian_ = corrected_hessian(
      hessian_, find_lowest_modes(problem_, here_, hessian_, problem_.direction, modes));
}

AugmentedHessianStep QuasiNewtonSearch::model_step(const MatrixXd& internal) const {
  AugmentedHessianOptions options;
  options.trust_radius = radius_;
  if (options_.saddle) options.maximized = {0};
  return augmented_hessian_step(-internal.transpose() * here_.forces,
                                internal.transpose() * hessian_ * internal, options);
}

void QuasiNewtonSearch::learn(const VectorXd& step, const SearchPoint& point) {
  const VectorXd change = here_.forces - point.forces;
  const HessianUpdate update =
      options_.saddle ? bofill_update(hessian_, step, change) : bfgs_update(hessian_, step, change);
  hessian_ = update.hessian;
}

// Learns from the point, and goes there unless the model was too wrong about it.
void QuasiNewtonSearch::take(const AugmentedHessianStep& step, const VectorXd& move,
                             const SearchPoint& point) {
  const VectorXd foreseen = hessian_ * move, found = here_.forces - point.forces;
  // The change of the gradient and what of it was not foreseen: unlike that of the energy, over a
  // step up one mode and down the others, it cannot vanish by cancellation.
  StepOutcome outcome;
  outcome.predicted_change = -foreseen.norm();
  outcome.actual_change = -foreseen.norm() + (found - foreseen).norm();
  outcome.error = 1e-9;
  outcome.length = step.length;
  outcome.at_boundary = step.at_boundary;
  StepControlOptions control;
  control.lowest_accepted = -1.0;
  control.lowest_fair = -0.2;
  control.lowest_good = 0.4;
  const StepVerdict verdict = judge_step(outcome, control);
  learn(move, point);
  radius_ = next_trust_radius(verdict, outcome, radius_,
                              {options_.smallest_radius, options_.largest_radius, 1.5, 0.7});
  // No step is shorter than the shortest radius for having been foreseen badly.
  if (!verdict.accepted && step.length > 1.001 * options_.smallest_radius) return;
  here_ = point;
  ++steps_;
}

SearchOutcome QuasiNewtonSearch::outcome(bool converged, const std::string& status) const {
  SearchOutcome result{converged, status, here_.positions, here_.value, {}, 0.0, steps_, hessian_};
  if (options_.saddle && hessian_.size() > 0) {
    const MatrixXd internal = problem_.space.internal_motions(here_.positions);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> modes{
        MatrixXd(internal.transpose() * hessian_ * internal)};
    result.mode = internal * modes.eigenvectors().col(0);
    result.curvature = modes.eigenvalues()[0];
  }
  return result;
}

SearchOutcome QuasiNewtonSearch::run() {
  here_ = options_.start != nullptr ? *options_.start
                                    : evaluate_point(problem_, problem_.guess, problem_.purpose);
  if (!here_.value.found) return outcome(false, "no energy at the guess: " + here_.value.status);
  hessian_ = first_hessian();
  if (options_.saddle) find_lowest_mode();
  while (!is_converged(problem_, here_)) {
    if (!calls_left(problem_)) return outcome(false, exhaustion_sentence(problem_, here_));
    const MatrixXd internal = problem_.space.internal_motions(here_.positions);
    const AugmentedHessianStep step = model_step(internal);
    if (!step.found) return outcome(false, "no step: " + step.status);
    const VectorXd move = internal * step.step;
    const SearchPoint point =
        evaluate_point(problem_, problem_.space.moved(here_.positions, move), problem_.purpose);
    if (!point.value.found) {
      radius_ *= 0.5;
      if (radius_ < 0.1 * options_.smallest_radius) {
        return outcome(false, "no energy around the last point: " + point.value.status);
      }
      continue;
    }
    take(step, move, point);
    if (has_risen_too_far(problem_, here_)) {
      return outcome(false, "given up: the energy has risen too far above that of the guess");
    }
  }
  return outcome(true, convergence_sentence(problem_, here_));
}

}  // namespace

SearchOutcome quasi_newton_search(const SearchProblem& problem, const QuasiNewtonOptions& options) {
  return QuasiNewtonSearch(problem, options).run();
}

}  // namespace markhor
