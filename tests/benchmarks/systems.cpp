#include "benchmarks/systems.hpp"

#include <stdexcept>

#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "wavefunction/jastrow_start.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor::benchmarks {

namespace {

Molecule water_line(int copies) {
  Molecule molecule;
  for (int i = 0; i < copies; ++i) {
    const double x = 6.0 * i;
    molecule.atoms.push_back({8, {x, 0.0, 0.0}});
    molecule.atoms.push_back({1, {x, 1.4304288084, 1.107157044}});
    molecule.atoms.push_back({1, {x, -1.4304288084, 1.107157044}});
  }
  return molecule;
}

TrialWaveFunction closed_shell_trial(const Molecule& molecule, const std::string& basis,
                                     const WaveFunctionOptions& options) {
  TrialWaveFunction trial;
  trial.molecule = molecule;
  Faults faults;
  trial.basis = load_basis({basis, {MARKHOR_SOURCE_DIR "/basis_sets"}, std::nullopt, {}},
                           trial.molecule, faults);
  faults.throw_if_any();
  const ScfResult scf = run_scf(trial.molecule, trial.basis, {});
  if (!scf.converged) throw std::runtime_error(scf.status);
  trial.up = scf.orbitals.up.leftCols(trial.molecule.up_electrons());
  trial.down = scf.orbitals.down.leftCols(trial.molecule.down_electrons());
  trial.options = options;
  trial.restricted = true;
  trial.jastrow = starting_jastrow(trial.molecule, options);
  complete_trial(trial);
  return trial;
}

}  // namespace

TrialWaveFunction water_cluster(int copies, const std::vector<std::string>& jastrow,
                                bool cusp_correction) {
  TrialWaveFunction trial =
      closed_shell_trial(water_line(copies), "cc-pVTZ", {jastrow, cusp_correction});
  const Eigen::MatrixXd basis = three_body_cusp_basis(trial.jastrow.three_body.order);
  for (Eigen::VectorXd& c : trial.jastrow.three_body.coefficients) {
    c = basis * Eigen::VectorXd::LinSpaced(basis.cols(), -0.03, 0.04);
  }
  return trial;
}

TrialWaveFunction water_molecule(const std::string& basis, const WaveFunctionOptions& options) {
  return closed_shell_trial(water_line(1), basis, options);
}

}  // namespace markhor::benchmarks
