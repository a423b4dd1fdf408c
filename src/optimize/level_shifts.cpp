#include "optimize/level_shifts.hpp"

#include <algorithm>

namespace markhor {

namespace {

constexpr double sound_effective = 0.5;
constexpr double sigmas_worse = 2.0;
constexpr double sigmas_gained = 2.0;
// Below, a comparison says nothing of where the new wave function goes and the present one does
// not.
constexpr double trusted_effective = 0.9;

// Met but for rounding.
bool is_smallest(double shift) { return shift < 2.0 * smallest_shift; }

// On the same configurations: beyond the error of the difference.
bool is_worse(const TriedShift& a, const TriedShift& b) {
  return a.change - b.change > sigmas_worse * (a.deviations - b.deviations).norm();
}

// A step into the unknown can be told from nothing, but tells of no gain.
bool seems_to_rise(const TriedShift& a) { return a.change > a.deviations.norm(); }

bool gains_clearly(const TriedShift& a) { return a.change < -sigmas_gained * a.deviations.norm(); }

// Two and four decades below: each costs a comparison.
std::vector<double> shifts_below(double shift) {
  std::vector<double> shifts = {std::max(0.01 * shift, smallest_shift)};
  if (!is_smallest(shifts.front())) {
    shifts.insert(shifts.begin(), std::max(1e-4 * shift, smallest_shift));
  }
  return shifts;
}

}  // namespace

std::vector<double> shifts_about(double shift) {
  std::vector<double> shifts = {shift, 10.0 * shift};
  if (!is_smallest(shift)) shifts.insert(shifts.begin(), std::max(0.1 * shift, smallest_shift));
  return shifts;
}

std::optional<std::size_t> best_shift(const std::vector<TriedShift>& tried) {
  std::optional<std::size_t> lowest;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (tried[i].usable && (!lowest || tried[i].change < tried[*lowest].change)) lowest = i;
  }
  if (!lowest) return lowest;
  for (std::size_t i = 0; i < *lowest; ++i) {
    if (tried[i].usable && tried[i].effective_fraction > trusted_effective &&
        !seems_to_rise(tried[i]) && !is_worse(tried[i], tried[*lowest])) {
      return i;
    }
  }
  return lowest;
}

std::vector<double> more_shifts(const std::vector<TriedShift>& tried) {
  const std::optional<std::size_t> best = best_shift(tried);
  const double largest = tried.back().shift;
  if (!best) return shifts_about(10.0 * largest);
  const bool rather_none = *best + 1 == tried.size() && !gains_clearly(tried.back());
  if (rather_none || seems_to_rise(tried[*best])) return {10.0 * largest, 100.0 * largest};
  const bool bolder = *best == 0 && tried.front().effective_fraction > sound_effective &&
                      !is_smallest(tried.front().shift);
  return bolder ? shifts_below(tried.front().shift) : std::vector<double>{};
}

}  // namespace markhor
