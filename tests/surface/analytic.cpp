#include <cmath>
#include <memory>
#include <vector>

#include "core/units.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"
#include "surface/mueller_brown.hpp"
#include "surface/noisy_surface.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

struct Case {
  std::string name;
  std::unique_ptr<Surface> surface;
  VectorXd positions;
};

VectorXd cluster() {
  VectorXd x(12);
  x << 0.0, 0.1, -0.2, 3.9, 0.3, 0.0, 1.8, 3.6, 0.2, 2.1, 1.2, 3.3;
  return x;
}

std::vector<Case> cases() {
  std::vector<Case> list;
  list.push_back(
      {"mueller-brown", std::make_unique<MuellerBrownSurface>(), VectorXd{{-0.3, 0.8, 0.0}}});
  list.push_back({"leps", std::make_unique<LepsSurface>(),
                  VectorXd{{0.0, 0.0, 0.0, 1.6, 0.2, 0.1, 3.5, -0.4, 0.3}}});
  list.push_back({"lennard-jones",
                  std::make_unique<PairSurface<LennardJones>>(std::vector<int>{18, 18, 18, 18},
                                                              LennardJones{0.04, 3.4}),
                  cluster()});
  list.push_back({"morse",
                  std::make_unique<PairSurface<Morse>>(std::vector<int>{78, 78, 78, 78},
                                                       Morse{0.026, 0.85, 3.5}),
                  cluster()});
  return list;
}

double energy(Surface& surface, const VectorXd& x) { return surface.evaluate(x).energy; }

}  // namespace

TEST_CASE("surface: forces are the slopes of the energy") {
  for (Case& c : cases()) {
    INFO(c.name);
    const VectorXd forces = c.surface->evaluate(c.positions).forces;
    const double step = 1e-4;
    for (Eigen::Index i = 0; i < c.positions.size(); ++i) {
      const VectorXd d = step * VectorXd::Unit(c.positions.size(), i);
      const double slope =
          (energy(*c.surface, c.positions + d) - energy(*c.surface, c.positions - d)) / (2 * step);
      CHECK(forces[i] == Approx(-slope).margin(1e-7));
    }
  }
}

// Stationary points as printed by K. Mueller, L. D. Brown, Theor. Chim. Acta 53, 75 (1979).
TEST_CASE("surface: Mueller and Brown's stationary points") {
  MuellerBrownSurface surface;
  const auto at = [&](double x, double y) { return surface.evaluate(VectorXd{{x, y, 0.0}}); };
  CHECK(at(-0.558, 1.442).energy == Approx(-0.146700).margin(1e-5));
  CHECK(at(0.623, 0.028).energy == Approx(-0.108167).margin(1e-5));
  CHECK(at(-0.822, 0.624).energy == Approx(-0.040665).margin(1e-5));
  CHECK(at(-0.822, 0.624).forces.norm() < 1e-3);
}

TEST_CASE("surface: pairs at their best distance") {
  const double epsilon = 0.04, sigma = 3.4, depth = 0.026, length = 3.5;
  const auto pair = [](double r) { return VectorXd{{0.0, 0.0, 0.0, 0.0, r, 0.0}}; };
  PairSurface<LennardJones> argon({18, 18}, {epsilon, sigma});
  CHECK(energy(argon, pair(std::pow(2.0, 1.0 / 6.0) * sigma)) == Approx(-epsilon));
  PairSurface<Morse> platinum({78, 78}, {depth, 0.85, length});
  CHECK(energy(platinum, pair(length)) == Approx(-depth));
  CHECK_FALSE(argon.evaluate(pair(0.0)).found);
}

// A and B at their bond length, C far away: D_AB (1/2 - 1/4 ... ) of London's formula is
// (Q - |J|) / (1 + sato) with Q = D/4, J = -5 D/4, that is -D / (1 + sato).
TEST_CASE("surface: LEPS far apart is a diatomic") {
  LepsSurface surface;
  const double bond = 0.742 * units::bohr_per_angstrom;
  const VectorXd x{{0.0, 0.0, 0.0, bond, 0.0, 0.0, 60.0, 0.0, 0.0}};
  CHECK(energy(surface, x) == Approx(-4.746 / 1.05 * units::hartree_per_ev).margin(1e-8));
}

// Two-sided, at 4 sigma, seed 1.
TEST_CASE("surface: planted noise has the size it states") {
  LepsSurface exact;
  NoiseOptions options;
  options.energy_error = 1e-3;
  options.force_error = 2e-3;
  NoisySurface noisy(exact, options);
  const VectorXd x{{0.0, 0.0, 0.0, 1.6, 0.2, 0.1, 3.5, -0.4, 0.3}};
  const SurfaceValue truth = exact.evaluate(x);
  const int calls = 400;
  double energies = 0.0, energy_squares = 0.0, force_squares = 0.0;
  for (int i = 0; i < calls; ++i) {
    const SurfaceValue value = noisy.evaluate(x);
    CHECK(value.force_errors[3] == Approx(2e-3));
    const double d = (value.energy - truth.energy) / value.energy_error;
    energies += d;
    energy_squares += d * d;
    force_squares += (value.forces - truth.forces).squaredNorm() / (4e-6);
  }
  CHECK(std::abs(energies) < 4.0 * std::sqrt(calls));
  CHECK(std::abs(energy_squares - calls) < 4.0 * std::sqrt(2.0 * calls));
  CHECK(std::abs(force_squares - 9.0 * calls) < 4.0 * std::sqrt(18.0 * calls));
  options.first_call = calls;
  NoisySurface going_on(exact, options);
  CHECK(going_on.evaluate(x).forces == noisy.evaluate(x).forces);
}
