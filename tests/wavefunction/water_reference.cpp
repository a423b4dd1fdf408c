// The whole evaluation chain against independent numbers: water's ln|Psi|, gradients, Laplacians
// and every term of the local energy at eight configurations, in two steps. The reference's
// orbitals give its values to 1e-9; and this program's own RHF orbitals are the reference's to
// 1e-9. (Its own orbitals at once would compare the convergence of two SCF runs: the reference
// stopped at an orbital gradient of 4.9e-10 Hartree, ours at 1e-12, which moves the values by up to
// 6e-9.)
#include <cmath>
#include <fstream>
#include <sstream>

#include "hamiltonian/local_energy.hpp"
#include "meanfield/scf.hpp"
#include "molecule/element.hpp"
#include "support/catch.hpp"
#include "wavefunction/test_systems.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

struct Configuration {
  std::vector<std::array<double, 7>> electrons;  // position, gradient, laplacian
  double logarithm, kinetic, electron_electron, electron_nucleus, nucleus_nucleus, local_energy;
};

struct Reference {
  Molecule molecule;
  double energy = 0.0;
  std::vector<Eigen::VectorXd> orbitals;
  std::vector<Configuration> configurations;
};

Reference read_reference() {
  std::ifstream file(MARKHOR_SOURCE_DIR "/tests/wavefunction/data/water_cc_pvtz_rhf.txt");
  Reference reference;
  for (std::string line; std::getline(file, line);) {
    std::istringstream words(line);
    std::string first;
    words >> first;
    if (first.empty() || first[0] == '#') continue;
    if (first == "atom") {
      std::string symbol;
      Atom atom;
      words >> symbol >> atom.position[0] >> atom.position[1] >> atom.position[2];
      atom.atomic_number = atomic_number(symbol);
      reference.molecule.atoms.push_back(atom);
    } else if (first == "energy") {
      words >> reference.energy;
    } else if (first == "orbital") {
      Eigen::VectorXd& orbital = reference.orbitals.emplace_back(58);
      for (double& c : orbital) words >> c;
    } else if (first == "configuration") {
      reference.configurations.emplace_back();
    } else if (first == "values") {
      Configuration& c = reference.configurations.back();
      words >> c.logarithm >> c.kinetic >> c.electron_electron >> c.electron_nucleus >>
          c.nucleus_nucleus >> c.local_energy;
    } else {
      std::istringstream again(line);
      auto& electron = reference.configurations.back().electrons.emplace_back();
      for (double& value : electron) again >> value;
    }
  }
  return reference;
}

void check_relative(double value, double expected) {
  CHECK(std::abs(value - expected) <= 1e-9 * std::max(1.0, std::abs(expected)));
}

}  // namespace

TEST_CASE("water RHF/cc-pVTZ: this program's orbitals are the reference's", "[reference]") {
  const Reference reference = read_reference();
  const BasisSet basis = shipped_basis("cc-pVTZ", reference.molecule);
  ScfOptions options;
  options.convergence = 1e-12;
  const ScfResult scf = run_scf(reference.molecule, basis, options);
  REQUIRE(scf.converged);
  CHECK(std::abs(scf.energy - reference.energy) < 1e-8);
  Eigen::MatrixXd difference =
      scf.orbitals.up.leftCols(5) * scf.orbitals.up.leftCols(5).transpose();
  for (const Eigen::VectorXd& orbital : reference.orbitals) {
    difference -= orbital * orbital.transpose();
  }
  CHECK(difference.cwiseAbs().maxCoeff() < 1e-9);
}

TEST_CASE("water RHF/cc-pVTZ: pointwise values of the reference's orbitals", "[reference]") {
  const Reference reference = read_reference();
  REQUIRE(reference.configurations.size() == lane_count);
  TrialWaveFunction trial;
  trial.molecule = reference.molecule;
  trial.basis = shipped_basis("cc-pVTZ", trial.molecule);
  trial.up.resize(58, 5);
  for (Eigen::Index k = 0; k < 5; ++k) {
    trial.up.col(k) = reference.orbitals[static_cast<std::size_t>(k)];
  }
  trial.down = trial.up;
  trial.options = {{}, false};
  const WaveFunction wave_function = make_wave_function(trial);
  WaveFunctionScratch scratch = wave_function.make_scratch();
  LogDerivatives derivatives = wave_function.make_derivatives();
  Tile tile = wave_function.make_tile();
  for (int lane = 0; lane < lane_count; ++lane) {
    const Configuration& c = reference.configurations[static_cast<std::size_t>(lane)];
    for (std::size_t e = 0; e < 10; ++e) {
      for (std::size_t d = 0; d < 3; ++d) tile.positions()[3 * e + d].set(lane, c.electrons[e][d]);
    }
  }
  wave_function.rebuild(tile, scratch);
  wave_function.derivatives(tile, scratch, derivatives);
  const LogValue value = wave_function.log_value(tile, scratch);
  const LocalEnergy energy =
      CoulombHamiltonian(trial.molecule).local_energy(tile.positions(), derivatives);
  for (int lane = 0; lane < lane_count; ++lane) {
    INFO("configuration " << lane);
    const Configuration& c = reference.configurations[static_cast<std::size_t>(lane)];
    check_relative(value.logarithm[lane], c.logarithm);
    for (std::size_t e = 0; e < 10; ++e) {
      double square = 0.0;
      for (std::size_t d = 0; d < 3; ++d) {
        const double g = derivatives.gradient[3 * e + d][lane];
        check_relative(g, c.electrons[e][3 + d]);
        square += g * g;
      }
      check_relative(derivatives.laplacian[e][lane] + square, c.electrons[e][6]);
    }
    check_relative(energy.kinetic[lane], c.kinetic);
    check_relative(energy.electron_electron[lane], c.electron_electron);
    check_relative(energy.electron_nucleus[lane], c.electron_nucleus);
    check_relative(energy.total[lane], c.local_energy);
  }
  check_relative(trial.molecule.nuclear_repulsion(), reference.configurations[0].nucleus_nucleus);
}
