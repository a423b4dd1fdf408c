#include "montecarlo/accelerated_move.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

namespace {

double simpson(double zeta, double c, double low, double high) {
  constexpr int intervals = 20000;
  const double h = (high - low) / intervals;
  double sum = 0.0;
  for (int i = 0; i <= intervals; ++i) {
    const double r = low + h * i;
    const double weight = i == 0 || i == intervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
    sum += weight * std::sqrt(r) * std::abs(1.0 + c * r) * std::exp(-zeta * r);
  }
  return sum * h / 3.0;
}

}  // namespace

TEST_CASE("accelerated move: the radial normalization against quadrature", "[unit]") {
  for (const double zeta : {1e-10, 0.3, 2.0, 9.0}) {
    for (const double c : {0.0, 1.5, -0.4, -3.0, 40.0}) {
      for (const double r0 : {0.02, 0.5, 3.0}) {
        INFO("zeta " << zeta << " c " << c << " r0 " << r0);
        const double exact = simpson(zeta, c, r0 / 5.0, r0 * 5.0);
        const Lanes value =
            radial_integral(Lanes(zeta), Lanes(c), Lanes(r0 / 5.0), Lanes(r0 * 5.0));
        // The kink of |1 + c r| limits Simpson's rule to about 1e-7.
        CHECK(std::abs(value[0] / exact - 1.0) < 1e-6);
      }
    }
  }
}

TEST_CASE("accelerated move: a proposal's density is the density it is drawn from",
          "[statistical]") {
  // E[f(r')/T(r')] over proposals is the integral of f over the reachable region. With
  // f = exp(-r'^2) restricted to it, and the reverse density evaluated as a forward one, both the
  // sampler and the formula enter. Reference: the same integral by midpoint sums on a grid.
  Molecule molecule;
  molecule.atoms = {{2, {0.0, 0.0, 0.0}}};
  const Lanes position[3] = {Lanes(0.3), Lanes(-0.2), Lanes(0.5)};
  const Lanes velocity[3] = {Lanes(-1.1), Lanes(0.4), Lanes(-0.6)};
  double sum = 0.0, square = 0.0;
  constexpr int draws = 20000;
  for (int i = 0; i < draws; ++i) {
    const AcceleratedProposal proposal = propose_accelerated(
        molecule, position, velocity,
        {{7, RandomStage::vmc}, lane_bits(3), static_cast<unsigned>(i), 0}, 5.0);
    const Lanes again = reverse_density(molecule, proposal.position, position, velocity, 5.0);
    CHECK(std::abs(again[0] / proposal.density[0] - 1.0) < 1e-9);
    double r2 = 0.0;
    for (const Lanes& x : proposal.position) r2 += x[0] * x[0];
    const double value = std::exp(-r2) / proposal.density[0];
    sum += value;
    square += value * value;
  }
  const double mean = sum / draws, error = std::sqrt((square / draws - mean * mean) / draws);
  double grid = 0.0;
  constexpr double h = 0.05;
  for (double x = -3.5 + h / 2; x < 3.5; x += h) {
    for (double y = -3.5 + h / 2; y < 3.5; y += h) {
      for (double z = -3.5 + h / 2; z < 3.5; z += h) {
        const Lanes to[3] = {Lanes(x), Lanes(y), Lanes(z)};
        if (reverse_density(molecule, to, position, velocity, 5.0)[0] > 0.0) {
          grid += std::exp(-(x * x + y * y + z * z)) * h * h * h;
        }
      }
    }
  }
  INFO("mean " << mean << " +- " << error << ", grid " << grid);
  CHECK(std::abs(mean - grid) < 4.0 * error + 0.003 * grid);
}
