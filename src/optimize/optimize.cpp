#include "optimize/optimize.hpp"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <optional>

#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "optimize/broadcast.hpp"
#include "optimize/candidates.hpp"
#include "optimize/difference.hpp"
#include "optimize/factory.hpp"
#include "optimize/level_shifts.hpp"
#include "optimize/sample_pool.hpp"
#include "optimize/sampler.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

constexpr int first_equilibration = 150, equilibration = 20;  // sweeps
constexpr std::int64_t fewest_samples = 1024;
constexpr std::int64_t comfortable = 3;  // times what a method needs: first steps are long ones
constexpr double sigmas = 3.0;           // of a sampled energy that has risen
constexpr double sigmas_refused = 2.0;   // of a rise by correlated sampling
constexpr double least_effective = 0.1;  // of the configurations, for the best to be compared on
constexpr int steps_to_converge = 2;
constexpr std::int64_t most_reused = 4;  // samples of earlier iterations, for each of this one
// Of the logarithm of an exponent: a basis function that others nearly replace may change far while
// the linear wave function hardly does.
constexpr double exponent_reach = 0.1;

double cpu_now() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

class OptimizeRun {
 public:
  OptimizeRun(const TrialWaveFunction& start, const OptimizeOptions& options,
              const Communicator& communicator, const OptimizeObserver& observer,
              const StageControl<OptimizeState>& control)
      : options_(options),
        communicator_(communicator),
        observer_(observer),
        control_(control),
        sampler_(start.molecule, options.walkers, options.seed, communicator),
        optimizer_(make_optimizer(options.method, options.solver, options.variance_weight)),
        present_(start) {
    result_.best = start;
    result_.method = options.method;
  }

  OptimizeResult run();

 private:
  void begin();
  void resume();
  void iterate();
  // After an iteration: hands over a checkpoint if asked to. True: stop. Collective.
  bool pause();
  void end();
  void check_parameters();
  void choose_sample_count();
  void sample_present();
  bool has_risen();
  void draw_configurations();
  void restore_best();
  void propose();
  void choose(std::vector<Candidate>& candidates);
  void take(Candidate& candidate);
  void reject(const std::vector<Candidate>& candidates);
  void grow_samples(const Candidate& best, const std::vector<Candidate>& candidates);
  void watch_convergence(const Candidate& best);
  std::int64_t fitting_samples() const;
  std::int64_t largest_samples() const;
  double objective(const Estimate& energy, const Estimate& variance) const {
    const double p = options_.variance_weight;
    return (1.0 - p) * energy.value + p * variance.value;
  }
  double objective_error(const Estimate& energy, const Estimate& variance) const {
    const double p = options_.variance_weight;
    return std::hypot((1.0 - p) * energy.error, p * variance.error);
  }

  const OptimizeOptions& options_;
  const Communicator& communicator_;
  const OptimizeObserver& observer_;
  const StageControl<OptimizeState>& control_;
  Sampler sampler_;
  std::unique_ptr<Optimizer> optimizer_;
  TrialWaveFunction present_;
  std::vector<Parameter> parameters_;
  OptimizeResult result_;
  OptimizeIteration iteration_;
  DerivativeSamples samples_;
  Configurations sampled_;        // where they are
  ComparisonSamples comparison_;  // of this iteration
  SamplePool pool_;               // of the iterations before
  std::int64_t sample_count_ = 0;
  double shift_ = 0.0;
  int settled_ = 0;        // iterations in a row that could gain less than the tolerance
  bool has_best_ = false;  // a wave function has been sampled
  // Of the parts of the run before this one; the CPU time of all ranks, on the root.
  double earlier_seconds_ = 0.0, earlier_cpu_ = 0.0;
  Stopwatch watch_;
  double cpu_start_ = cpu_now();
};

OptimizeResult OptimizeRun::run() {
  control_.resuming ? resume() : begin();
  const auto most = static_cast<std::size_t>(options_.max_iterations);
  while (result_.iterations.size() < most && !result_.converged && !result_.stopped) {
    iterate();
    const bool ended = result_.converged || result_.iterations.size() == most;
    result_.stopped = !ended && pause();
  }
  end();
  return std::move(result_);
}

