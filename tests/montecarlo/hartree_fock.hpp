// Trial functions of this program's Hartree-Fock orbitals, cc-pVDZ, starting Jastrow factor.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/errors.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "support/catch.hpp"
#include "wavefunction/factory.hpp"
#include "wavefunction/jastrow_start.hpp"

namespace markhor::testing {

struct HartreeFockCase {
  TrialWaveFunction trial;
  double energy;
};

inline HartreeFockCase hartree_fock(std::vector<Atom> atoms, std::vector<std::string> jastrow,
                                    bool cusp_correction) {
  HartreeFockCase result;
  TrialWaveFunction& trial = result.trial;
  trial.molecule.atoms = std::move(atoms);
  Faults faults;
  trial.basis = load_basis({"cc-pVDZ", {MARKHOR_SOURCE_DIR "/basis_sets"}, std::nullopt, {}},
                           trial.molecule, faults);
  faults.throw_if_any();
  const ScfResult scf = run_scf(trial.molecule, trial.basis, {});
  REQUIRE(scf.converged);
  result.energy = scf.energy;
  trial.up = scf.orbitals.up.leftCols(trial.molecule.up_electrons());
  trial.down = scf.orbitals.down.leftCols(trial.molecule.down_electrons());
  trial.options = {std::move(jastrow), cusp_correction};
  trial.restricted = true;
  trial.jastrow = starting_jastrow(trial.molecule);
  complete_trial(trial);
  return result;
}

inline const std::vector<Atom> water = {{8, {0.0, 0.0, 0.0}},
                                        {1, {0.0, 1.4304288084, 1.107157044}},
                                        {1, {0.0, -1.4304288084, 1.107157044}}};

}  // namespace markhor::testing
