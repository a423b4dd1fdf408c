// Variational Monte Carlo: options in, energies with error bars out.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "montecarlo/statistics.hpp"

namespace markhor {

class Communicator;
class WaveFunction;

enum class VmcMove {
  drift,        // drift-diffusion Gaussian (Umrigar, Nightingale, Runge 1993)
  accelerated,  // spherical coordinates about the nearest nucleus (Umrigar 1993)
};

struct VmcOptions {
  int walkers = 512;                    // rounded up to a multiple of 8 by the reader, who says so
  std::int64_t steps = 4000;            // measured sweeps of each walker (a limit with target_error)
  std::optional<double> target_error;   // Hartree; stop when the energy's error bar is this small
  VmcMove move = VmcMove::drift;
  std::optional<double> time_step;      // Hartree^-1; empty: tuned to `acceptance`, then frozen
  double acceptance = 0.5;              // target of the tuning
  int rebuild_interval = 100;           // sweeps between rebuilds of the inverses from scratch
  std::uint64_t seed = 1;
};

// What a run looks like while it goes; passed to the observer at most about twice a second.
struct VmcProgress {
  std::string phase;  // "tuning", "equilibration", "measuring"
  std::int64_t step = 0, steps = 0;
  double energy = 0.0, error = 0.0;  // Hartree; error 0: not known yet
  double seconds_left = 0.0;         // estimate; 0: not known yet
};
using VmcObserver = std::function<void(const VmcProgress&)>;

// Counts of local energies in equal bins; the two end bins hold everything beyond.
struct Histogram {
  double low = 0.0, high = 0.0;  // Hartree
  std::vector<std::int64_t> counts;
};

struct NamedEstimate {
  std::string name, unit, description;
  Estimate estimate;
  std::vector<double> trace;  // mean over the walkers, one value a sweep
};

struct VmcResult {
  std::string status;                 // a sentence: what ended the run
  bool reached_target = true;         // false: target_error asked for and not reached
  Estimate energy, variance;          // Hartree, Hartree^2
  std::vector<NamedEstimate> estimates;  // "local_energy" first, then its parts, then the others
  std::vector<BlockingLevel> blocking;   // of the energy
  Histogram histogram;
  int walkers = 0;
  std::int64_t steps = 0, tuning_steps = 0, equilibration_steps = 0, detected_equilibration = 0;
  double time_step = 0.0, acceptance = 0.0;
  double inverse_drift = 0.0;         // largest error of an updated inverse met at a rebuild
  double seconds = 0.0, walker_steps_per_second = 0.0;  // measuring phase, all ranks
};

VmcResult run_vmc(const WaveFunction& wave_function, const VmcOptions& options,
                  const Communicator& communicator, const VmcObserver& observer);

}  // namespace markhor
