#include "montecarlo/vmc.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "montecarlo/ensemble.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

namespace {

constexpr int sweeps_per_chunk = 16;             // between two sums over ranks
constexpr std::int64_t first_error_check = 256;  // sweeps

// The run's phases in order; each is a function below.
class VmcRun {
 public:
  VmcRun(const WaveFunction& wave_function, const Molecule& molecule, const VmcOptions& options,
         const Communicator& communicator, const VmcObserver& observer)
      : options_(options),
        observer_(observer),
        moves_per_sweep_(std::int64_t{options.walkers} * wave_function.electrons()),
        ensemble_(wave_function, molecule, options, communicator) {
    rule_.kind = options.move;
  }

  VmcResult run() {
    if (options_.move == VmcMove::drift) tune_time_step();
    equilibrate();
    measure();
    finish();
    return std::move(result_);
  }

 private:
  void tune_time_step();
  void equilibrate();
  void measure();
  void finish();

  // Estimates of all quantities so far; collective.
  std::vector<Estimate> estimates() const;
  // Brings energy_ up to date at geometrically growing intervals; collective.
  void update_energy();
  bool target_reached() const;
  double remaining_fraction(std::int64_t step) const;
  void append(const SweepMeans& means);
  void report(const char* phase, std::int64_t step, std::int64_t steps, const Estimate& energy,
              double seconds_left) const;

