// Whether a step is taken and how large the next may be: one rule for every client, with and
// without noise. R. Fletcher, Practical Methods of Optimization, ch. 5 (trust region); the error
// bar enters as in stochastic trust-region methods (R. Chen, M. Menickelly, K. Scheinberg, Math.
// Program. 169, 447 (2018)): nothing is done that the error bar does not establish.
#pragma once

#include <limits>

namespace markhor {

struct StepOutcome {
  double predicted_change = 0.0;  // of the quadratic model; negative where it should fall
  double actual_change = 0.0;
  // One standard error of actual_change, rounding included: without noise about 1e-13 of the values
  // it is a difference of, or the last steps are judged by their rounding.
  double error = 0.0;
  double length = 0.0;  // of the step, as the trust radius measures it
  bool at_boundary = false;
};

// Bounds on actual/predicted. All are two-sided: a change that has the right sign but is much
// larger than predicted shows a wrong model as well (an energy that collapses, say).
struct StepControlOptions {
  // The bounds are moved outwards by this many errors: with 2, noise alone rejects 1 step in 20.
  double sigmas = 2.0;
  double lowest_accepted = 0.0, highest_accepted = 4.0;
  double lowest_fair = 0.25, highest_fair = 1.75;
  double lowest_good = 0.75, highest_good = 1.25;
};

enum class StepQuality {
  rejected,  // outside the accepted ratios
  poor,      // outside the fair ratios: accepted, but the next step is shorter
  fair,      // what error bar and ratio leave
  good       // inside the good ratios, and |predicted_change| is at least sigmas times the error
};

struct StepVerdict {
  bool accepted = false;
  StepQuality quality = StepQuality::rejected;
  double ratio = 0.0;        // actual/predicted; 0 if nothing was predicted
  double ratio_error = 0.0;  // one sigma
};

// A change that is not a number is rejected.
StepVerdict judge_step(const StepOutcome& outcome, const StepControlOptions& options);

struct RadiusOptions {
  double smallest = 1e-8, largest = std::numeric_limits<double>::infinity();
  double grow = 2.0;    // after a good step that met the boundary
  double shrink = 0.5;  // of the length of a poor or rejected step
};

// The next trust radius. A rejected step at the smallest radius means that no step of this model is
// any good: the client must stop or renew the model.
double next_trust_radius(const StepVerdict& verdict, const StepOutcome& outcome, double radius,
                         const RadiusOptions& options);

struct ShiftOptions {
  double smallest = 1e-12, largest = std::numeric_limits<double>::infinity();
  double factor = 10.0;  // up after a rejected step, by its square root after a poor one; down
                         // after a good one
};

// The same for a level shift added to the Hessian (the linear method's stabilization).
double next_level_shift(const StepVerdict& verdict, double shift, const ShiftOptions& options);

}  // namespace markhor
