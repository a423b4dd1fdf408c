#include "saddle/saddle_search.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/stopwatch.hpp"
#include "saddle/dimer.hpp"
#include "saddle/gp_dimer.hpp"
#include "saddle/lowest_modes.hpp"
#include "saddle/markhor_search.hpp"
#include "saddle/model_hessian.hpp"
#include "saddle/quasi_newton_search.hpp"

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

SearchOutcome run_method(const SearchProblem& problem, const SaddleOptions& options) {
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

std::string verdict(const SaddleResult& result, bool saddle, bool modes_converged) {
  const std::string found = std::to_string(result.negative_modes) + " of the " +
                            std::to_string(result.modes.size()) + " lowest modes of the Hessian " +
                            (result.negative_modes == 1 ? "is" : "are") + " negative";
  if (!modes_converged) return found + ", from calls too few to be sure";
  const int wanted = saddle ? 1 : 0;
  if (result.negative_modes == wanted) {
    return found + (saddle ? ": a saddle point of first order" : ": a minimum");
  }
  return found + (saddle ? ": not a saddle point of first order" : ": not a minimum");
}

// The model Hessian with the climbed mode turned down starts Davidson next to what is expected.
void verify(const SearchProblem& problem, const SearchOutcome& outcome,
            const SaddleOptions& options, SaddleResult& result) {
  const FreeCoordinates& space = problem.space;
  const MatrixXd model = model_hessian(space, outcome.positions);
  LowestModesOptions modes;
  modes.modes = 2;
  modes.max_calls = options.max_verification_calls;
  modes.tolerance = 0.01;
  modes.central = true;
  modes.purpose = CallPurpose::verification;
  const SearchPoint point{outcome.positions, outcome.value, space.reduced(outcome.value.forces)};
  const LowestModes found = find_lowest_modes(problem, point, model, outcome.mode, modes);
  for (Eigen::Index i = 0; i < found.curvatures.size(); ++i) {
    result.modes.push_back(
        {found.curvatures[i], found.residuals[i], space.expanded(found.modes.col(i))});
    if (found.curvatures[i] < 0.0) ++result.negative_modes;
  }
  result.verified = !result.modes.empty();
  result.verification =
      result.verified ? verdict(result, options.method != SaddleMethod::minimize, found.converged)
                      : "the Hessian was not looked at: " + found.status;
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
  if (outcome.value.found) {
    const VectorXd forces = space.reduced(outcome.value.forces);
    result.max_force = largest_on_a_particle(forces);
    result.force_norm = forces.norm();
  }
  result.mode = outcome.mode.size() > 0 ? space.expanded(outcome.mode)
                                        : VectorXd(VectorXd::Zero(guess.size()));
  if (options.verify && outcome.converged) {
    verify(problem, outcome, options, result);
  } else {
    result.verification = options.verify ? "the Hessian was not looked at: not converged"
                                         : "the Hessian was not looked at, as asked";
  }
  result.search_calls = evaluations.count(CallPurpose::search);
  result.rotation_calls = evaluations.count(CallPurpose::rotation);
  result.verification_calls = evaluations.count(CallPurpose::verification);
  result.calls = evaluations.calls();
  result.surface_seconds = timed.seconds();
  result.own_seconds = watch.seconds() - timed.seconds();
  return result;
}

}  // namespace markhor
