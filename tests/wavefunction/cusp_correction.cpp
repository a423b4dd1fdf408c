// Cusp conditions, numerically: Kato's at nuclei and at coincidences.
#include "wavefunction/cusp_correction.hpp"

#include <cmath>

#include "meanfield/scf.hpp"
#include "support/catch.hpp"
#include "wavefunction/orbital_set.hpp"
#include "wavefunction/test_systems.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

TrialWaveFunction hydroxyl(const std::string& basis) {
  TrialWaveFunction trial = random_hydroxyl(basis, {"ee", "en", "een"}, true);
  ScfOptions options;
  options.method = ScfMethod::rohf;
  const ScfResult scf = run_scf(trial.molecule, trial.basis, options);
  REQUIRE(scf.converged);
  trial.up = scf.orbitals.up.leftCols(5);
  trial.down = scf.orbitals.down.leftCols(4);
  complete_trial(trial);
  return trial;
}

// Spherical average of the orbitals over 26 directions (exact to degree 7) at distance r.
std::vector<double> spherical_average(const OrbitalSet& set, const std::array<double, 3>& center,
                                      double r) {
  std::vector<double> mean(static_cast<std::size_t>(set.orbitals()), 0.0);
  LaneVector values(mean.size() * orbital_components), scratch(set.scratch_size());
  for (int x = -1; x <= 1; ++x) {
    for (int y = -1; y <= 1; ++y) {
      for (int z = -1; z <= 1; ++z) {
        const int n = x * x + y * y + z * z;
        if (n == 0) continue;
        const double weight = n == 1 ? 40.0 / 840 : n == 2 ? 32.0 / 840 : 27.0 / 840;
        const double s = r / std::sqrt(double(n));
        const Lanes point[3] = {Lanes(center[0] + s * x), Lanes(center[1] + s * y),
                                Lanes(center[2] + s * z)};
        set.evaluate(point, values.data(), scratch.data());
        for (std::size_t k = 0; k < mean.size(); ++k) mean[k] += weight * values[k * 5][0];
      }
    }
  }
  return mean;
}

}  // namespace

TEST_CASE("cusp correction: Kato's condition for every orbital that does not vanish", "[unit]") {
  for (const char* basis : {"STO-3G", "6-31G*", "cc-pVTZ"}) {
    INFO(basis);
    const TrialWaveFunction trial = hydroxyl(basis);
    const OrbitalSet set(trial.molecule, trial.basis, trial.up, trial.cusp_radii);
    for (const Atom& atom : trial.molecule.atoms) {
      constexpr double h = 1e-4;
      const auto zero = spherical_average(set, atom.position, 1e-9);
      const auto one = spherical_average(set, atom.position, h);
      const auto two = spherical_average(set, atom.position, 2 * h);
      for (std::size_t k = 0; k < zero.size(); ++k) {
        if (std::abs(zero[k]) < 1e-6) continue;
        const double slope = (-3.0 * zero[k] + 4.0 * one[k] - two[k]) / (2.0 * h);
        CHECK(std::abs(slope / zero[k] + atom.atomic_number) < 1e-3 * atom.atomic_number);
      }
    }
  }
}

TEST_CASE("cusp correction: Kato's condition for arbitrary sums of Slater functions", "[unit]") {
  const TrialWaveFunction trial = random_hydroxyl("STO-TZP", {}, true);
  const OrbitalSet set(trial.molecule, trial.basis, trial.up, trial.cusp_radii);
  for (std::size_t a = 0; a < 2; ++a) {
    const Atom& atom = trial.molecule.atoms[a];
    CHECK(trial.cusp_radii[a] == 0.5 / atom.atomic_number);
    constexpr double h = 1e-5;  // 1e-13, the distance that stands for zero, is far below
    const auto zero = spherical_average(set, atom.position, 1e-13);
    const auto one = spherical_average(set, atom.position, h);
    const auto two = spherical_average(set, atom.position, 2 * h);
    for (std::size_t k = 0; k < zero.size(); ++k) {
      const double slope = (-3.0 * zero[k] + 4.0 * one[k] - two[k]) / (2.0 * h);
      CHECK(std::abs(slope + atom.atomic_number * zero[k]) <
            1e-4 * atom.atomic_number * (1.0 + std::abs(zero[k])));
    }
  }
}

