#include "montecarlo/dmc.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "montecarlo/generations.hpp"
#include "montecarlo/run_length.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

constexpr int generations_per_chunk = 16;
constexpr std::int64_t first_error_check = 512;  // generations

double sum_from(const std::vector<double>& series, std::size_t first) {
  double sum = 0.0;
  for (std::size_t g = first; g < series.size(); ++g) sum += series[g];
  return sum;
}

// The run: equilibration and measurement at each time step.
class DmcRun {
 public:
  DmcRun(const WaveFunction& wave_function, const Molecule& molecule, const DmcOptions& options,
         const Communicator& communicator, const VmcObserver& observer,
         const StageControl<DmcState>& control)
      : options_(options),
        length_{options.step_limit(), options.target_error},
        communicator_(communicator),
        observer_(observer),
        control_(control),
        electrons_(wave_function.electrons()),
        generations_(wave_function, molecule, options, communicator) {}

  DmcResult run();

 private:
  void resume();
  void begin_time_step();
  // Each returns false if it was told to stop.
  bool equilibrate();
  bool measure();
  // Between two chunks of work: hands over a checkpoint if asked to. True: stop. Collective.
  bool pause();
  void fix_rule();
  void keep_controls();
  DmcTimeStep estimate() const;
  void count(DmcTimeStep& result) const;
  Estimate energy_so_far() const;
  std::vector<double> window_factors(const DmcSeries& series) const;
  void finish();
  double measured_seconds() const { return counters_.seconds + watch_.seconds(); }
  void report(const char* phase, std::int64_t step, std::int64_t steps, const Estimate& energy,
              double seconds_left) const;

  const DmcOptions& options_;
  RunLength length_;
  const Communicator& communicator_;
  const VmcObserver& observer_;
  const StageControl<DmcState>& control_;
  int electrons_;
  Generations generations_;
  DmcResult result_;
  DmcState state_;  // what generations_ and result_ know is filled in while it is handed over
  DmcCounters& counters_ = state_.counters;
  Stopwatch watch_;  // of this part of the measurement
};

// Time steps done before: the root has them whole, the others what the extrapolation needs.
void DmcRun::resume() {
  if (communicator_.is_root()) {
    counters_ = control_.resume->counters;
    state_.earlier_controls = control_.resume->earlier_controls;
    result_.time_steps = control_.resume->finished;
  }
  communicator_.broadcast_value(counters_);
  communicator_.broadcast(state_.earlier_controls);
  result_.time_steps.resize(static_cast<std::size_t>(counters_.finished_time_steps));
  for (DmcTimeStep& t : result_.time_steps) {
    communicator_.broadcast_value(t.time_step);
    communicator_.broadcast_value(t.energy);
  }
  if (result_.time_steps.size() >= options_.time_steps.size()) {
    throw InputError({}, "the checkpoint is of a run with other time steps");
  }
  generations_.resume(communicator_.is_root() ? *control_.resume : state_);
}

bool DmcRun::pause() {
  const ControlRequest request = control_.poll ? control_.poll() : ControlRequest::go_on;
  if (request == ControlRequest::go_on) return false;
  const double earlier_seconds = counters_.seconds;
  if (counters_.phase == DmcPhase::measuring) counters_.seconds = measured_seconds();
  counters_.finished_time_steps = static_cast<std::int64_t>(result_.time_steps.size());
  generations_.save(state_);
  if (communicator_.is_root()) {
    state_.finished = result_.time_steps;
    control_.save(state_);
  }
  counters_.seconds = earlier_seconds;
  state_.walkers = {};
  state_.series = {};
  state_.finished = {};
  return request == ControlRequest::stop;
}

void DmcRun::report(const char* phase, std::int64_t step, std::int64_t steps,
                    const Estimate& energy, double seconds_left) const {
  if (!observer_) return;
  char name[64];
  std::snprintf(name, sizeof name, "time step %g, %s", generations_.rule().time_step, phase);
  observer_({name, step, steps, energy.value, energy.error, seconds_left});
}

