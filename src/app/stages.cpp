#include "app/stages.hpp"

#include <ostream>

#include "app/output_file.hpp"
#include "app/progress_display.hpp"
#include "app/root_section.hpp"
#include "app/scf_report.hpp"
#include "app/trial_broadcast.hpp"
#include "app/vmc_report.hpp"
#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "wavefunction/jastrow_start.hpp"

namespace markhor {

namespace {

// On the root. A calculation that did not converge is recorded, then ends the run.
void run_scf_stage(const Settings& settings, RunRecord& record, std::ostream& out) {
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
  write_output(record, settings.output.file);
  out << '\n';
  report_scf(out, *record.scf);
  out.flush();
  if (!record.scf->result.converged) {
    throw CalculationError("Hartree-Fock: " + record.scf->result.status);
  }
}

// On the root.
void make_trial(const Settings& settings, RunRecord& record) {
  const MolecularOrbitals& orbitals = record.scf->result.orbitals;
  TrialWaveFunction trial;
  trial.molecule = record.molecule;
  trial.basis = record.basis;
  trial.up = orbitals.up;
  trial.down = orbitals.down;
  trial.restricted = settings.scf.method != ScfMethod::uhf;
  trial.options = settings.wave_function;
  trial.jastrow = starting_jastrow(record.molecule);
  complete_trial(trial);
  record.wave_function = std::move(trial);
  write_output(record, settings.output.file);
}

// On every rank.
void run_vmc_stage(const Settings& settings, RunRecord& record, const Communicator& communicator,
                   std::ostream& out, bool terminal) {
  TrialWaveFunction trial;
  if (communicator.is_root()) trial = *record.wave_function;
  broadcast_trial(trial, communicator);
  const WaveFunction wave_function = make_wave_function(trial);
  ProgressDisplay display(out, terminal);
  VmcObserver observer;
  if (communicator.is_root()) {
    out << '\n';
    observer = [&display](const VmcProgress& progress) { display.show(progress); };
  }
  VmcResult result = run_vmc(wave_function, trial.molecule, settings.vmc, communicator, observer);
  display.finish();
  on_root(communicator, [&] {
    record.vmc = std::move(result);
    write_output(record, settings.output.file);
    report_vmc(out, *record.vmc);
  });
}

}  // namespace

void run_stages(const Settings& settings, RunRecord& record, const Communicator& communicator,
                std::ostream& out, bool terminal) {
  if (settings.runs_scf) on_root(communicator, [&] { run_scf_stage(settings, record, out); });
  if (settings.runs_wave_function) on_root(communicator, [&] { make_trial(settings, record); });
  if (settings.runs_vmc) run_vmc_stage(settings, record, communicator, out, terminal);
}

}  // namespace markhor
