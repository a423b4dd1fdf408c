#include "wavefunction/test_systems.hpp"

#include <random>

#include "molecule/basis_library.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor::testing {

BasisSet shipped_basis(const std::string& name, const Molecule& molecule,
                       std::optional<bool> cartesian) {
  Faults faults;
  BasisSet basis =
      load_basis({name, {MARKHOR_SOURCE_DIR "/basis_sets"}, cartesian, {}}, molecule, faults);
  faults.throw_if_any();
  return basis;
}

TrialWaveFunction random_hydroxyl(const std::string& basis, std::vector<std::string> jastrow,
                                  bool cusp_correction) {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{8, {0.1, -0.2, 0.3}}, {1, {0.4, 1.5, -0.3}}};
  trial.molecule.multiplicity = 2;
  trial.basis = shipped_basis(basis, trial.molecule);
  std::mt19937_64 generator(3);
  std::normal_distribution<double> normal;
  const auto draw = [&](double) { return normal(generator); };
  const int n = trial.basis.size();
  // The last four of each spin are not occupied by the first determinant.
  trial.up = Eigen::MatrixXd::Zero(n, trial.molecule.up_electrons() + 4).unaryExpr(draw);
  trial.down = Eigen::MatrixXd::Zero(n, trial.molecule.down_electrons() + 4).unaryExpr(draw);
  trial.options = {std::move(jastrow), cusp_correction};
  trial.jastrow.electron_electron = {0.9, 0.5, 0.7, {0.05, -0.03, 0.01}};
  trial.jastrow.parallel = {1.2, 0.0, 0.0, {-0.04, 0.06, -0.02}};
  trial.jastrow.electron_nucleus = {{1.1, 0.0, 0.4, {-0.2, 0.1, 0.03}},
                                    {0.8, 0.0, -0.3, {0.15, -0.05}}};
  trial.jastrow.three_body.kappa = 0.7;
  trial.jastrow.three_body.order = 5;
  const Eigen::MatrixXd cusp = three_body_cusp_basis(5);
  for (int a = 0; a < 2; ++a) {
    const Eigen::VectorXd parameters = Eigen::VectorXd::Zero(cusp.cols()).unaryExpr(draw);
    trial.jastrow.three_body.coefficients.push_back(0.2 * cusp * parameters);
  }
  trial.jastrow.parallel_three_body.kappa = 0.9;
  trial.jastrow.parallel_three_body.order = 4;
  const Eigen::MatrixXd parallel_cusp = three_body_cusp_basis(4);
  for (int a = 0; a < 2; ++a) {
    const Eigen::VectorXd parameters = Eigen::VectorXd::Zero(parallel_cusp.cols()).unaryExpr(draw);
    trial.jastrow.parallel_three_body.coefficients.push_back(0.2 * parallel_cusp * parameters);
  }
  complete_trial(trial);
  return trial;
}

DeterminantExpansion hydroxyl_expansion() {
  DeterminantExpansion expansion;
  expansion.determinants = {
      {{0, 1, 2, 3, 4}, {0, 1, 2, 3}}, {{0, 1, 2, 3, 5}, {0, 1, 2, 4}},
      {{0, 1, 2, 4, 6}, {0, 1, 2, 3}}, {{0, 1, 3, 5, 7}, {0, 1, 3, 5}},
      {{0, 4, 5, 6, 7}, {0, 1, 2, 5}}, {{0, 1, 2, 3, 4}, {0, 4, 5, 6}},
      {{0, 1, 2, 3, 5}, {4, 5, 6, 7}}, {{0, 1, 2, 3, 6}, {0, 2, 3, 4}},
  };
  expansion.csfs = {{0.9, {{0, 1.0}}},   {-0.3, {{1, 0.6}, {2, -0.8}}},
                    {0.2, {{3, 1.0}}},   {0.25, {{4, 0.8}, {5, 0.6}}},
                    {-0.25, {{6, 1.0}}}, {0.1, {{7, 1.0}}}};
  return expansion;
}

std::vector<double> random_positions(const Molecule& molecule, int lane, std::uint64_t seed) {
  std::mt19937_64 generator(seed * 1000 + static_cast<std::uint64_t>(lane));
  std::normal_distribution<double> normal;
  std::vector<double> positions;
  for (int e = 0; e < molecule.electrons(); ++e) {
    const Atom& atom = molecule.atoms[static_cast<std::size_t>(e) % molecule.atoms.size()];
    for (const double center : atom.position) positions.push_back(center + 0.8 * normal(generator));
  }
  return positions;
}

Tile random_tile(const WaveFunction& wave_function, const Molecule& molecule,
                 WaveFunctionScratch& scratch, std::uint64_t seed) {
  Tile tile = wave_function.make_tile();
  for (int lane = 0; lane < lane_count; ++lane) {
    const std::vector<double> positions = random_positions(molecule, lane, seed);
    for (std::size_t i = 0; i < positions.size(); ++i) tile.positions()[i].set(lane, positions[i]);
  }
  wave_function.rebuild(tile, scratch);
  return tile;
}

std::vector<double> lane_positions(const Tile& tile, int electrons, int lane) {
  std::vector<double> positions;
  for (int i = 0; i < 3 * electrons; ++i) positions.push_back(tile.positions()[i][lane]);
  return positions;
}

}  // namespace markhor::testing