// Trial energy, effective time step and reference from the second half of the generations so far.
void DmcRun::fix_rule() {
  const Generations::Record& record = generations_.record();
  const DmcSeries& series = record.series;
  GenerationRule& rule = generations_.rule();
  const std::size_t first = series.size() / 2;
  const double weight = sum_from(series.weights, first);
  rule.reference.energy = sum_from(series.sums[0], first) / weight;
  for (std::size_t a = 0; a < rule.reference.nuclei.size(); ++a) {
    rule.reference.nuclei[a] = mean_share(sum_from(record.shares[2 * a], first),
                                          sum_from(record.shares[2 * a + 1], first));
  }
  rule.effective_time_step = rule.time_step * sum_from(record.accepted_squares, first) /
                             sum_from(record.proposed_squares, first);
  // The growth estimator: the energy at which the total weight would keep still. It differs from
  // the mixed energy where the cut-off shifts the mean of the branching energy.
  double grown = 0.0, time = 0.0;
  for (std::size_t g = first + 1; g < series.size(); ++g) {
    const double growth =
        std::log(series.weights[g] / series.weights[g - 1]) + series.log_controls[g];
    grown += record.trial_energies[g] * record.effective_time_steps[g] - growth;
    time += record.effective_time_steps[g];
  }
  if (time > 0.0) rule.trial_energy = grown / time;
}

void DmcRun::begin_time_step() {
  generations_.start_time_step(options_.time_steps[result_.time_steps.size()]);
  generations_.clear();
  counters_.phase = DmcPhase::equilibration;
  counters_.equilibrated = counters_.equilibration_steps = counters_.detected_transient = 0;
  counters_.next_check = first_error_check;
  counters_.seconds = 0.0;
}

bool DmcRun::equilibrate() {
  constexpr std::int64_t longest = 200'000;
  const double tau = generations_.rule().time_step;
  const double projected = options_.equilibration * (result_.time_steps.empty() ? 1.0 : 0.5);
  const std::int64_t shortest =
      std::max<std::int64_t>(128, static_cast<std::int64_t>(std::ceil(projected / tau)));
  std::int64_t& length = counters_.equilibration_steps;
  const DmcSeries& series = generations_.record().series;
  while (length < std::max(longest, shortest) && counters_.equilibrated == 0) {
    generations_.run(generations_per_chunk);
    length += generations_per_chunk;
    fix_rule();
    report("equilibration", length, 0, {}, 0.0);
    if (length >= shortest) {
      const std::int64_t batch = std::max<std::int64_t>(1, length / 64);
      counters_.detected_transient = transient_length(series.means(0), batch);
      counters_.equilibrated = counters_.detected_transient < 2 * length / 5 ? 1 : 0;
    }
    if (counters_.equilibrated == 0 && pause()) return false;
  }
  keep_controls();
  generations_.clear();
  counters_.phase = DmcPhase::measuring;
  return true;
}

// Control factors of the equilibration, against the trial energy of the measurement.
void DmcRun::keep_controls() {
  const Generations::Record& record = generations_.record();
  const GenerationRule& rule = generations_.rule();
  state_.earlier_controls.clear();
  for (std::size_t g = 0; g < record.series.size(); ++g) {
    state_.earlier_controls.push_back(record.series.log_controls[g] +
                                      (rule.trial_energy - record.trial_energies[g]) *
                                          record.effective_time_steps[g]);
  }
}

std::vector<double> DmcRun::window_factors(const DmcSeries& series) const {
  const double tau = generations_.rule().effective_time_step;
  const auto window = static_cast<std::int64_t>(std::llround(options_.control_window / tau));
  return undone_controls(state_.earlier_controls, series.log_controls, window);
}

Estimate DmcRun::energy_so_far() const {
  const DmcSeries& series = generations_.record().series;
  return estimate_ratio(series.sums[0], series.weights, window_factors(series));
}

bool DmcRun::measure() {
  const std::int64_t limit = length_.limit;
  watch_ = Stopwatch();
  Stopwatch since_report;
  Estimate energy{0.0, 0.0, 1.0, false};
  auto step = static_cast<std::int64_t>(generations_.record().series.size());
  bool reached = false;
  while (step < limit && !reached) {
    const std::int64_t chunk = std::min<std::int64_t>(generations_per_chunk, limit - step);
    generations_.run(chunk);
    step += chunk;
    if (step >= counters_.next_check) {
      counters_.next_check = RunLength::next_look(step);
      energy = energy_so_far();
      reached = length_.target_reached(energy);
    }
    if (step < limit && !reached && pause()) return false;
    if (!observer_ || since_report.seconds() < 0.5) continue;
    since_report = Stopwatch();
    report("measuring", step, options_.target_error ? 0 : limit, energy,
           length_.remaining_fraction(step, energy) * measured_seconds());
  }
  DmcTimeStep result = estimate();
  count(result);
  result.reached_target = !options_.target_error || reached;
  result.status =
      status_of({options_.target_error.has_value(), result.reached_target, result.equilibrated,
                 result.energy.settled, result.equilibration_steps},
                "generations");
  result_.time_steps.push_back(std::move(result));
  return true;
}

