// Searches on forces with planted errors, and whether the errors they state are right.
#include "saddle/posterior_point.hpp"

#include <cmath>

#include "saddle/path_guess.hpp"
#include "saddle/saddle_search.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"
#include "surface/noisy_surface.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

constexpr double bohr = units::bohr_per_angstrom;

// The bent, unequal H3 of the examples.
const VectorXd guess = bohr * VectorXd{{0.0, 0.0, -1.05, 0.05, 0.0, 0.0, 0.0, 0.0, 0.85}};

NoiseOptions noise_of(std::uint32_t seed) {
  NoiseOptions noise;
  noise.force_error = 0.05 * hartree_per_bohr_per_ev_per_angstrom;
  noise.energy_error = 0.05 * units::hartree_per_ev;
  noise.seed = seed;
  return noise;
}

}  // namespace

// Of 20 seeds, two-sided at two of the posterior's own error bars: with a chance of 0.95 each,
// fewer than 16 are one case in 300.
TEST_CASE("saddle: with planted errors the true saddle point is within the posterior's") {
  LepsSurface surface;
  SaddleOptions options;
  options.limits.force_tolerance = 1e-5;
  const SaddleResult exact = find_saddle(surface, guess, options);
  REQUIRE(exact.converged);
  CHECK(exact.position_errors.isZero());
  int near = 0;
  for (std::uint32_t seed = 1; seed <= 20; ++seed) {
    NoisySurface noisy(surface, noise_of(seed));
    const SaddleResult found = find_saddle(noisy, guess, {});
    if (!found.converged) continue;
    CHECK(found.force_error < SearchLimits().force_tolerance);
    const VectorXd off = aligned(exact.positions, found.positions) - found.positions;
    if (off.norm() < 2.0 * found.position_errors.norm()) ++near;
  }
  CHECK(near >= 16);
}

// A quadratic form measured twice at its minimum: g ~ N(0, s^2) each, so C = s^2 / 2 where the
// prior is wide, and the minimum is known to s / sqrt(2) / H.
TEST_CASE("posterior point: errors of a stationary point from those of the forces") {
  const SurfaceSystem system{{0}, false};
  const FreeCoordinates space(system, {});
  GaussianProcess model(
      make_features(system.atomic_numbers, space.frozen(), false),
      {[](const VectorXd& x) {
         return GpPrediction{0.1 * x.squaredNorm(), 0.2 * x};
       },
       [](const VectorXd&) { return Eigen::MatrixXd(0.2 * Eigen::Matrix3d::Identity()); }});
  GpHyperparameters wide = model.hyperparameters();
  wide.signal_variance = 1e4;
  wide.length_scales.setConstant(30.0);
  model.set_hyperparameters(wide);
  const double error = 1e-3;
  for (int i = 0; i < 2; ++i) {
    model.add(
        {VectorXd::Zero(3), 0.0, VectorXd::Zero(3), 1e-6, VectorXd::Constant(3, error * error)});
  }
  const PosteriorPoint known =
      posterior_point(model, space, ForceMeasure::largest_on_a_particle, VectorXd::Zero(3));
  const double component = error / std::sqrt(2.0);
  CHECK(known.force_error == Approx(std::sqrt(3.0) * component).epsilon(1e-3));
  CHECK(known.position_errors[0] == Approx(component / 0.2).epsilon(1e-3));
  REQUIRE(known.modes.size() == 2);
  CHECK(known.modes[0].curvature == Approx(0.2));
  // No force was measured beside it: the fourth derivative of k, 12 s^2 / l^4, less the square of
  // the second over k, 4 s^2 / l^4, for the energy.
  CHECK(known.modes[0].error == Approx(std::sqrt(8.0 * 1e4) / 900.0).epsilon(0.02));
}
