// Fixed-node diffusion Monte Carlo: options in, energies with error bars out.
//
// Phases: the walkers are spread by variational Monte Carlo; then for each time step in turn they
// diffuse until the energy's transient is seen to have ended (and at least `equilibration` of
// projected time has passed), the trial energy, the effective time step and the reference of the
// energy cut-off are fixed from the second half of that, and generations are measured.
//
// Each generation every walker makes one sweep (diffusion_sweep.hpp) and its weight is multiplied
// by exp[(E_T - (S + S')/2) tau_eff]/f, with S limited local energies (branching_energy.hpp),
// tau_eff = tau <p r^2>/<r^2> over the diffusion steps r, and f = (W/N)^(feedback tau) of the
// generation before the control factor that keeps the total weight W near N (fixed-population
// reconfiguration: W/N of this generation). Estimates are made twice: with the weights as they are,
// which carries the bias of the control, and with the factors f of the last `control_window` of
// projected time undone (Nightingale and Bloete 1988; Umrigar1993b), which is the energy reported.
//
// Biases: fixed node (the energy is an upper bound for the nodes of the trial function; not
// removable here); time step (extrapolate); population control (second estimate, window);
// equilibration (reported); a target error stops runs whose error is underestimated a little early.
//
// REFERENCES
// (Umrigar1993b) C. J. Umrigar, M. P. Nightingale, K. J. Runge, J. Chem. Phys. 99, 2865 (1993).
// (Nightingale1988) M. P. Nightingale, H. W. J. Bloete, Phys. Rev. Lett. 60, 1562 (1988).
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/stage_control.hpp"
#include "molecule/molecule.hpp"
#include "montecarlo/branching_energy.hpp"
#include "montecarlo/extrapolation.hpp"
#include "montecarlo/statistics.hpp"
#include "montecarlo/vmc.hpp"

namespace markhor {

enum class PopulationControl {
  branching,        // split and join, total weight steered by feedback
  reconfiguration,  // a fixed number of walkers of equal weight
};

struct DmcOptions {
  int walkers = 512;                        // target, over all ranks
  std::vector<double> time_steps = {0.01};  // Hartree^-1, in the order in which they run
  std::optional<std::int64_t> steps;        // measured generations at each time step
  std::optional<double> target_error;       // Hartree, at each time step
  EnergyCutoff cutoff = EnergyCutoff::unr;
  PopulationControl population = PopulationControl::branching;
  double feedback = 1.0;         // Hartree: exponent of the control factor over tau
  double control_window = 10.0;  // Hartree^-1 of projected time
  double equilibration = 10.0;   // Hartree^-1; at least, at the first time step; half of it later
  int rebuild_interval = 100;    // generations between rebuilds of the inverses from scratch
  std::vector<std::string> estimators;
  std::uint64_t seed = 1;

  std::int64_t step_limit() const {
    return steps.value_or(target_error.has_value() ? 10'000'000 : 10'000);
  }
};

// What was found at one time step. Series hold one value a measured generation.
struct DmcTimeStep {
  std::string status;  // a sentence
  bool reached_target = true, equilibrated = true;
  double time_step = 0.0, effective_time_step = 0.0;  // Hartree^-1
  double trial_energy = 0.0;                          // Hartree, fixed while measuring
  Estimate energy;                                    // mixed estimator, population control undone
  Estimate controlled_energy;  // mixed estimator with the weights as they are
  // From the growth of the total weight, control undone. Weights grow with limited energies, so it
  // carries the whole shift of the cut-off (size_consistent, tau = 0.1: a tenth of a hartree).
  Estimate growth_energy;
  Estimate variance;                     // of the local energy in the mixed distribution, Hartree^2
  std::vector<NamedEstimate> estimates;  // mixed, control undone; "local_energy" first
  std::int64_t steps = 0, equilibration_steps = 0, detected_transient = 0;
  double acceptance = 0.0, crossings = 0.0;  // fractions of the proposals
  double mean_walkers = 0.0;
  std::int64_t fewest_walkers = 0, most_walkers = 0;
  std::vector<double> weights;      // total weight
  std::vector<double> populations;  // number of walkers
  double inverse_drift = 0.0;
  double seconds = 0.0, walker_steps_per_second = 0.0;  // measuring, all ranks
};

struct DmcResult {
  bool stopped = false;  // told to: a checkpoint was handed over, and nothing else here is valid
  std::string status;
  Estimate energy;  // extrapolated to time step zero where there are two steps and more
  std::vector<DmcTimeStep> time_steps;
  std::optional<Extrapolation> extrapolation;
  int walkers = 0;
  std::int64_t cells = 0, walkers_moved = 0;  // cells; walkers handed on between cells
};

enum class DmcPhase : std::int64_t { equilibration, measuring };

// Numbers of a run that is under way.
struct DmcCounters {
  std::int64_t finished_time_steps = 0;
  DmcPhase phase = DmcPhase::equilibration;
  std::int64_t generation = 0;  // over all time steps: the step of the random streams
  std::int64_t crowded = 0;     // 1: cells are to be evened out
  std::int64_t walkers_moved = 0;
  std::int64_t accepted = 0, crossings = 0, proposed = 0;  // of this phase
  std::int64_t equilibrated = 0, equilibration_steps = 0, detected_transient = 0;
  std::int64_t next_check = 0;  // measured generations at the next look at the error bar
  double weight = 0.0;          // of the last generation
  double time_step = 0.0, effective_time_step = 0.0, trial_energy = 0.0, reference_energy = 0.0;
  double inverse_drift = 0.0;
  double seconds = 0.0;  // of the measurement at this time step so far
};

// A run between two generations, from which it goes on to the same bits on any number of ranks.
struct DmcState {
  DmcCounters counters;
  std::vector<double> reference_nuclei;  // BranchingReference
  // One row of each, one value a generation of this phase: weights, log controls, walkers, accepted
  // and proposed squares, trial energies, effective time steps; then quantities, squared
  // deviations, energies and numbers of the electrons near each nucleus.
  std::vector<std::vector<double>> series;
  std::vector<double> earlier_controls;  // ln, of the equilibration
  std::vector<DmcTimeStep> finished;     // time steps that are done
  std::vector<std::int64_t> walkers_of_cells;
  std::vector<double> walkers;  // cell by cell: all numbers of each walker
};

// The observer's phases name the time step; its seconds_left are of this time step.
// Throws CalculationError if a local energy is not finite or the population dies out or explodes.
// Every rank returns the same result, but for time steps that were done before a
// run was taken up again: there only the root has more than the energies. InputError if the state
// to go on from is not of this wave function and these options.
DmcResult run_dmc(const WaveFunction& wave_function, const Molecule& molecule,
                  const DmcOptions& options, const Communicator& communicator,
                  const VmcObserver& observer = {}, const StageControl<DmcState>& control = {});

}  // namespace markhor