  const VmcOptions& options_;
  const VmcObserver& observer_;
  std::int64_t moves_per_sweep_;
  Ensemble ensemble_;
  MoveRule rule_;
  VmcResult result_;
  double reference_energy_ = 0.0;
  std::uint64_t warm_up_step_ = 0;
  std::vector<std::vector<double>> traces_;  // [quantity][sweep], as SweepMeans
  std::int64_t next_check_ = first_error_check;
  Estimate energy_{0.0, 0.0, 1.0, false};  // at the last check; not settled before the first
  double accepted_fraction_sum_ = 0.0;
};

void VmcRun::report(const char* phase, std::int64_t step, std::int64_t steps,
                    const Estimate& energy, double seconds_left) const {
  if (observer_) observer_({phase, step, steps, energy.value, energy.error, seconds_left});
}

// Stochastic approximation (Robbins and Monro 1951) in ln(tau): the gain falls, so that the noise
// of the measured acceptance averages out. Twenty rounds of at least 4000 moves each.
void VmcRun::tune_time_step() {
  if (options_.time_step) {
    rule_.time_step = *options_.time_step;
    return;
  }
  constexpr int rounds = 20;
  const int sweeps =
      static_cast<int>(std::clamp<std::int64_t>(4000 / moves_per_sweep_ + 1, 4, 500));
  const RandomKey key{options_.seed, RandomStage::vmc_warm_up};
  for (int round = 0; round < rounds; ++round) {
    const double acceptance = ensemble_.move(key, warm_up_step_, sweeps, rule_);
    warm_up_step_ += static_cast<std::uint64_t>(sweeps);
    const double gain = 4.0 / (1.0 + round / 4.0);
    rule_.time_step *= std::exp(gain * (acceptance - options_.acceptance));
    rule_.time_step = std::clamp(rule_.time_step, 1e-7, 1e3);
    report("tuning", round + 1, rounds, {}, 0.0);
  }
  result_.tuning_steps = static_cast<std::int64_t>(warm_up_step_);
}

void VmcRun::equilibrate() {
  constexpr std::int64_t shortest = 128, longest = 20000;
  const RandomKey key{options_.seed, RandomStage::vmc_warm_up};
  std::vector<double> energies;
  std::int64_t length = 0, transient = 0;
  result_.equilibrated = false;
  while (length < longest && !result_.equilibrated) {
    const SweepMeans means = ensemble_.measure(key, warm_up_step_, sweeps_per_chunk, rule_, 0.0);
    warm_up_step_ += sweeps_per_chunk;
    energies.insert(energies.end(), means.values[0].begin(), means.values[0].end());
    length = static_cast<std::int64_t>(energies.size());
    if (length < shortest) continue;
    transient = transient_length(energies, std::max<std::int64_t>(1, length / 64));
    result_.equilibrated = transient < 2 * length / 5;
    report("equilibration", length, 0, {}, 0.0);
  }
  result_.equilibration_steps = length;
  result_.detected_transient = transient;
  const std::vector<double> settled(energies.begin() + transient, energies.end());
  const Estimate energy = estimate_mean(settled);
  if (!std::isfinite(energy.value)) {
    throw CalculationError(
        "the local energy is not finite: is a nucleus without its cusp "
        "correction, or an electron stuck on a node?");
  }
  reference_energy_ = energy.value;
  double square = 0.0;
  for (const double e : settled) square += (e - energy.value) * (e - energy.value);
  const double walker_sigma =
      std::sqrt(square / static_cast<double>(settled.size()) * options_.walkers);
  const double width = std::max(5.0 * walker_sigma, 1e-6);
  ensemble_.start_histogram(energy.value - width, energy.value + width, 200);
}

void VmcRun::append(const SweepMeans& means) {
  traces_.resize(means.values.size());
  for (std::size_t q = 0; q < traces_.size(); ++q) {
    traces_[q].insert(traces_[q].end(), means.values[q].begin(), means.values[q].end());
  }
  const std::vector<double>& energies = means.values[0];
  if (!std::all_of(energies.begin(), energies.end(), [](double e) { return std::isfinite(e); })) {
    throw CalculationError("the local energy became infinite or not a number while measuring");
  }
  accepted_fraction_sum_ += means.acceptance * static_cast<double>(energies.size());
}

std::vector<Estimate> VmcRun::estimates() const {
  const std::size_t quantities = ensemble_.quantities().size();
  std::vector<Estimate> result;
  for (std::size_t q = 0; q < quantities; ++q) result.push_back(estimate_mean(traces_[q]));
  if (options_.walkers < walkers_for_spread) return result;
  std::vector<double> means;
  for (const Estimate& estimate : result) means.push_back(estimate.value);
  const auto sweeps = static_cast<std::int64_t>(traces_[0].size());
  const std::vector<double> spread = ensemble_.squared_spread(means, sweeps);
  for (std::size_t q = 0; q < quantities; ++q) {
    result[q] = estimate_from_walkers(traces_[q], spread[q], options_.walkers);
  }
  return result;
}

void VmcRun::update_energy() {
  const auto steps = static_cast<std::int64_t>(traces_[0].size());
  if (steps < next_check_) return;
  next_check_ = steps + steps / 20 + 1;
  energy_ = estimates().front();
}

bool VmcRun::target_reached() const {
  return options_.target_error && energy_.settled && energy_.error <= *options_.target_error;
}

// Work left in units of the work done; 0 where the error is not known yet.
double VmcRun::remaining_fraction(std::int64_t step) const {
  const double to_limit =
      static_cast<double>(options_.step_limit() - step) / static_cast<double>(step);
  if (!options_.target_error) return to_limit;
  const double factor = energy_.error / *options_.target_error;
  return std::min(to_limit, std::max(0.0, factor * factor - 1.0));
}

void VmcRun::measure() {
  const RandomKey key{options_.seed, RandomStage::vmc};
  const std::int64_t limit = options_.step_limit();
  const Stopwatch watch;
  Stopwatch since_report;
  ensemble_.start_walker_sums();
  std::int64_t step = 0;
  bool reached = false;
  while (step < limit && !reached) {
    const int sweeps = static_cast<int>(std::min<std::int64_t>(sweeps_per_chunk, limit - step));
    append(
        ensemble_.measure(key, static_cast<std::uint64_t>(step), sweeps, rule_, reference_energy_));
    step += sweeps;
    update_energy();
    reached = target_reached();
    if (!observer_ || since_report.seconds() < 0.5) continue;
    since_report = Stopwatch();
    report("measuring", step, options_.target_error ? 0 : limit, energy_,
           remaining_fraction(step) * watch.seconds());
  }
  result_.steps = step;
  result_.reached_target = !options_.target_error || reached;
  result_.seconds = watch.seconds();
  result_.walker_steps_per_second =
      static_cast<double>(step) * options_.walkers / std::max(result_.seconds, 1e-9);
  result_.acceptance = accepted_fraction_sum_ / static_cast<double>(step);
}

void VmcRun::finish() {
  const std::vector<Quantity>& quantities = ensemble_.quantities();
  const std::vector<Estimate> final_estimates = estimates();
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    result_.estimates.push_back({quantities[q].name, quantities[q].unit, quantities[q].description,
                                 final_estimates[q], traces_[q]});
  }
  result_.energy = result_.estimates.front().estimate;
  result_.blocking = blocking_analysis(traces_[0]);
  result_.variance = estimate_mean(traces_.back());
  const double shift = result_.energy.value - reference_energy_;
  result_.variance.value -= shift * shift;
  result_.histogram = ensemble_.histogram();
  result_.nucleus_nucleus = ensemble_.nucleus_nucleus();
  result_.walkers = options_.walkers;
  result_.time_step = options_.move == VmcMove::drift ? rule_.time_step : 0.0;
  result_.inverse_drift = ensemble_.inverse_drift();
  result_.status = !options_.target_error   ? "finished: all steps done"
                   : result_.reached_target ? "finished: target error reached"
                                            : "finished: the step limit came before the "
                                              "target error";
  if (!result_.equilibrated) {
    result_.status += "; beware: no end of the equilibration was seen in " +
                      std::to_string(result_.equilibration_steps) + " sweeps";
  }
  if (!result_.energy.settled) {
    result_.status += "; beware: too few steps for the error bar to settle, it is a lower bound";
  }
}

}  // namespace

VmcResult run_vmc(const WaveFunction& wave_function, const Molecule& molecule,
                  const VmcOptions& options, const Communicator& communicator,
                  const VmcObserver& observer) {
  return VmcRun(wave_function, molecule, options, communicator, observer).run();
}

}  // namespace markhor
