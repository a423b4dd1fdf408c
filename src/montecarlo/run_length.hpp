// How long a measurement goes on, and what is said of its end: VMC and DMC alike.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "montecarlo/statistics.hpp"

namespace markhor {

struct RunLength {
  std::int64_t limit = 0;              // steps
  std::optional<double> target_error;  // Hartree

  // energy: at the last look; not settled before the first.
  bool target_reached(const Estimate& energy) const;
  // Work left in units of the work done; 0 where the error is not known yet.
  double remaining_fraction(std::int64_t step, const Estimate& energy) const;
  // Steps at the look at the error bar after one at `step`: geometric, because a look costs as much
  // as the series is long.
  static std::int64_t next_look(std::int64_t step) { return step + step / 20 + 1; }
};

// What a result's status says; `steps` names them ("sweeps").
struct RunOutcome {
  bool has_target = false, reached_target = true, equilibrated = true, settled = true;
  std::int64_t equilibration_steps = 0;
};
std::string status_of(const RunOutcome& outcome, const std::string& steps);

}  // namespace markhor
