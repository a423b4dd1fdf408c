#include "wavefunction/factory.hpp"

#include <algorithm>
#include <utility>

#include "core/errors.hpp"
#include "molecule/equivalent_atoms.hpp"
#include "wavefunction/cusp_correction.hpp"
#include "wavefunction/determinant_parameters.hpp"
#include "wavefunction/jastrow_electron.hpp"
#include "wavefunction/jastrow_nucleus.hpp"
#include "wavefunction/jastrow_parameters.hpp"
#include "wavefunction/multi_slater.hpp"
#include "wavefunction/slater.hpp"

namespace markhor {

namespace {

std::unique_ptr<Factor> make_slater(const TrialWaveFunction& trial,
                                    const ParameterSelection& selection) {
  if (trial.expansion.csfs.empty()) return std::make_unique<SlaterFactor>(trial, selection);
  return std::make_unique<MultiSlaterFactor>(trial, selection);
}

// Trailing zeros are there to be optimized; a plain run need not evaluate their powers.
RadialJastrow without_idle_powers(RadialJastrow f) {
  while (!f.polynomial.empty() && f.polynomial.back() == 0.0) f.polynomial.pop_back();
  return f;
}

std::unique_ptr<Factor> make_electron_electron(const TrialWaveFunction& trial,
                                               const ParameterSelection& selection) {
  const RadialJastrow& f = trial.jastrow.electron_electron;
  return std::make_unique<ElectronElectronJastrow>(
      trial.molecule.up_electrons(), trial.molecule.down_electrons(),
      selection.jastrow ? f : without_idle_powers(f), ElectronPairs::all, selection.jastrow);
}

std::unique_ptr<Factor> make_parallel(const TrialWaveFunction& trial,
                                      const ParameterSelection& selection) {
  const RadialJastrow used = without_idle_powers(trial.jastrow.parallel);
  const bool is_one = used.polynomial.empty() || !has_parallel_pairs(trial.molecule);
  if (is_one && !selection.jastrow) return nullptr;
  return std::make_unique<ElectronElectronJastrow>(
      trial.molecule.up_electrons(), trial.molecule.down_electrons(),
      selection.jastrow ? trial.jastrow.parallel : used, ElectronPairs::parallel,
      selection.jastrow && has_parallel_pairs(trial.molecule));
}

std::unique_ptr<Factor> make_electron_nucleus(const TrialWaveFunction& trial,
                                              const ParameterSelection& selection) {
  if (selection.jastrow) {
    return std::make_unique<ElectronNucleusJastrow>(trial.molecule, trial.jastrow.electron_nucleus,
                                                    trial.atom_classes);
  }
  std::vector<RadialJastrow> functions;
  for (const RadialJastrow& f : trial.jastrow.electron_nucleus) {
    functions.push_back(without_idle_powers(f));
  }
  return std::make_unique<ElectronNucleusJastrow>(trial.molecule, functions, std::vector<int>());
}

bool is_zero(const ThreeBodyJastrow& jastrow) {
  return std::all_of(jastrow.coefficients.begin(), jastrow.coefficients.end(),
                     [](const auto& c) { return c.isZero(0.0); });
}

std::unique_ptr<Factor> make_three_body(const TrialWaveFunction& trial,
                                        const ParameterSelection& selection) {
  // It would change nothing, and it is the costliest factor.
  if (is_zero(trial.jastrow.three_body) && !selection.jastrow) return nullptr;
  return std::make_unique<ElectronElectronNucleusJastrow>(
      trial.molecule, trial.jastrow.three_body, ElectronPairs::all,
      selection.jastrow ? trial.atom_classes : std::vector<int>());
}

std::unique_ptr<Factor> make_parallel_three_body(const TrialWaveFunction& trial,
                                                 const ParameterSelection& selection) {
  const bool differentiates = selection.jastrow && has_parallel_pairs(trial.molecule);
  const ThreeBodyJastrow& jastrow = trial.jastrow.parallel_three_body;
  if (is_zero(jastrow) && !differentiates) return nullptr;
  return std::make_unique<ElectronElectronNucleusJastrow>(
      trial.molecule, jastrow, ElectronPairs::parallel,
      differentiates ? trial.atom_classes : std::vector<int>());
}

// The Jastrow factors have parameters of one kind: all of them, or none.
template <class List>
auto if_jastrow(List list) {
  return [list](const TrialWaveFunction& trial, const ParameterSelection& selection) {
    return selection.jastrow ? list(trial) : std::vector<Parameter>();
  };
}

template <class Change>
auto change_if_jastrow(Change change) {
  return [change](TrialWaveFunction& trial, const ParameterSelection& selection,
                  const Eigen::VectorXd& step) {
    return selection.jastrow ? change(trial, step) : std::optional<std::string>();
  };
}

bool uses(const TrialWaveFunction& trial, const FactorKind& kind) {
  const std::vector<std::string>& names = trial.options.jastrow;
  return !kind.optional || std::find(names.begin(), names.end(), kind.name) != names.end();
}

}  // namespace

void complete_trial(TrialWaveFunction& trial) {
  trial.atom_classes = equivalent_atoms(trial.molecule);
  trial.cusp_radii.clear();
  if (!trial.options.cusp_correction) return;
  const auto up = trial.up.leftCols(trial.molecule.up_electrons());
  const auto down = trial.down.leftCols(trial.molecule.down_electrons());
  Eigen::MatrixXd occupied(up.rows(), up.cols() + (trial.restricted ? 0 : down.cols()));
  occupied.leftCols(up.cols()) = up;
  if (!trial.restricted) occupied.rightCols(down.cols()) = down;
  trial.cusp_radii = choose_cusp_radii(trial.molecule, trial.basis, occupied);
}

const std::vector<FactorKind>& factor_kinds() {
  static const std::vector<FactorKind> kinds = {
      {"slater", false, "Slater determinants", make_slater, determinant_parameters,
       change_determinants},
      {"ee", true, "electron-electron Jastrow term with the electron-electron cusps",
       make_electron_electron, if_jastrow(electron_electron_parameters),
       change_if_jastrow(change_electron_electron)},
      {"ee_parallel", true, "a function for pairs of equal spin, added to that of ee",
       make_parallel, if_jastrow(parallel_parameters), change_if_jastrow(change_parallel)},
      {"en", true, "electron-nucleus Jastrow term", make_electron_nucleus,
       if_jastrow(electron_nucleus_parameters), change_if_jastrow(change_electron_nucleus)},
      {"een", true, "electron-electron-nucleus Jastrow term", make_three_body,
       if_jastrow(three_body_parameters), change_if_jastrow(change_three_body)},
      {"een_parallel", true, "such a term for pairs of equal spin, added to that of een",
       make_parallel_three_body, if_jastrow(parallel_three_body_parameters),
       change_if_jastrow(change_parallel_three_body)},
  };
  return kinds;
}

WaveFunction make_wave_function(const TrialWaveFunction& trial,
                                const ParameterSelection& selection) {
  for (const std::string& name : trial.options.jastrow) {
    const bool known = std::any_of(factor_kinds().begin(), factor_kinds().end(),
                                   [&](auto& kind) { return kind.optional && kind.name == name; });
    if (!known) throw InputError({}, "there is no wave-function factor '" + name + "'");
  }
  std::vector<WaveFunction::NamedFactor> factors;
  for (const FactorKind& kind : factor_kinds()) {
    if (!uses(trial, kind)) continue;
    std::unique_ptr<Factor> factor = kind.make(trial, selection);
    if (factor == nullptr) continue;
    factors.push_back({kind.name, std::move(factor), kind.parameters(trial, selection).size()});
  }
  return {trial.molecule.up_electrons(), trial.molecule.down_electrons(), std::move(factors)};
}

std::vector<Parameter> selected_parameters(const TrialWaveFunction& trial,
                                           const ParameterSelection& selection) {
  std::vector<Parameter> all;
  for (const FactorKind& kind : factor_kinds()) {
    if (!uses(trial, kind)) continue;
    for (Parameter& parameter : kind.parameters(trial, selection)) {
      all.push_back(std::move(parameter));
    }
  }
  return all;
}

std::vector<ParameterKind> missing_kinds(const TrialWaveFunction& trial,
                                         const ParameterSelection& selection) {
  const std::vector<Parameter> parameters = selected_parameters(trial, selection);
  std::vector<ParameterKind> missing;
  for (std::size_t k = 0; k < parameter_kind_names().size(); ++k) {
    const auto kind = static_cast<ParameterKind>(k);
    const bool there = std::any_of(parameters.begin(), parameters.end(),
                                   [&](const Parameter& p) { return p.kind == kind; });
    if (selection.has(kind) && !there) missing.push_back(kind);
  }
  return missing;
}

std::optional<std::string> change_parameters(TrialWaveFunction& trial,
                                             const ParameterSelection& selection,
                                             const Eigen::VectorXd& step) {
  Eigen::Index first = 0;
  for (const FactorKind& kind : factor_kinds()) {
    if (!uses(trial, kind)) continue;
    const auto count = static_cast<Eigen::Index>(kind.parameters(trial, selection).size());
    if (count == 0) continue;
    const auto fault = kind.change(trial, selection, step.segment(first, count));
    if (fault) return fault;
    first += count;
  }
  return std::nullopt;
}

}  // namespace markhor
