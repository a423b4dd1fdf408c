#include "montecarlo/run_length.hpp"

#include <algorithm>

namespace markhor {

bool RunLength::target_reached(const Estimate& energy) const {
  return target_error && energy.settled && energy.error <= *target_error;
}

double RunLength::remaining_fraction(std::int64_t step, const Estimate& energy) const {
  const double to_limit = static_cast<double>(limit - step) / static_cast<double>(step);
  if (!target_error) return to_limit;
  const double factor = energy.error / *target_error;
  return std::min(to_limit, std::max(0.0, factor * factor - 1.0));
}

std::string status_of(const RunOutcome& outcome, const std::string& steps) {
  std::string status = !outcome.has_target ? "finished: all steps done"
                       : outcome.reached_target
                           ? "finished: target error reached"
                           : "finished: the step limit came before the target error";
  if (!outcome.equilibrated) {
    status += "; beware: no end of the equilibration was seen in " +
              std::to_string(outcome.equilibration_steps) + " " + steps;
  }
  if (!outcome.settled) {
    status += "; beware: too few steps for the error bar to settle, it is a lower bound";
  }
  return status;
}

}  // namespace markhor
