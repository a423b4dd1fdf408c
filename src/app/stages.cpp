#include "app/stages.hpp"

#include <ostream>
#include <span>

#include "app/dmc_report.hpp"
#include "app/optimize_report.hpp"
#include "app/output_file.hpp"
#include "app/progress_display.hpp"
#include "app/root_section.hpp"
#include "app/saddle_stage.hpp"
#include "app/scf_report.hpp"
#include "app/trial_stage.hpp"
#include "app/vmc_report.hpp"
#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "optimize/broadcast.hpp"

namespace markhor {

namespace {

// On the root. A calculation that did not converge is recorded, then ends the run.
void run_scf_stage(const Settings& settings, RunRecord& record, Checkpoints& checkpoints,
                   std::ostream& out) {
  const Stopwatch watch;
  ScfRecord scf;
  scf.method = method_name(settings.scf.method);
  scf.basis = record.basis.name;
  scf.functions = record.basis.size();
  scf.up = record.molecule.up_electrons();
  scf.down = record.molecule.down_electrons();
  scf.result = run_scf(record.molecule, record.basis, settings.scf);
  scf.seconds = watch.seconds();
  record.scf = std::move(scf);
  if (record.scf->result.converged) checkpoints.leave();
  write_output(record, settings.output.file);
  out << '\n';
  report_scf(out, *record.scf);
  out.flush();
  if (!record.scf->result.converged) {
    throw CalculationError("Hartree-Fock: " + record.scf->result.status);
  }
}

// The root's wave function, on every rank.
TrialWaveFunction shared_trial(const RunRecord& record, const Communicator& communicator) {
  TrialWaveFunction trial;
  if (communicator.is_root()) trial = *record.wave_function;
  broadcast_trial(trial, communicator);
  return trial;
}

OptimizeRecord start_optimization(const Settings& settings, const TrialWaveFunction& trial) {
  const ParameterSelection& selection = settings.optimize.parameters;
  OptimizeRecord record;
  record.result.method = settings.optimize.method;
  record.kinds = parameter_words(selection);
  for (const Parameter& parameter : selected_parameters(trial, selection)) {
    record.names.push_back(parameter.name);
  }
  return record;
}

// The root's: prints each iteration and notes it for the file.
class OptimizeRecorder {
 public:
  OptimizeRecorder(RunRecord& record, std::ostream& out) : record_(record), out_(out) {}

  void add(const OptimizeIteration& iteration, const TrialWaveFunction& best) {
    report_iteration(out_, iteration);
    out_.flush();
    record_.optimize->result.iterations.push_back(iteration);
    record_.wave_function = best;
  }

 private:
  RunRecord& record_;
  std::ostream& out_;
};

// On every rank.
void run_optimize_stage(const Settings& settings, RunRecord& record,
                        const Communicator& communicator, Checkpoints& checkpoints,
                        std::ostream& out) {
  // Where iterations are shorter than this, writing them all would cost more than they do.
  constexpr double least_seconds = 3.0;
  on_root(communicator, [&] {
    check_parameter_kinds(*record.wave_function, settings.optimize.parameters);
    if (!checkpoints.resuming()) {
      record.optimize = start_optimization(settings, *record.wave_function);
    }
    out << '\n';
    report_optimize_start(out, *record.optimize);
    out.flush();
  });
  const TrialWaveFunction trial = shared_trial(record, communicator);
  OptimizeRecorder recorder(record, out);
  OptimizeObserver observer;
  if (communicator.is_root()) {
    observer = [&recorder](const OptimizeIteration& iteration, const TrialWaveFunction& best) {
      recorder.add(iteration, best);
    };
  }
  OptimizeResult result = optimize(trial, settings.optimize, communicator, observer,
                                   checkpoints.control<OptimizeState>(least_seconds));
  if (result.stopped) checkpoints.end_run();
  communicator.sum(std::span<double>(&result.cpu_seconds, 1));
  on_root(communicator, [&] {
    record.wave_function = std::move(result.best);
    record.optimize->result = std::move(result);
    record.optimize->finished = true;
    checkpoints.leave();
    write_output(record, settings.output.file);
    report_optimize_end(out, *record.optimize);
    out.flush();
  });
}

// A Monte Carlo run with its progress on the root's screen.
template <class Run>
auto with_progress(const Communicator& communicator, std::ostream& out, bool terminal, Run run) {
  ProgressDisplay display(out, terminal);
  VmcObserver observer;
  if (communicator.is_root()) {
    out << '\n';
    observer = [&display](const VmcProgress& progress) { display.show(progress); };
  }
  auto result = run(observer);
  display.finish();
  return result;
}

// On every rank.
void run_vmc_stage(const Settings& settings, RunRecord& record, const Communicator& communicator,
                   Checkpoints& checkpoints, std::ostream& out, bool terminal) {
  const TrialWaveFunction trial = shared_trial(record, communicator);
  const WaveFunction wave_function = make_wave_function(trial);
  VmcResult result = with_progress(communicator, out, terminal, [&](const VmcObserver& observer) {
    return run_vmc(wave_function, trial.molecule, settings.vmc, communicator, observer,
                   checkpoints.control<VmcState>());
  });
  if (result.stopped) checkpoints.end_run();
  on_root(communicator, [&] {
    record.vmc = std::move(result);
    checkpoints.leave();
    write_output(record, settings.output.file);
    report_vmc(out, *record.vmc);
  });
}

// On every rank.
void run_dmc_stage(const Settings& settings, RunRecord& record, const Communicator& communicator,
                   Checkpoints& checkpoints, std::ostream& out, bool terminal) {
  const TrialWaveFunction trial = shared_trial(record, communicator);
  const WaveFunction wave_function = make_wave_function(trial);
  DmcResult result = with_progress(communicator, out, terminal, [&](const VmcObserver& observer) {
    return run_dmc(wave_function, trial.molecule, settings.dmc, communicator, observer,
                   checkpoints.control<DmcState>());
  });
  if (result.stopped) checkpoints.end_run();
  on_root(communicator, [&] {
    record.dmc = std::move(result);
    checkpoints.leave();
    write_output(record, settings.output.file);
    report_dmc(out, *record.dmc);
  });
}

}  // namespace

void run_stages(const Settings& settings, RunRecord& record, const Communicator& communicator,
                Checkpoints& checkpoints, std::ostream& out, bool terminal) {
  if (settings.runs_scf) {
    checkpoints.enter("scf");
    on_root(communicator, [&] { run_scf_stage(settings, record, checkpoints, out); });
  }
  if (settings.runs_wave_function) {
    checkpoints.enter("wavefunction");
    on_root(communicator, [&] { run_trial_stage(settings, record, out); });
  }
  if (settings.runs_optimize) {
    checkpoints.enter("optimize");
    run_optimize_stage(settings, record, communicator, checkpoints, out);
  }
  if (settings.runs_vmc) {
    checkpoints.enter("vmc");
    run_vmc_stage(settings, record, communicator, checkpoints, out, terminal);
  }
  if (settings.runs_dmc) {
    checkpoints.enter("dmc");
    run_dmc_stage(settings, record, communicator, checkpoints, out, terminal);
  }
  if (settings.runs_saddle) {
    checkpoints.enter("saddle");
    run_saddle_stage(settings, record, communicator, checkpoints, out);
  }
}

}  // namespace markhor
