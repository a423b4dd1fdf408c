// Which level shifts an iteration tries on its samples.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <optional>
#include <vector>

namespace markhor {

inline constexpr double smallest_shift = 1e-6;  // Hartree

struct TriedShift {
  double shift = 0.0;               // Hartree
  bool usable = false;              // its step can be compared with the present wave function
  double change = 0.0;              // of the objective
  double effective_fraction = 0.0;  // of the configurations, of its comparison
  Eigen::VectorXd deviations = {};  // of `change`, walker by walker; empty for all: exact
};

// To begin with: a decade about the given one, smallest first.
std::vector<double> shifts_about(double shift);

// The place of the usable one with the lowest change; or of a smaller shift, if nearly all
// configurations carry its comparison and the change is neither higher by two sigmas nor a rise by
// one. All are compared on the same configurations, so that differences are known better than the
// errors say. Where these cannot tell, the smaller shift is the one that gets to the minimum: a
// larger one goes the same way, less far. tried: smallest first.
std::optional<std::size_t> best_shift(const std::vector<TriedShift>& tried);

// Those to try next, smallest first: larger ones where no step could be compared, where the best
// seems to rise, or is the largest and yet no gain by two sigmas (few samples for many parameters:
// their steps are mostly noise); smaller ones where the smallest is the best and its comparison
// rests on most of the configurations. None: the best lies between others, gains as the largest,
// or nothing bolder can be judged. tried: smallest first.
std::vector<double> more_shifts(const std::vector<TriedShift>& tried);

}  // namespace markhor
