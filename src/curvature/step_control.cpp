#include "curvature/step_control.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

// actual between lowest and highest times predicted, of either sign, with a margin on both sides.
bool between(const StepOutcome& outcome, double lowest, double highest, double margin) {
  const double a = lowest * outcome.predicted_change, b = highest * outcome.predicted_change;
  return outcome.actual_change >= std::min(a, b) - margin &&
         outcome.actual_change <= std::max(a, b) + margin;
}

StepQuality quality_of(const StepOutcome& outcome, const StepControlOptions& options) {
  const double margin = options.sigmas * outcome.error;
  if (!between(outcome, options.lowest_accepted, options.highest_accepted, margin)) {
    return StepQuality::rejected;
  }
  if (!between(outcome, options.lowest_fair, options.highest_fair, margin)) {
    return StepQuality::poor;
  }
  const bool resolved = std::abs(outcome.predicted_change) >= margin;
  return resolved && between(outcome, options.lowest_good, options.highest_good, 0.0)
             ? StepQuality::good
             : StepQuality::fair;
}

}  // namespace

StepVerdict judge_step(const StepOutcome& outcome, const StepControlOptions& options) {
  StepVerdict verdict;
  verdict.quality = quality_of(outcome, options);
  verdict.accepted = verdict.quality != StepQuality::rejected;
  if (outcome.predicted_change != 0.0) {
    verdict.ratio = outcome.actual_change / outcome.predicted_change;
    verdict.ratio_error = outcome.error / std::abs(outcome.predicted_change);
  }
  return verdict;
}

double next_trust_radius(const StepVerdict& verdict, const StepOutcome& outcome, double radius,
                         const RadiusOptions& options) {
  double next = radius;
  if (verdict.quality == StepQuality::rejected || verdict.quality == StepQuality::poor) {
    next = options.shrink * std::min(radius, outcome.length);
  } else if (verdict.quality == StepQuality::good && outcome.at_boundary) {
    next = options.grow * radius;
  }
  return std::clamp(next, options.smallest, options.largest);
}

double next_level_shift(const StepVerdict& verdict, double shift, const ShiftOptions& options) {
  double next = std::max(shift, options.smallest);
  if (verdict.quality == StepQuality::rejected) next *= options.factor;
  if (verdict.quality == StepQuality::poor) next *= std::sqrt(options.factor);
  if (verdict.quality == StepQuality::good) next /= options.factor;
  return std::clamp(next, options.smallest, options.largest);
}

}  // namespace markhor
