#include "wavefunction/factory.hpp"

#include <algorithm>
#include <utility>

#include "core/errors.hpp"
#include "wavefunction/cusp_correction.hpp"
#include "wavefunction/jastrow_electron.hpp"
#include "wavefunction/jastrow_nucleus.hpp"
#include "wavefunction/slater.hpp"

namespace markhor {

namespace {

OrbitalSet make_orbitals(const TrialWaveFunction& trial, const Eigen::MatrixXd& coefficients) {
  std::vector<NuclearCusp> cusps;
  if (trial.options.cusp_correction) {
    cusps = correct_cusps(trial.molecule, trial.basis, coefficients);
  }
  return {trial.molecule, trial.basis, coefficients, std::move(cusps)};
}

std::unique_ptr<Factor> make_slater(const TrialWaveFunction& trial) {
  return std::make_unique<SlaterFactor>(make_orbitals(trial, trial.up),
                                        make_orbitals(trial, trial.down));
}

std::unique_ptr<Factor> make_electron_electron(const TrialWaveFunction& trial) {
  return std::make_unique<ElectronElectronJastrow>(trial.molecule.up_electrons(),
                                                   trial.molecule.down_electrons(),
                                                   trial.jastrow.electron_electron);
}

std::unique_ptr<Factor> make_electron_nucleus(const TrialWaveFunction& trial) {
  return std::make_unique<ElectronNucleusJastrow>(trial.molecule, trial.jastrow.electron_nucleus);
}

std::unique_ptr<Factor> make_three_body(const TrialWaveFunction& trial) {
  return std::make_unique<ElectronElectronNucleusJastrow>(trial.molecule, trial.jastrow.three_body);
}

}  // namespace

const std::vector<FactorKind>& factor_kinds() {
  static const std::vector<FactorKind> kinds = {
      {"slater", false, "spin-up times spin-down Slater determinant", make_slater},
      {"ee", true, "electron-electron Jastrow term with the electron-electron cusps",
       make_electron_electron},
      {"en", true, "electron-nucleus Jastrow term", make_electron_nucleus},
      {"een", true, "electron-electron-nucleus Jastrow term", make_three_body},
  };
  return kinds;
}

WaveFunction make_wave_function(const TrialWaveFunction& trial) {
  const std::vector<std::string>& names = trial.options.jastrow;
  for (const std::string& name : names) {
    const bool known = std::any_of(factor_kinds().begin(), factor_kinds().end(),
                                   [&](auto& kind) { return kind.optional && kind.name == name; });
    if (!known) throw InputError({}, "there is no wave-function factor '" + name + "'");
  }
  std::vector<WaveFunction::NamedFactor> factors;
  for (const FactorKind& kind : factor_kinds()) {
    const bool asked = std::find(names.begin(), names.end(), kind.name) != names.end();
    if (!kind.optional || asked) factors.push_back({kind.name, kind.make(trial)});
  }
  return {trial.molecule.up_electrons(), trial.molecule.down_electrons(), std::move(factors)};
}

}  // namespace markhor
