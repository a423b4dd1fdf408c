// Orbitals on eight lanes against the plain version, for every angular momentum and kind of shell.
#include "wavefunction/orbital_set.hpp"

#include <cmath>

#include "support/catch.hpp"
#include "wavefunction/plain_wave_function.hpp"
#include "wavefunction/test_systems.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

// One shell of every l on two atoms, with these kinds of radial and angular functions.
TrialWaveFunction every_shell(bool cartesian, bool slater, int orbitals) {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{6, {0.0, 0.1, -0.2}}, {8, {0.9, -0.4, 1.1}}};
  for (int atom = 0; atom < 2; ++atom) {
    for (int l = 0; l <= max_angular_momentum; ++l) {
      Shell shell{atom, l, cartesian, {0.9, 0.3 + 0.1 * l}, {0.7, 0.4}, {}};
      if (slater) shell.powers = {0, 2};
      trial.basis.shells.push_back(shell);
    }
  }
  const int n = trial.basis.size();
  trial.up.resize(n, orbitals);
  for (int i = 0; i < n; ++i) {
    for (int k = 0; k < orbitals; ++k) trial.up(i, k) = std::sin(1.0 + 3.7 * i + 0.9 * k * k);
  }
  trial.options = {{}, false};
  return trial;
}

}  // namespace

TEST_CASE("orbitals: value, gradient and Laplacian for s to h, Cartesian, Slater", "[unit]") {
  // Block sizes 1 to 5 and more than one block all occur.
  for (const int orbitals : {1, 2, 3, 4, 5, 7, 11}) {
    for (const bool cartesian : {false, true}) {
      for (const bool slater : {false, true}) {
        INFO("orbitals " << orbitals << " cartesian " << cartesian << " slater " << slater);
        const TrialWaveFunction trial = every_shell(cartesian, slater, orbitals);
        const OrbitalSet set(trial.molecule, trial.basis, trial.up, {});
        LaneVector values(static_cast<std::size_t>(orbitals * orbital_components));
        LaneVector scratch(set.scratch_size());
        const double point[3] = {0.7, 0.8, -0.5};
        const Lanes r[3] = {Lanes(point[0]), Lanes(point[1]), Lanes(point[2])};
        set.evaluate(r, values.data(), scratch.data());
        constexpr double h = 2e-3;
        const auto at = [&](int d, double step) {
          double moved[3] = {point[0], point[1], point[2]};
          moved[d] += step;
          return plain_orbitals(trial, trial.up, moved);
        };
        const std::vector<double> zero = at(0, 0.0);
        std::vector<double> laplacian(zero.size(), 0.0);
        for (int d = 0; d < 3; ++d) {
          const auto m2 = at(d, -2 * h), m1 = at(d, -h), p1 = at(d, h), p2 = at(d, 2 * h);
          for (std::size_t k = 0; k < zero.size(); ++k) {
            const double first = (m2[k] - 8 * m1[k] + 8 * p1[k] - p2[k]) / (12 * h);
            laplacian[k] +=
                (-m2[k] + 16 * m1[k] - 30 * zero[k] + 16 * p1[k] - p2[k]) / (12 * h * h);
            CHECK(std::abs(values[k * 5 + 1 + static_cast<std::size_t>(d)][3] - first) < 1e-7);
          }
        }
        for (std::size_t k = 0; k < zero.size(); ++k) {
          CHECK(std::abs(values[k * 5][6] - zero[k]) < 1e-12 * (1.0 + std::abs(zero[k])));
          CHECK(std::abs(values[k * 5 + 4][1] - laplacian[k]) < 1e-6);
        }
      }
    }
  }
}

TEST_CASE("orbitals: far away everything is exactly zero, not garbage", "[unit]") {
  const TrialWaveFunction trial = every_shell(false, false, 3);
  const OrbitalSet set(trial.molecule, trial.basis, trial.up, {});
  LaneVector values(15, Lanes(7.0)), scratch(set.scratch_size());
  const Lanes r[3] = {Lanes(1e4), Lanes(0.0), Lanes(-1e4)};
  set.evaluate(r, values.data(), scratch.data());
  for (const Lanes& value : values) CHECK(value[0] == 0.0);
}
