// VMC throughput against the number of determinants: C2 with a configuration-interaction expansion
// of its full valence space, cut at several thresholds. CPU time of one core, local energies after
// every sweep included; pin it (taskset -c 0).
#include <algorithm>
#include <cstdio>
#include <ctime>

#include "meanfield/ci.hpp"
#include "meanfield/orbital_symmetry.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "montecarlo/vmc.hpp"
#include "parallel/communicator.hpp"
#include "wavefunction/jastrow_start.hpp"

using namespace markhor;

int main() {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{6, {0.0, 0.0, -1.17405}}, {6, {0.0, 0.0, 1.17405}}};
  Faults faults;
  trial.basis = load_basis({"cc-pVDZ", {MARKHOR_SOURCE_DIR "/basis_sets"}, std::nullopt, {}},
                           trial.molecule, faults);
  faults.throw_if_any();
  ScfResult scf = run_scf(trial.molecule, trial.basis, {});
  align_degenerate_orbitals(trial.molecule, trial.basis, scf.orbitals);
  trial.restricted = true;
  trial.jastrow = starting_jastrow(trial.molecule);
  double first_time = 0.0;
  for (const double threshold : {2.0, 0.05, 0.01, 0.003, 0.001, 0.0}) {
    trial.expansion = {};
    trial.up = trial.down = scf.orbitals.up;
    if (threshold < 1.0) {
      CiOptions options;
      options.space = {8, 8};
      options.threshold = threshold;
      const CiResult ci = run_ci(trial.molecule, trial.basis, scf.orbitals, options);
      trial.up = trial.down = ci.orbitals;
      trial.expansion = ci.expansion;
    }
    complete_trial(trial);
    VmcOptions options;
    options.walkers = 64;
    options.steps = 400;
    const std::clock_t start = std::clock();
    const VmcResult result =
        run_vmc(make_wave_function(trial), trial.molecule, options, Communicator());
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    const double sweeps = static_cast<double>(result.steps + result.equilibration_steps);
    const double time = 1e6 * seconds / (sweeps * result.walkers * 12.0);  // microseconds a move
    const auto determinants = static_cast<double>(trial.expansion.determinants.size());
    if (first_time == 0.0) first_time = time;
    std::printf("%6.0f determinants  %8.3f us a move  %8.4f us for each added determinant\n",
                std::max(determinants, 1.0), time,
                determinants > 1.0 ? (time - first_time) / (determinants - 1.0) : 0.0);
  }
}