void OptimizeRun::begin() {
  check_parameters();
  choose_sample_count();
  shift_ = optimizer_->first_shift();
  sampler_.use(present_, options_.parameters);
  sampler_.equilibrate(first_equilibration);
}

void OptimizeRun::resume() {
  OptimizeState state;
  if (communicator_.is_root()) state = *control_.resume;
  broadcast_state(state, communicator_);
  result_ = std::move(state.result);
  present_ = std::move(state.present);
  sample_count_ = state.sample_count;
  shift_ = state.level_shift;
  settled_ = state.settled;
  has_best_ = state.has_best;
  earlier_seconds_ = result_.seconds;
  earlier_cpu_ = communicator_.is_root() ? result_.cpu_seconds : 0.0;
  check_parameters();
  // Few samples had made another method of it.
  if (result_.method != options_.method) {
    optimizer_ = make_optimizer(result_.method, "auto", options_.variance_weight);
  }
  sampler_.resume(present_, options_.parameters, state.walkers, state.sampler_steps);
  pool_.restore(state.pool, present_.molecule.electrons(), sampler_.own_tiles(), options_.walkers,
                communicator_);
}

bool OptimizeRun::pause() {
  const ControlRequest request = control_.poll ? control_.poll() : ControlRequest::go_on;
  if (request == ControlRequest::go_on) return false;
  OptimizeState state;
  state.walkers = sampler_.walkers();
  state.pool = pool_.stored(communicator_);
  double cpu = earlier_cpu_ + cpu_now() - cpu_start_;
  communicator_.sum(std::span<double>(&cpu, 1));
  if (communicator_.is_root()) {
    state.present = present_;
    state.result = result_;
    state.result.seconds = earlier_seconds_ + watch_.seconds();
    state.result.cpu_seconds = cpu;
    state.sampler_steps = sampler_.steps();
    state.sample_count = sample_count_;
    state.level_shift = shift_;
    state.settled = settled_;
    state.has_best = has_best_;
    control_.save(state);
  }
  return request == ControlRequest::stop;
}

void OptimizeRun::iterate() {
  iteration_ = {};
  comparison_ = {};
  iteration_.number = static_cast<int>(result_.iterations.size()) + 1;
  sample_present();
  if (has_risen()) {
    restore_best();
  } else {
    result_.best = present_;
    result_.energy = iteration_.energy;
    result_.variance = iteration_.variance;
    has_best_ = true;
    result_.converged = settled_ >= steps_to_converge;
    if (result_.converged) {
      iteration_.note = "converged";
    } else {
      propose();
    }
  }
  pool_.add(std::move(sampled_));
  pool_.add(std::move(comparison_.configurations));
  result_.iterations.push_back(iteration_);
  if (observer_) observer_(iteration_, result_.best);
}

void OptimizeRun::end() {
  result_.status = result_.converged ? "converged: no step gains more than the tolerance"
                   : result_.stopped ? "stopped"
                                     : "not converged in " +
                                           std::to_string(options_.max_iterations) + " iterations";
  result_.parameters = selected_parameters(result_.best, options_.parameters);
  result_.seconds = earlier_seconds_ + watch_.seconds();
  result_.cpu_seconds = earlier_cpu_ + cpu_now() - cpu_start_;
}

void OptimizeRun::check_parameters() {
  for (const ParameterKind kind : missing_kinds(present_, options_.parameters)) {
    throw InputError({},
                     "the wave function has no parameter of the kind '" + kind_name(kind) + "'");
  }
  parameters_ = selected_parameters(present_, options_.parameters);
  if (parameters_.empty()) throw InputError({}, "there is no parameter to optimize");
}

// By the limit of memory.
std::int64_t OptimizeRun::fitting_samples() const {
  const double each =
      sample_bytes(1, parameters_.size()) * (optimizer_->needs_variance() ? 1.5 : 1);
  return static_cast<std::int64_t>(options_.memory_limit / each);
}

std::int64_t OptimizeRun::largest_samples() const {
  return std::max<std::int64_t>(options_.walkers,
                                std::min(options_.max_samples, fitting_samples()));
}

