#include "montecarlo/vmc.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "montecarlo/ensemble.hpp"
#include "montecarlo/run_length.hpp"
#include "parallel/communicator.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

namespace {

constexpr int sweeps_per_chunk = 16;  // between two sums over ranks

// This rank's walkers: where the run was stopped, or put on the molecule.
std::vector<Tile> first_tiles(const WaveFunction& wave_function, const Molecule& molecule,
                              const VmcOptions& options, const Communicator& communicator,
                              const StageControl<VmcState>& control) {
  const TileRange range = tiles_of_rank(options.walkers / lane_count, communicator);
  if (!control.resuming) return place_walkers(wave_function, molecule, options.seed, range);
  std::span<const double> walkers;
  if (communicator.is_root()) walkers = control.resume->walkers;
  return scatter_tiles(wave_function, range, walkers, communicator);
}

// The run's phases in order; each is a function below.
class VmcRun {
 public:
  VmcRun(const WaveFunction& wave_function, const Molecule& molecule, const VmcOptions& options,
         const Communicator& communicator, const VmcObserver& observer,
         const StageControl<VmcState>& control)
      : options_(options),
        length_{options.step_limit(), options.target_error},
        communicator_(communicator),
        observer_(observer),
        control_(control),
        moves_per_sweep_(std::int64_t{options.walkers} * wave_function.electrons()),
        ensemble_(wave_function, molecule, options, communicator,
                  first_tiles(wave_function, molecule, options, communicator, control)) {
    rule_.kind = options.move;
    control.resuming ? resume() : start();
  }

  VmcResult run() {
    result_.stopped = !reach_end();
    if (!result_.stopped) finish();
    return std::move(result_);
  }

 private:
  void start();
  void resume();
  // Each of these returns false if it was told to stop.
  bool reach_end();
  bool tune_time_step();
  bool equilibrate();
  bool measure();
  // Between two chunks of work: hands over a checkpoint if asked to. True: stop. Collective.
  bool pause();
  void start_measurement();
  void finish();

  // Estimates of all quantities so far; collective.
  std::vector<Estimate> estimates() const;
  // Brings the energy up to date at geometrically growing intervals; collective.
  void update_energy();
  bool target_reached() const { return length_.target_reached(counters_.energy); }
  std::int64_t measured_steps() const;
  double measured_seconds() const { return counters_.seconds + watch_.seconds(); }
  void append(const SweepMeans& means);
  void report(const char* phase, std::int64_t step, std::int64_t steps, const Estimate& energy,
              double seconds_left) const;

