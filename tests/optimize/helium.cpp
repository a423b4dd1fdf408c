#include "optimize/helium.hpp"

#include <stdexcept>

#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "wavefunction/jastrow_start.hpp"

namespace markhor::testing {

TrialWaveFunction helium(const std::string& basis, const std::vector<std::string>& jastrow) {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{2, {0.0, 0.0, 0.0}}};
  Faults faults;
  trial.basis = load_basis({basis, {MARKHOR_SOURCE_DIR "/basis_sets"}, std::nullopt, {}},
                           trial.molecule, faults);
  faults.throw_if_any();
  const ScfResult scf = run_scf(trial.molecule, trial.basis, {});
  if (!scf.converged) throw std::runtime_error(scf.status);
  trial.up = scf.orbitals.up;
  trial.down = scf.orbitals.down;
  trial.restricted = true;
  trial.options.jastrow = jastrow;
  trial.jastrow = starting_jastrow(trial.molecule);
  complete_trial(trial);
  return trial;
}

}  // namespace markhor::testing