// Too few samples for the method: another method that can do with them, and the user is told.
void OptimizeRun::choose_sample_count() {
  const std::int64_t needed = optimizer_->samples_needed(parameters_.size());
  sample_count_ =
      options_.samples > 0 ? options_.samples : std::max(fewest_samples, comfortable * needed);
  sample_count_ = std::min(sample_count_, largest_samples());
  if (sample_count_ >= needed || options_.method == "sr") return;
  optimizer_ = make_optimizer("sr", "auto", options_.variance_weight);
  result_.method = "sr";
  result_.notes.push_back("the method '" + options_.method + "' needs " + std::to_string(needed) +
                          " samples for " + std::to_string(parameters_.size()) +
                          " parameters and may take " + std::to_string(sample_count_) +
                          ": stochastic reconfiguration is used instead");
}

void OptimizeRun::sample_present() {
  const Stopwatch watch;
  parameters_ = selected_parameters(present_, options_.parameters);
  Eigen::Array<bool, Eigen::Dynamic, 1> linear(static_cast<Eigen::Index>(parameters_.size()));
  iteration_.parameters.resize(linear.size());
  Eigen::VectorXd reach = Eigen::VectorXd::Zero(linear.size());
  for (std::size_t i = 0; i < parameters_.size(); ++i) {
    linear[static_cast<Eigen::Index>(i)] = parameters_[i].kind == ParameterKind::ci;
    if (parameters_[i].kind == ParameterKind::exponents) {
      reach[static_cast<Eigen::Index>(i)] = exponent_reach;
    }
    iteration_.parameters[static_cast<Eigen::Index>(i)] = parameters_[i].value;
  }
  SampledDerivatives sampled = sampler_.sample(sample_count_, linear);
  iteration_.samples = sample_count_;
  result_.samples += sample_count_;
  iteration_.energy = sampled.energy;
  iteration_.variance = sampled.variance;
  iteration_.changed_weight = sampled.changed_weight;
  samples_ = std::move(sampled.samples);
  sampled_ = std::move(sampled.configurations);
  samples_.reach = reach;
  iteration_.sampling_seconds += watch.seconds();
}

// Two independent samplings, the present wave function's and the best one's, raise the alarm. One
// configuration near a nucleus or a node may be all that is behind it: the best is then compared on
// configurations of the present as well, where most of the noise cancels.
bool OptimizeRun::has_risen() {
  if (!has_best_) return false;
  const Difference sampled{objective(iteration_.energy, iteration_.variance) -
                               objective(result_.energy, result_.variance),
                           std::hypot(objective_error(iteration_.energy, iteration_.variance),
                                      objective_error(result_.energy, result_.variance))};
  if (!sampled.exceeds(sigmas)) return false;
  draw_configurations();
  const Stopwatch watch;
  const Comparison c = sampler_.compare(comparison_, result_.best, options_.variance_weight);
  iteration_.sampling_seconds += watch.seconds();
  if (!c.finite || c.effective_fraction < least_effective) return true;
  return combine(sampled, {-c.objective_change, c.objective_error}).exceeds(sigmas);
}

// Once an iteration.
void OptimizeRun::draw_configurations() {
  if (comparison_.configurations.total > 0) return;
  const Stopwatch watch;
  comparison_ = sampler_.comparison_samples(sample_count_);
  iteration_.comparisons = comparison_.configurations.total;
  result_.samples += iteration_.comparisons;
  iteration_.sampling_seconds += watch.seconds();
}

void OptimizeRun::restore_best() {
  iteration_.note = "has risen: back to the best";
  present_ = result_.best;
  shift_ *= 100.0;
  settled_ = 0;
  sample_count_ = std::min(2 * sample_count_, largest_samples());
  // The best is sampled anew; its old estimate may have been low by chance.
  has_best_ = false;
  sampler_.use(present_, options_.parameters);
  sampler_.equilibrate(equilibration);
}