  const VmcOptions& options_;
  RunLength length_;
  const Communicator& communicator_;
  const VmcObserver& observer_;
  const StageControl<VmcState>& control_;
  std::int64_t moves_per_sweep_;
  Ensemble ensemble_;
  MoveRule rule_;
  VmcResult result_;
  VmcState state_;  // the walkers' part is filled while it is handed over
  VmcCounters& counters_ = state_.counters;
  Stopwatch watch_;  // of this part of the measurement
};

void VmcRun::start() {
  if (options_.time_step) counters_.time_step = *options_.time_step;
  const bool tuned = options_.move == VmcMove::drift && !options_.time_step;
  if (!tuned) counters_.phase = VmcPhase::equilibration;
  rule_.time_step = counters_.time_step;
}

void VmcRun::resume() {
  if (communicator_.is_root()) {
    counters_ = control_.resume->counters;
    state_.warm_up_energies = control_.resume->warm_up_energies;
    state_.traces = control_.resume->traces;
  }
  communicator_.broadcast_value(counters_);
  communicator_.broadcast(state_.warm_up_energies);
  std::size_t quantities = state_.traces.size();
  communicator_.broadcast_value(quantities);
  state_.traces.resize(quantities);
  for (std::vector<double>& trace : state_.traces) communicator_.broadcast(trace);
  rule_.time_step = counters_.time_step;
  if (!state_.traces.empty() && quantities != ensemble_.quantities().size() + 1) {
    throw InputError({}, "the checkpoint holds other quantities than the estimators measure");
  }
  ensemble_.resume(communicator_.is_root() ? *control_.resume : state_);
}

bool VmcRun::pause() {
  const ControlRequest request = control_.poll ? control_.poll() : ControlRequest::go_on;
  if (request == ControlRequest::go_on) return false;
  const double earlier_seconds = counters_.seconds;
  if (counters_.phase == VmcPhase::measuring) counters_.seconds = measured_seconds();
  ensemble_.save(state_);
  if (communicator_.is_root()) control_.save(state_);
  counters_.seconds = earlier_seconds;
  state_.walkers = {};
  state_.walker_sums = {};
  return request == ControlRequest::stop;
}

bool VmcRun::reach_end() {
  if (counters_.phase == VmcPhase::tuning && !tune_time_step()) return false;
  if (counters_.phase == VmcPhase::equilibration && !equilibrate()) return false;
  return measure();
}

void VmcRun::report(const char* phase, std::int64_t step, std::int64_t steps,
                    const Estimate& energy, double seconds_left) const {
  if (observer_) observer_({phase, step, steps, energy.value, energy.error, seconds_left});
}

// Stochastic approximation (Robbins and Monro 1951) in ln(tau): the gain falls, so that the noise
// of the measured acceptance averages out. Twenty rounds of at least 4000 moves each.
bool VmcRun::tune_time_step() {
  constexpr int rounds = 20;
  const int sweeps =
      static_cast<int>(std::clamp<std::int64_t>(4000 / moves_per_sweep_ + 1, 4, 500));
  const RandomKey key{options_.seed, RandomStage::vmc_warm_up};
  while (counters_.tuning_rounds < rounds) {
    const auto first = static_cast<std::uint64_t>(counters_.warm_up_steps);
    const double acceptance = ensemble_.move(key, first, sweeps, rule_);
    counters_.warm_up_steps += sweeps;
    const double gain = 4.0 / (1.0 + static_cast<double>(counters_.tuning_rounds) / 4.0);
    rule_.time_step *= std::exp(gain * (acceptance - options_.acceptance));
    rule_.time_step = std::clamp(rule_.time_step, 1e-7, 1e3);
    counters_.time_step = rule_.time_step;
    ++counters_.tuning_rounds;
    report("tuning", counters_.tuning_rounds, rounds, {}, 0.0);
    if (pause()) return false;
  }
  counters_.tuning_steps = counters_.warm_up_steps;
  counters_.phase = VmcPhase::equilibration;
  return true;
}

bool VmcRun::equilibrate() {
  constexpr std::int64_t shortest = 128, longest = 20000;
  const RandomKey key{options_.seed, RandomStage::vmc_warm_up};
  std::vector<double>& energies = state_.warm_up_energies;
  auto length = static_cast<std::int64_t>(energies.size());
  while (length < longest && !counters_.equilibrated) {
    const auto first = static_cast<std::uint64_t>(counters_.warm_up_steps);
    const SweepMeans means = ensemble_.measure(key, first, sweeps_per_chunk, rule_, 0.0);
    counters_.warm_up_steps += sweeps_per_chunk;
    energies.insert(energies.end(), means.values[0].begin(), means.values[0].end());
    length = static_cast<std::int64_t>(energies.size());
    if (length >= shortest) {
      counters_.detected_transient =
          transient_length(energies, std::max<std::int64_t>(1, length / 64));
      counters_.equilibrated = counters_.detected_transient < 2 * length / 5;
      report("equilibration", length, 0, {}, 0.0);
    }
    if (pause()) return false;
  }
  start_measurement();
  return true;
}

void VmcRun::start_measurement() {
  const std::vector<double>& energies = state_.warm_up_energies;
  const std::vector<double> settled(energies.begin() + counters_.detected_transient,
                                    energies.end());
  const Estimate energy = estimate_mean(settled);
  if (!std::isfinite(energy.value)) {
    throw CalculationError(
        "the local energy is not finite: is a nucleus without its cusp "
        "correction, or an electron stuck on a node?");
  }
  counters_.reference_energy = energy.value;
  double square = 0.0;
  for (const double e : settled) square += (e - energy.value) * (e - energy.value);
  const double walker_sigma =
      std::sqrt(square / static_cast<double>(settled.size()) * options_.walkers);
  const double width = std::max(5.0 * walker_sigma, 1e-6);
  ensemble_.start_histogram(energy.value - width, energy.value + width, 200);
  ensemble_.start_walker_sums();
  counters_.phase = VmcPhase::measuring;
}

void VmcRun::append(const SweepMeans& means) {
  state_.traces.resize(means.values.size());
  for (std::size_t q = 0; q < state_.traces.size(); ++q) {
    state_.traces[q].insert(state_.traces[q].end(), means.values[q].begin(), means.values[q].end());
  }
  const std::vector<double>& energies = means.values[0];
  if (!std::all_of(energies.begin(), energies.end(), [](double e) { return std::isfinite(e); })) {
    throw CalculationError("the local energy became infinite or not a number while measuring");
  }
  counters_.accepted_fraction_sum += means.acceptance * static_cast<double>(energies.size());
}

std::vector<Estimate> VmcRun::estimates() const {
  const std::size_t quantities = ensemble_.quantities().size();
  std::vector<Estimate> result;
  for (std::size_t q = 0; q < quantities; ++q) result.push_back(estimate_mean(state_.traces[q]));
  if (options_.walkers < walkers_for_spread) return result;
  std::vector<double> means;
  for (const Estimate& estimate : result) means.push_back(estimate.value);
  const auto sweeps = static_cast<std::int64_t>(state_.traces[0].size());
  const std::vector<double> spread = ensemble_.squared_spread(means, sweeps);
  for (std::size_t q = 0; q < quantities; ++q) {
    result[q] = estimate_from_walkers(state_.traces[q], spread[q], options_.walkers);
  }
  return result;
}

void VmcRun::update_energy() {
  const std::int64_t steps = measured_steps();
  if (steps < counters_.next_check) return;
  counters_.next_check = RunLength::next_look(steps);
  counters_.energy = estimates().front();
}

std::int64_t VmcRun::measured_steps() const {
  return state_.traces.empty() ? 0 : static_cast<std::int64_t>(state_.traces[0].size());
}

bool VmcRun::measure() {
  const RandomKey key{options_.seed, RandomStage::vmc};
  const std::int64_t limit = options_.step_limit();
  watch_ = Stopwatch();
  Stopwatch since_report;
  std::int64_t step = measured_steps();
  while (step < limit && !target_reached()) {
    const int sweeps = static_cast<int>(std::min<std::int64_t>(sweeps_per_chunk, limit - step));
    append(ensemble_.measure(key, static_cast<std::uint64_t>(step), sweeps, rule_,
                             counters_.reference_energy));
    step += sweeps;
    update_energy();
    if (observer_ && since_report.seconds() >= 0.5) {
      since_report = Stopwatch();
      report("measuring", step, options_.target_error ? 0 : limit, counters_.energy,
             length_.remaining_fraction(step, counters_.energy) * measured_seconds());
    }
    // What is whole chunks can be lengthened by a later part of the run; a shorter last one ends
    // it.
    if (step < limit && pause()) return false;
  }
  return true;
}

void VmcRun::finish() {
  result_.steps = measured_steps();
  result_.tuning_steps = counters_.tuning_steps;
  result_.equilibrated = counters_.equilibrated;
  result_.equilibration_steps = static_cast<std::int64_t>(state_.warm_up_energies.size());
  result_.detected_transient = counters_.detected_transient;
  result_.reached_target = !options_.target_error || target_reached();
  result_.seconds = measured_seconds();
  result_.walker_steps_per_second =
      static_cast<double>(result_.steps) * options_.walkers / std::max(result_.seconds, 1e-9);
  result_.acceptance = counters_.accepted_fraction_sum / static_cast<double>(result_.steps);
  const std::vector<Quantity>& quantities = ensemble_.quantities();
  const std::vector<Estimate> final_estimates = estimates();
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    result_.estimates.push_back({quantities[q].name, quantities[q].unit, quantities[q].description,
                                 final_estimates[q], state_.traces[q]});
  }
  result_.energy = result_.estimates.front().estimate;
  result_.blocking = blocking_analysis(state_.traces[0]);
  result_.variance = estimate_mean(state_.traces.back());
  const double shift = result_.energy.value - counters_.reference_energy;
  result_.variance.value -= shift * shift;
  result_.histogram = ensemble_.histogram();
  result_.nucleus_nucleus = ensemble_.nucleus_nucleus();
  result_.walkers = options_.walkers;
  result_.time_step = options_.move == VmcMove::drift ? rule_.time_step : 0.0;
  result_.inverse_drift = ensemble_.inverse_drift();
  result_.status =
      status_of({options_.target_error.has_value(), result_.reached_target, result_.equilibrated,
                 result_.energy.settled, result_.equilibration_steps},
                "sweeps");
}

}  // namespace

VmcResult run_vmc(const WaveFunction& wave_function, const Molecule& molecule,
                  const VmcOptions& options, const Communicator& communicator,
                  const VmcObserver& observer, const StageControl<VmcState>& control) {
  return VmcRun(wave_function, molecule, options, communicator, observer, control).run();
}

}  // namespace markhor
