#include "optimize/level_shifts.hpp"

#include <algorithm>

namespace markhor {

namespace {

constexpr double sound_effective = 0.5;

// Met but for rounding.
bool is_smallest(double shift) { return shift < 2.0 * smallest_shift; }

// Two and four decades below: each set costs the optimizer its matrices once more.
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
  std::optional<std::size_t> best;
  for (std::size_t i = 0; i < tried.size(); ++i) {
    if (tried[i].usable && (!best || tried[i].change < tried[*best].change)) best = i;
  }
  return best;
}

std::vector<double> more_shifts(const std::vector<TriedShift>& tried) {
  const std::optional<std::size_t> best = best_shift(tried);
  if (!best) return shifts_about(10.0 * tried.back().shift);
  const bool bolder = *best == 0 && tried.front().effective_fraction > sound_effective &&
                      !is_smallest(tried.front().shift);
  return bolder ? shifts_below(tried.front().shift) : std::vector<double>{};
}

}  // namespace markhor