TEST_CASE("cusp correction: an exact Slater function stays exact", "[unit]") {
  for (int charge = 1; charge <= 10; ++charge) {
    Molecule molecule;
    molecule.atoms = {{charge, {0.0, 0.0, 0.0}}};
    BasisSet basis;
    Shell shell{0, 0, false, {double(charge)}, {1.0}, {0}};
    normalize_contraction(shell);
    // The second function takes part with coefficient zero.
    Shell other{0, 0, false, {1.3 * charge}, {1.0}, {1}};
    normalize_contraction(other);
    basis.shells = {shell, other};
    const Eigen::MatrixXd orbital = Eigen::Vector2d(1.0, 0.0);
    const std::vector<double> radii = choose_cusp_radii(molecule, basis, orbital);
    REQUIRE(radii[0] > 0.0);
    const OrbitalSet set(molecule, basis, orbital, radii);
    LaneVector values(orbital_components), scratch(set.scratch_size());
    for (const double x : {0.01, 0.1, 0.3, 0.49, 0.51, 1.0, 3.0}) {
      const double r = x / charge;
      const Lanes point[3] = {Lanes(0.6 * r), Lanes(0.0), Lanes(0.8 * r)};
      set.evaluate(point, values.data(), scratch.data());
      const double energy = -0.5 * values[4][0] / values[0][0] - charge / r;
      INFO("charge " << charge << " r " << r);
      CHECK(std::abs(energy + 0.5 * charge * charge) < 1e-10 * charge * charge);
    }
  }
}

TEST_CASE("cusp correction: value, slope and curvature join at the radius", "[unit]") {
  const TrialWaveFunction trial = hydroxyl("cc-pVTZ");
  const OrbitalSet set(trial.molecule, trial.basis, trial.up, trial.cusp_radii);
  LaneVector inside(25), outside(25), scratch(set.scratch_size());
  for (std::size_t a = 0; a < 2; ++a) {
    REQUIRE(trial.cusp_radii[a] > 0.0);
    const auto& center = trial.molecule.atoms[a].position;
    const auto at = [&](double r, LaneVector& values) {
      const Lanes point[3] = {Lanes(center[0] + 0.6 * r), Lanes(center[1]),
                              Lanes(center[2] + 0.8 * r)};
      set.evaluate(point, values.data(), scratch.data());
    };
    at(trial.cusp_radii[a] * (1.0 - 1e-9), inside);
    at(trial.cusp_radii[a] * (1.0 + 1e-9), outside);
    for (std::size_t i = 0; i < inside.size(); ++i) {
      CHECK(std::abs(inside[i][0] - outside[i][0]) < 1e-5 * (1.0 + std::abs(outside[i][0])));
    }
  }
}

TEST_CASE("wave function: local energy stays finite at nuclei and coincidences", "[contract]") {
  // The electron-electron and electron-nucleus singularities cancel: with an electron at distance
  // 1e-4 the bare terms are 1e4 Hartree, what is left is of the order of tens.
  const TrialWaveFunction trial = hydroxyl("cc-pVTZ");
  const WaveFunction wave_function = make_wave_function(trial);
  WaveFunctionScratch scratch = wave_function.make_scratch();
  LogDerivatives derivatives = wave_function.make_derivatives();
  Tile tile = random_tile(wave_function, trial.molecule, scratch, 4);
  const auto kinetic = [&] {
    wave_function.rebuild(tile, scratch);
    wave_function.derivatives(tile, scratch, derivatives);
    double sum = 0.0;
    for (std::size_t i = 0; i < 9; ++i) sum += derivatives.laplacian[i][0];
    for (const Lanes& g : derivatives.gradient) sum += g[0] * g[0];
    return -0.5 * sum;
  };
  constexpr double small = 1e-4;
  // Electron 0 beside electron 6 (unlike spin) and then beside the oxygen nucleus.
  for (int d = 0; d < 3; ++d) tile.positions()[d].set(0, tile.positions()[18 + d][0]);
  tile.positions()[0].set(0, tile.positions()[18][0] + small);
  CHECK(std::abs(kinetic() + 1.0 / small) < 200.0);
  for (std::size_t d = 0; d < 3; ++d) {
    tile.positions()[d].set(0, trial.molecule.atoms[0].position[d]);
  }
  tile.positions()[2].set(0, trial.molecule.atoms[0].position[2] + small);
  CHECK(std::abs(kinetic() - 8.0 / small) < 800.0);
}
