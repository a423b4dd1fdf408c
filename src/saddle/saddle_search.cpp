#include "saddle/saddle_search.hpp"

#include <stdexcept>
#include <utility>

#include "core/stopwatch.hpp"
#include "saddle/dimer.hpp"
#include "saddle/gp_dimer.hpp"
#include "saddle/markhor_search.hpp"
#include "saddle/quasi_newton_search.hpp"
#include "saddle/surface_prior.hpp"
#include "saddle/verification.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

// Adds up the time that calls of another surface take.
class TimedSurface : public Surface {
 public:
  explicit TimedSurface(Surface& surface) : surface_(surface) {}
  const SurfaceSystem& system() const override { return surface_.system(); }
  SurfaceValue evaluate(const VectorXd& positions) override {
    const Stopwatch watch;
    SurfaceValue value = surface_.evaluate(positions);
    seconds_ += watch.seconds();
    return value;
  }
  double seconds() const { return seconds_; }

 private:
  Surface& surface_;
  double seconds_ = 0.0;
};

SearchOutcome nothing_to_search(const SearchProblem& problem) {
  const SearchPoint guess = evaluate_point(problem, problem.guess, CallPurpose::search);
  SearchOutcome outcome;
  outcome.status = "nothing to search: all that may move is moved or turned as a whole";
  outcome.positions = guess.positions;
  outcome.value = guess.value;
  return outcome;
}

SearchOutcome run_method(const SearchProblem& problem, const SaddleOptions& options) {
  if (problem.space.internal_motions(problem.guess).cols() == 0) return nothing_to_search(problem);
  switch (options.method) {
    case SaddleMethod::dimer:
      return dimer_search(problem, {});
    case SaddleMethod::gp_dimer:
      return gp_dimer_search(problem, published_gp_dimer());
    case SaddleMethod::otgp_dimer:
      return gp_dimer_search(problem, published_otgp_dimer());
    case SaddleMethod::prfo:
      return quasi_newton_search(problem, {});
    case SaddleMethod::minimize: {
      QuasiNewtonOptions minimum;
      minimum.saddle = false;
      return quasi_newton_search(problem, minimum);
    }
    case SaddleMethod::markhor:
      break;
  }
  const GpPrior prior =
      options.prior == nullptr ? GpPrior{} : surface_prior(*options.prior, problem.space);
  return markhor_search(problem, prior, {});
}

// Paths lead down only from where something leads up.
void follow_down(const SearchProblem& problem, const SearchOutcome& outcome,
                 const MatrixXd& hessian, const SaddleOptions& options, SaddleResult& result) {
  if (outcome.posterior) {
    result.descent_status = "no paths down: the forces have errors";
    return;
  }
  if (result.modes.empty() || result.modes.front().curvature >= 0.0) {
    result.descent_status = "no paths down: no mode of the Hessian is known to be negative";
    return;
  }
  const SearchPoint point{outcome.positions, outcome.value,
                          problem.space.reduced(outcome.value.forces)};
  result.descents = descend(problem, point, hessian, options.masses, options.descent);
  result.descent_status = "followed both ways";
}

// After a search that converged.
void look_around(const SearchProblem& problem, const SearchOutcome& outcome,
                 const SaddleOptions& options, SaddleResult& result) {
  const MatrixXd hessian = verify(problem, outcome, options, result);
  if (options.irc) follow_down(problem, outcome, hessian, options, result);
}

}  // namespace

std::string method_name(SaddleMethod method) {
  switch (method) {
    case SaddleMethod::dimer:
      return "dimer";
    case SaddleMethod::gp_dimer:
      return "gp-dimer";
    case SaddleMethod::otgp_dimer:
      return "otgp-dimer";
    case SaddleMethod::prfo:
      return "prfo";
    case SaddleMethod::minimize:
      return "minimize";
    case SaddleMethod::markhor:
      break;
  }
  return "markhor";
}

std::optional<SaddleMethod> method_named(const std::string& name) {
  for (const SaddleMethod method : saddle_methods) {
    if (method_name(method) == name) return method;
  }
  return {};
}

std::string verify_name(Verify verify) {
  switch (verify) {
    case Verify::modes:
      return "modes";
    case Verify::hessian:
      return "hessian";
    case Verify::none:
      break;
  }
  return "none";
}

SaddleResult find_saddle(Surface& surface, const VectorXd& guess, const SaddleOptions& options,
                         std::vector<SurfaceCall> stored, const Evaluations::Listener& listener) {
  const Stopwatch watch;
  if (guess.size() != surface.system().coordinates()) {
    throw std::invalid_argument("the guess has not three coordinates a particle");
  }
  TimedSurface timed(surface);
  Evaluations evaluations(timed, std::move(stored), listener);
  const FreeCoordinates space(surface.system(), options.frozen);
  SearchProblem problem{evaluations, space, guess, {}, options.limits};
  if (options.direction.size() > 0) problem.direction = space.reduced(options.direction);
  const SearchOutcome outcome = run_method(problem, options);

  SaddleResult result;
  result.method = options.method;
  result.converged = outcome.converged;
  result.status = outcome.status;
  result.positions = outcome.positions;
  result.value = outcome.value;
  result.steps = outcome.steps;
  result.position_errors = VectorXd::Zero(guess.size());
  if (outcome.posterior) {
    result.force_error = outcome.posterior->force_error;
    result.position_errors = outcome.posterior->position_errors;
  }
  if (outcome.value.found) {
    const VectorXd forces = space.reduced(outcome.value.forces);
    result.max_force = largest_on_a_particle(forces);
    result.force_norm = forces.norm();
  }
  result.mode = outcome.mode.size() > 0 ? space.expanded(outcome.mode)
                                        : VectorXd(VectorXd::Zero(guess.size()));
  if (options.verify == Verify::none) {
    result.verification = "the Hessian was not looked at, as asked";
  } else if (outcome.converged) {
    look_around(problem, outcome, options, result);
  } else {
    result.verification = "the Hessian was not looked at: not converged";
  }
  result.search_calls = evaluations.count(CallPurpose::search);
  result.rotation_calls = evaluations.count(CallPurpose::rotation);
  result.verification_calls = evaluations.count(CallPurpose::verification);
  result.descent_calls = evaluations.count(CallPurpose::descent);
  result.calls = evaluations.calls();
  result.surface_seconds = timed.seconds();
  result.own_seconds = watch.seconds() - timed.seconds();
  return result;
}

}  // namespace markhor
