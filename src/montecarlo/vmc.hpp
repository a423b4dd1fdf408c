// Variational Monte Carlo: options in, energies with error bars out.
//
// Phases: the time step is tuned to an acceptance and frozen; the walkers equilibrate until the
// energy's initial transient is seen to have ended, and everything up to there is dropped; then
// every sweep is measured. All ranks take the same decisions from the same order-free sums, so a
// deck and seed give the same bits on any number of ranks.
//
// Biases: none from the time step (Metropolis-Hastings is exact for Psi^2). What remains is the
// equilibration (reported), and, with target_error, that a run stops when its own estimate of the
// error has become small, which favours runs whose error is underestimated; the estimate is first
// consulted after 256 sweeps to keep this far below one error bar.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/stage_control.hpp"
#include "molecule/molecule.hpp"
#include "montecarlo/statistics.hpp"

namespace markhor {

class Communicator;
class WaveFunction;

enum class VmcMove {
  drift,        // drift-diffusion Gaussian (Umrigar, Nightingale, Runge 1993)
  accelerated,  // spherical coordinates about the nearest nucleus (Umrigar 1993)
};

struct VmcOptions {
  int walkers = 512;  // a multiple of 8; shared by the ranks in tiles of 8
  // Measured sweeps of each walker. Empty: 4000, or with target_error a limit of ten million.
  std::optional<std::int64_t> steps;
  std::optional<double> target_error;  // Hartree; stop when the energy's error bar is this small
  // Measured on all-electron water: 1.2 sweeps of autocorrelation against 4.2 for drift moves at
  // their best time step, at twice the cost of a move.
  VmcMove move = VmcMove::accelerated;
  std::optional<double> time_step;  // Hartree^-1, drift only; empty: tuned to `acceptance`
  // Drift only; target of the tuning. High, because with all electrons the time step must suit the
  // core: at 0.5 a core electron is stuck for hundreds of sweeps.
  double acceptance = 0.85;
  int rebuild_interval = 100;           // sweeps between rebuilds of the inverses from scratch
  std::vector<std::string> estimators;  // optional ones, names of the estimator table
  std::uint64_t seed = 1;

  std::int64_t step_limit() const {
    return steps.value_or(target_error.has_value() ? 10'000'000 : 4000);
  }
};

// What a run looks like while it goes; the observer is called after every few sweeps.
struct VmcProgress {
  std::string phase;                 // "tuning", "equilibration", "measuring"
  std::int64_t step = 0, steps = 0;  // steps 0: not known in advance
  double energy = 0.0, error = 0.0;  // Hartree; error 0: not known yet
  double seconds_left = 0.0;         // estimate; 0: not known yet
};
using VmcObserver = std::function<void(const VmcProgress&)>;

// Counts of local energies in equal bins; the two end bins hold everything beyond as well.
struct Histogram {
  double low = 0.0, high = 0.0;  // Hartree
  std::vector<std::int64_t> counts;
};

struct NamedEstimate {
  std::string name, unit, description;
  Estimate estimate;
  std::vector<double> trace;  // mean over the walkers, one value a sweep
};

enum class VmcPhase { tuning, equilibration, measuring };

// Plain numbers of a run on its way, the same on every rank.
struct VmcCounters {
  VmcPhase phase = VmcPhase::tuning;
  std::int64_t tuning_rounds = 0;                    // done
  std::int64_t tuning_steps = 0, warm_up_steps = 0;  // sweeps; the latter with the former
  std::int64_t detected_transient = 0;
  bool equilibrated = false;
  double time_step = 0.1;                 // Hartree^-1, drift only
  double reference_energy = 0.0;          // Hartree
  double accepted_fraction_sum = 0.0;     // over measured sweeps
  std::int64_t next_check = 256;          // measured sweeps at the next look at the error
  Estimate energy{0.0, 0.0, 1.0, false};  // at the last look; not settled before the first
  double inverse_drift = 0.0;
  double seconds = 0.0;  // measuring phase
};

// Where a run stands between two chunks of sweeps, all ranks' walkers included: enough to go on
// with the same bits on any number of ranks.
struct VmcState {
  VmcCounters counters;
  std::vector<double> warm_up_energies;     // Hartree; means over the walkers while equilibrating
  std::vector<std::vector<double>> traces;  // [quantity][sweep] while measuring; the last: squared
                                            // deviation from the reference energy
  Histogram histogram;
  std::vector<double> walkers;      // tiles x (all numbers of a tile) x 8 lanes
  std::vector<double> walker_sums;  // tiles x quantities x 8 lanes
};

struct VmcResult {
  bool stopped = false;  // told to: a checkpoint was handed over, and nothing else here is valid
  std::string status;    // a sentence: what ended the run, and what to beware of
  bool reached_target = true;            // false: target_error was asked for and not reached
  bool equilibrated = true;              // false: no end of the transient was seen
  Estimate energy, variance;             // Hartree, Hartree^2
  std::vector<NamedEstimate> estimates;  // "local_energy" first, then its parts, then the others
  std::vector<BlockingLevel> blocking;   // of the energy
  Histogram histogram;
  double nucleus_nucleus = 0.0;  // Hartree, part of the local energy
  int walkers = 0;
  std::int64_t steps = 0;  // measured sweeps
  std::int64_t tuning_steps = 0;
  std::int64_t equilibration_steps = 0;  // dropped sweeps after the tuning
  std::int64_t detected_transient = 0;   // of these, the ones that the detection calls transient
  double time_step = 0.0;                // Hartree^-1; 0 for accelerated moves
  double acceptance = 0.0;               // while measuring
  double inverse_drift = 0.0;            // largest error of an updated inverse met at a rebuild
  double seconds = 0.0;                  // measuring phase
  double walker_steps_per_second = 0.0;  // measuring phase, all ranks
};

// Throws CalculationError if a local energy is not finite, InputError if the state to go on from is
// not of this wave function and these options. Every rank returns the same result.
VmcResult run_vmc(const WaveFunction& wave_function, const Molecule& molecule,
                  const VmcOptions& options, const Communicator& communicator,
                  const VmcObserver& observer = {}, const StageControl<VmcState>& control = {});

}  // namespace markhor
