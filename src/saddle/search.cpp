#include "saddle/search.hpp"

#include <cstdio>

namespace markhor {

namespace {

std::string force_text(const SearchProblem& problem, const SearchPoint& point) {
  char text[96];
  const bool norm = problem.limits.measure == ForceMeasure::norm;
  std::snprintf(
      text, sizeof text, "the %s is %.4g eV/angstrom",
      norm ? "norm of the forces" : "largest force",
      force_size(point.forces, problem.limits.measure) / hartree_per_bohr_per_ev_per_angstrom);
  return text;
}

std::string after_calls(const SearchProblem& problem) {
  return " after " + std::to_string(problem.evaluations.count()) + " calls";
}

}  // namespace

SearchPoint evaluate_point(const SearchProblem& problem, const Eigen::VectorXd& positions,
                           CallPurpose purpose, const CallContext& context) {
  const SurfaceCall& call = problem.evaluations.evaluate(positions, purpose, context);
  SearchPoint point{call.positions, call.value, {}};
  if (call.value.found) point.forces = problem.space.reduced(call.value.forces);
  return point;
}

bool has_errors(const SurfaceValue& value) {
  return value.found && (value.force_errors.array() > 0.0).any();
}

double force_size(const Eigen::VectorXd& forces, ForceMeasure measure) {
  return measure == ForceMeasure::norm ? forces.norm() : largest_on_a_particle(forces);
}

bool is_converged(const SearchProblem& problem, const SearchPoint& point) {
  return point.value.found &&
         force_size(point.forces, problem.limits.measure) < problem.limits.force_tolerance;
}

int remaining_calls(const SearchProblem& problem) {
  const Evaluations& done = problem.evaluations;
  if (problem.purpose == CallPurpose::descent) {
    return problem.limits.max_calls - done.count(CallPurpose::descent);
  }
  return problem.limits.max_calls - done.count(CallPurpose::search) -
         done.count(CallPurpose::rotation);
}

bool calls_left(const SearchProblem& problem) { return remaining_calls(problem) > 0; }

bool has_risen_too_far(const SearchProblem& problem, const SearchPoint& point) {
  const double first = problem.evaluations.calls().front().value.energy;
  return point.value.energy - first > problem.limits.max_rise;
}

std::string convergence_sentence(const SearchProblem& problem, const SearchPoint& point) {
  return "converged: " + force_text(problem, point) + after_calls(problem);
}

std::string exhaustion_sentence(const SearchProblem& problem, const SearchPoint& point) {
  return "not converged" + after_calls(problem) + ": " + force_text(problem, point);
}

}  // namespace markhor