void OptimizeRun::propose() {
  Stopwatch watch;
  const std::int64_t room = fitting_samples() / 2 - sample_count_;  // joined by copying
  iteration_.reused = pool_.reuse(sampler_, std::min(most_reused * sample_count_, room), samples_);
  iteration_.sampling_seconds += watch.seconds();
  watch = Stopwatch();
  CentredSamples samples = centre(std::move(samples_), optimizer_->needs_variance(), communicator_);
  iteration_.gradient_norm = 2.0 * samples.column.norm();
  iteration_.algebra_seconds += watch.seconds();
  draw_configurations();
  Candidates candidates = try_candidates({present_, options_.parameters, options_.variance_weight,
                                          *optimizer_, sampler_, comparison_, communicator_},
                                         samples, shift_);
  iteration_.algebra_seconds += candidates.algebra_seconds;
  iteration_.sampling_seconds += candidates.comparison_seconds;
  choose(candidates.all);
}

void OptimizeRun::choose(std::vector<Candidate>& candidates) {
  const std::optional<std::size_t> place = best_candidate(candidates);
  if (!place) {
    reject(candidates);
    return;
  }
  Candidate& best = candidates[*place];
  iteration_.level_shift = best.shift;
  iteration_.step_norm = best.step.norm;
  iteration_.energy_change = best.comparison.energy_change;
  iteration_.energy_change_error = best.comparison.error;
  watch_convergence(best);
  // Correlated sampling has compared the shifts already: what is left to refuse is a rise.
  const Difference change{best.comparison.objective_change, best.comparison.objective_error};
  if (!change.exceeds(sigmas_refused)) {
    // The next ones begin one level lower, unless the largest shift was the best.
    const bool largest = *place + 1 == candidates.size();
    take(best);
    shift_ = std::max(iteration_.level_shift * (largest ? 1.0 : 0.1), smallest_shift);
  } else {
    iteration_.note = "every step raises the energy: larger shift";
    shift_ = 10.0 * best.shift;
  }
  grow_samples(best, candidates);
}

void OptimizeRun::take(Candidate& candidate) {
  iteration_.accepted = true;
  present_ = std::move(candidate.trial);
  sampler_.use(present_, options_.parameters);
  sampler_.equilibrate(equilibration);
}

void OptimizeRun::reject(const std::vector<Candidate>& candidates) {
  iteration_.note = "no step: " + candidates.back().fault + "; larger shift";
  shift_ = 0.1 * candidates.back().shift;
  settled_ = 0;
}

// More samples where the change is lost in its error, until two errors are half the tolerance; and
// where the boldest step does not bring half of what its matrices promise, because these were
// fitted to too few samples.
void OptimizeRun::grow_samples(const Candidate& best, const std::vector<Candidate>& candidates) {
  const Comparison& c = best.comparison;
  const bool resolved =
      4.0 * c.objective_error < options_.tolerance || -c.objective_change > 3.0 * c.objective_error;
  const ProposedStep& boldest = candidates.front().step;
  const double promised = boldest.predicted + boldest.left_out;
  const bool fitted_noise =
      boldest.found && promised < -options_.tolerance && c.objective_change > 0.5 * promised;
  if (!resolved || fitted_noise) sample_count_ = std::min(2 * sample_count_, largest_samples());
}

void OptimizeRun::watch_convergence(const Candidate& best) {
  // A clear rise shows noisy steps, not a minimum; and a gain that more samples would show may hide
  // in what a step leaves out.
  const Comparison& c = best.comparison;
  const double hidden = sample_count_ < largest_samples() ? -best.step.left_out : 0.0;
  const double change = std::abs(c.objective_change) + c.objective_error + hidden;
  settled_ = change < options_.tolerance ? settled_ + 1 : 0;
  if (settled_ == steps_to_converge && -best.step.left_out > options_.tolerance) {
    result_.notes.push_back("more samples than allowed might show a further gain of at most " +
                            std::to_string(std::lround(-1e6 * best.step.left_out)) +
                            " microhartree");
  }
}

}  // namespace

double sample_bytes(std::int64_t samples, std::size_t parameters) {
  return 16.0 * static_cast<double>(samples) * static_cast<double>(parameters);
}

OptimizeResult optimize(const TrialWaveFunction& start, const OptimizeOptions& options,
                        const Communicator& communicator, const OptimizeObserver& observer,
                        const StageControl<OptimizeState>& control) {
  return OptimizeRun(start, options, communicator, observer, control).run();
}

}  // namespace markhor
