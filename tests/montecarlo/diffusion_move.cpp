// The proposals of diffusion: what is sampled is what the density says, and the density is a
// probability.
#include "montecarlo/diffusion_move.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

namespace {

constexpr double time_step = 0.04;

Molecule lithium_hydride() {
  Molecule molecule;
  molecule.atoms = {{3, {0.0, 0.0, 0.0}}, {1, {0.0, 0.0, 3.0}}};
  return molecule;
}

// An electron near the lithium nucleus, one on its way into it, one near the proton, one far out.
struct Spot {
  Lanes position[3], velocity[3];
};

Spot four_spots() {
  constexpr double data[4][6] = {{0.1, -0.05, 0.2, -1.0, 0.8, -1.9},
                                 {0.3, 0.1, -0.2, -4.0, -1.5, 2.9},
                                 {0.2, 0.3, 2.6, -0.3, -0.6, 0.7},
                                 {2.0, -1.0, 1.0, 0.4, 0.1, -0.5}};
  Spot spot;
  for (int lane = 0; lane < lane_count; ++lane) {
    for (int d = 0; d < 3; ++d) {
      spot.position[d].set(lane, data[lane % 4][d]);
      spot.velocity[d].set(lane, data[lane % 4][3 + d]);
    }
  }
  return spot;
}

// Integral of the density within `radius` of the plan's nucleus, or everywhere, by a grid in
// spherical coordinates about it.
Lanes integral(const DiffusionPlan& plan, double radius) {
  constexpr int radial = 400, polar = 60, azimuthal = 60;
  constexpr double pi = 3.14159265358979323846;
  Lanes sum(0.0);
  for (int i = 0; i < radial; ++i) {
    const double r = radius * (i + 0.5) / radial;
    for (int j = 0; j < polar; ++j) {
      const double cosine = -1.0 + 2.0 * (j + 0.5) / polar, sine = std::sqrt(1 - cosine * cosine);
      for (int k = 0; k < azimuthal; ++k) {
        const double phi = 2.0 * pi * (k + 0.5) / azimuthal;
        const Lanes point[3] = {plan.center[0] + Lanes(r * sine * std::cos(phi)),
                                plan.center[1] + Lanes(r * sine * std::sin(phi)),
                                plan.center[2] + Lanes(r * cosine)};
        sum += diffusion_density(plan, point, time_step) * Lanes(r * r);
      }
    }
  }
  return sum * Lanes(radius / radial * 2.0 / polar * 2.0 * pi / azimuthal);
}

}  // namespace

TEST_CASE("the density of diffusion proposals integrates to one", "[unit]") {
  const Spot spot = four_spots();
  const DiffusionPlan plan =
      plan_diffusion(lithium_hydride(), spot.position, spot.velocity, time_step);
  const Lanes whole = integral(plan, 4.0);
  for (int lane = 0; lane < 4; ++lane) CHECK(std::abs(whole[lane] - 1.0) < 2e-3);
}

TEST_CASE("diffusion proposals follow their density", "[statistical]") {
  // The fraction within 0.3 bohr of the nucleus against the integral of the density, two-sided at
  // four sigmas and the grid's error, one fixed seed.
  const Spot spot = four_spots();
  const DiffusionPlan plan =
      plan_diffusion(lithium_hydride(), spot.position, spot.velocity, time_step);
  constexpr int steps = 40000;
  constexpr double radius = 0.3;
  double inside[lane_count] = {};
  LaneBits walkers = lane_bits(0);
  for (int lane = 0; lane < lane_count; ++lane) {
    walkers.part[lane / native_lanes][lane % native_lanes] = static_cast<std::uint64_t>(lane);
  }
  for (std::uint64_t step = 0; step < steps; ++step) {
    const DiffusionProposal p =
        propose_diffusion(plan, {9, RandomStage::diffusion}, walkers, step, 0, time_step);
    for (int lane = 0; lane < lane_count; ++lane) {
      double square = 0.0;
      for (int d = 0; d < 3; ++d) {
        const double x = p.position[d][lane] - plan.center[d][lane];
        square += x * x;
      }
      inside[lane] += square < radius * radius ? 1.0 : 0.0;
    }
  }
  const Lanes expected = integral(plan, radius);
  for (int lane = 0; lane < lane_count; ++lane) {
    const double p = expected[lane], sigma = std::sqrt(p * (1.0 - p) / steps);
    INFO("lane " << lane << ": " << inside[lane] / steps << " expected " << p);
    CHECK(std::abs(inside[lane] / steps - p) < 4.0 * sigma + 1e-3);
  }
}

TEST_CASE("a drift into a nucleus stops there", "[unit]") {
  Molecule molecule;
  molecule.atoms = {{10, {0.0, 0.0, 0.0}}};
  const Lanes position[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.05)};
  const Lanes velocity[3] = {Lanes(0.0), Lanes(0.0), Lanes(-10.0)};
  const DiffusionPlan plan = plan_diffusion(molecule, position, velocity, 0.5);
  CHECK(plan.drifted[2][0] >= 0.0);
  CHECK(plan.drifted[2][0] < 0.05);
  CHECK(plan.nuclear_probability[0] > 0.4);
  CHECK(std::abs(plan.zeta[0] - std::sqrt(102.0)) < 1e-12);
}