DmcTimeStep DmcRun::estimate() const {
  DmcTimeStep result;
  const DmcSeries& series = generations_.record().series;
  const GenerationRule& rule = generations_.rule();
  const std::vector<double> undone = window_factors(series);
  const std::vector<double> ones(series.size(), 1.0);
  const std::vector<Quantity>& quantities = generations_.diffusion().quantities();
  for (std::size_t q = 0; q < quantities.size(); ++q) {
    result.estimates.push_back({quantities[q].name, quantities[q].unit, quantities[q].description,
                                estimate_ratio(series.sums[q], series.weights, undone),
                                series.means(q)});
  }
  result.energy = result.estimates.front().estimate;
  result.controlled_energy = estimate_ratio(series.sums[0], series.weights, ones);
  result.growth_energy =
      estimate_growth(series, undone, rule.trial_energy, rule.effective_time_step);
  result.variance = estimate_ratio(series.sums[quantities.size()], series.weights, undone);
  const double shift = result.energy.value - rule.reference.energy;
  result.variance.value -= shift * shift;
  result.time_step = rule.time_step;
  result.effective_time_step = rule.effective_time_step;
  result.trial_energy = rule.trial_energy;
  return result;
}

// What is counted, not estimated.
void DmcRun::count(DmcTimeStep& result) const {
  const Generations::Record& record = generations_.record();
  const DmcSeries& series = record.series;
  const double proposals = static_cast<double>(record.proposed) * static_cast<double>(electrons_);
  result.steps = static_cast<std::int64_t>(series.size());
  result.equilibrated = counters_.equilibrated != 0;
  result.equilibration_steps = counters_.equilibration_steps;
  result.detected_transient = counters_.detected_transient;
  result.seconds = measured_seconds();
  result.acceptance = static_cast<double>(record.accepted) / proposals;
  result.crossings = static_cast<double>(record.crossings) / proposals;
  result.weights = series.weights;
  result.populations = series.walkers;
  result.mean_walkers = static_cast<double>(record.proposed) / static_cast<double>(series.size());
  const auto range = std::minmax_element(series.walkers.begin(), series.walkers.end());
  result.fewest_walkers = static_cast<std::int64_t>(*range.first);
  result.most_walkers = static_cast<std::int64_t>(*range.second);
  result.walker_steps_per_second =
      static_cast<double>(record.proposed) / std::max(result.seconds, 1e-9);
  result.inverse_drift = communicator_.maximum(generations_.diffusion().inverse_drift());
}

void DmcRun::finish() {
  result_.walkers = options_.walkers;
  result_.cells = generations_.diffusion().cells();
  result_.walkers_moved = generations_.diffusion().walkers_moved();
  result_.energy = result_.time_steps.back().energy;
  result_.status = result_.time_steps.back().status;
  if (result_.time_steps.size() < 2) return;
  std::vector<EnergyAtTimeStep> energies;
  for (const DmcTimeStep& t : result_.time_steps) {
    energies.push_back({t.time_step, t.energy.value, t.energy.error});
  }
  result_.extrapolation = extrapolate(energies);
  result_.energy = result_.extrapolation->energy;
  result_.status = result_.extrapolation->acceptable
                       ? "finished: extrapolated to time step zero"
                       : "finished; beware: the extrapolation to time step zero does not fit";
}

DmcResult DmcRun::run() {
  if (control_.resuming) {
    resume();
  } else {
    generations_.start();
    begin_time_step();
  }
  while (true) {
    if (counters_.phase == DmcPhase::equilibration && !equilibrate()) break;
    if (!measure()) break;
    if (result_.time_steps.size() == options_.time_steps.size()) {
      finish();
      return std::move(result_);
    }
    begin_time_step();
  }
  result_.stopped = true;
  return std::move(result_);
}

}  // namespace

DmcResult run_dmc(const WaveFunction& wave_function, const Molecule& molecule,
                  const DmcOptions& options, const Communicator& communicator,
                  const VmcObserver& observer, const StageControl<DmcState>& control) {
  return DmcRun(wave_function, molecule, options, communicator, observer, control).run();
}

}  // namespace markhor
