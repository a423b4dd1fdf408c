#include "gp/hyperparameters.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "core/units.hpp"
#include "gp/geometries.hpp"
#include "gp/reference_process.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::Index;
using Eigen::VectorXd;

namespace {

constexpr double ev = units::hartree_per_ev, per_angstrom = 1.0 / units::bohr_per_angstrom;
const double energy_noise = 1e-5 * ev * ev;
const double gradient_noise = energy_noise * per_angstrom * per_angstrom;

GaussianProcess trained(int observations, double noise = 1.0) {
  const Cluster cluster = random_cluster(4, 71);
  const FeatureMap features = make_features(cluster.atomic_numbers, {}, true);
  GaussianProcess process(features);
  for (int i = 0; i < observations; ++i) {
    const VectorXd x = cluster.positions + 0.2 * random_numbers(12, 500 + unsigned(i));
    process.add(observe(features, x, noise * energy_noise, noise * gradient_noise));
  }
  if (observations > 0) process.set_reference_energy(process.observations()[0].energy);
  return process;
}

// -ln p(y) by the oracle.
double oracle_value(const GaussianProcess& process, const GpHyperparameters& hyperparameters,
                    const GpNoise& noise) {
  std::vector<GpObservation> observations = process.observations();
  for (GpObservation& one : observations) {
    one.energy_variance += noise.energy_variance;
    one.gradient_variance.array() += noise.gradient_variance;
  }
  return ReferenceProcess(process.features(), hyperparameters, process.reference_energy(),
                          observations)
      .negative_log_likelihood();
}

double t_density(double s, double nu, double scale) {
  return std::exp(std::lgamma(0.5 * (nu + 1.0)) - std::lgamma(0.5 * nu)) /
         (std::sqrt(nu * std::numbers::pi) * scale) *
         std::pow(1.0 + s * s / (nu * scale * scale), -0.5 * (nu + 1.0));
}

}  // namespace

TEST_CASE("map objective: likelihood times priors times the Jacobian of the logarithms") {
  const GaussianProcess process = trained(4);
  MapObjective objective(process, {}, {});
  VectorXd theta = objective.fresh_start();
  theta.array() += 0.1 * VectorXd::LinSpaced(theta.size(), -1.0, 1.0).array();
  const GpHyperparameters hyper = objective.hyperparameters(theta);
  // Energies and features of these data span less than the published least scales.
  const double s2 = hyper.signal_variance, s = std::sqrt(s2);
  double expected = oracle_value(process, hyper, {}) -
                    std::log(t_density(s, 28.0, ev) / (2.0 * s)) - std::log(s2);
  for (const double l : hyper.length_scales) {
    const double density = std::exp(-0.5 * std::pow(l / per_angstrom, 2)) /
                           (std::sqrt(2.0 * std::numbers::pi) * per_angstrom);
    expected -= std::log(density) + std::log(l);
  }
  CHECK(objective.value(theta) == Approx(expected).epsilon(1e-9));
  double mean = 0.0;
  for (const GpDatum& datum : process.data()) mean += 0.25 * datum.values(0);
  CHECK(hyper.constant_variance == Approx(std::max(ev * ev, mean * mean)));
  CHECK((objective.theta(hyper) - theta).norm() < 1e-12);
}

TEST_CASE("map objective: its gradient is that of finite differences") {
  const GaussianProcess process = trained(4);
  for (const bool shared : {false, true}) {
    for (const bool barrier : {false, true}) {
      GpMapOptions options;
      options.shared_length_scale = shared;
      options.barrier = barrier;
      MapObjective objective(process, {0, 2, 3}, options);
      const VectorXd theta = objective.fresh_start();
      CHECK(theta.size() == (shared ? 2 : 1 + process.features().types));
      const VectorXd gradient = objective.gradient(theta);
      for (Index t = 0; t < theta.size(); ++t) {
        VectorXd shift = VectorXd::Zero(theta.size());
        shift(t) = 1e-4;
        const double slope =
            (objective.value(theta + shift) - objective.value(theta - shift)) / 2e-4;
        CHECK(gradient(t) == Approx(slope).epsilon(1e-5).margin(1e-5));
      }
    }
  }
}

TEST_CASE("map objective: has no value behind the barrier and outside the bounds") {
  const GaussianProcess process = trained(2);
  GpMapOptions options;
  options.barrier = true;
  options.length_scales = {0.1, 2.0};
  MapObjective objective(process, {}, options);
  VectorXd theta = objective.fresh_start();
  CHECK(std::isfinite(objective.value(theta)));
  theta(0) = std::log(2.1 * ev * ev);
  CHECK(std::isinf(objective.value(theta)));
  CHECK_FALSE(objective.gradient(theta).allFinite());
  theta = objective.fresh_start();
  theta(1) = std::log(2.1);
  CHECK(std::isinf(objective.value(theta)));
}

TEST_CASE("hyperparameters: a fit lowers the objective, and a warm start is short") {
  GaussianProcess process = trained(5);
  GpFitOptions options;
  options.map.search.function_tolerance = 1e-2;
  const GpFitResult fresh = fit_hyperparameters(process, options);
  MapObjective objective(process, {}, options.map);
  CHECK(fresh.found);
  CHECK(fresh.converged);
  CHECK(fresh.objective < objective.value(objective.fresh_start()));
  CHECK(fresh.objective ==
        Approx(objective.value(objective.theta(fresh.hyperparameters))).epsilon(1e-9));

  process.set_hyperparameters(fresh.hyperparameters);
  options.fresh_start = false;
  const GpFitResult warm = fit_hyperparameters(process, options);
  CHECK(warm.converged);
  CHECK(warm.evaluations < fresh.evaluations);
  CHECK(warm.objective <= fresh.objective + 1e-9);
}

TEST_CASE("hyperparameters: one observation, or none") {
  CHECK(fit_hyperparameters(trained(1), {}).found);
  CHECK_THROWS_AS(fit_hyperparameters(trained(0), {}), std::invalid_argument);
  GpFitOptions other;
  other.observations = {0, 7};
  CHECK_THROWS_AS(fit_hyperparameters(trained(2), other), std::invalid_argument);
}

TEST_CASE("hyperparameters: the profile is a maximum of the likelihood in s^2 and l") {
  GaussianProcess process = trained(5, 0.0);
  GpFitOptions options;
  options.objective = GpObjective::profile;
  options.profile.tolerance = 0.01;
  const GpFitResult fit = fit_hyperparameters(process, options);
  REQUIRE(fit.found);
  CHECK(fit.converged);
  REQUIRE(fit.noise.has_value());
  const double s2 = fit.hyperparameters.signal_variance;
  CHECK(fit.noise->energy_variance == Approx(1e-6 * s2));
  CHECK(fit.noise->gradient_variance == Approx(1e-6 * s2 * per_angstrom * per_angstrom));
  CHECK(fit.objective ==
        Approx(oracle_value(process, fit.hyperparameters, *fit.noise)).epsilon(1e-8));
  const auto value = [&](double signal, double length) {
    GpHyperparameters scaled = fit.hyperparameters;
    scaled.signal_variance *= signal;
    scaled.length_scales *= length;
    // The model noise is a share of s^2.
    return oracle_value(
        process, scaled,
        {signal * fit.noise->energy_variance, signal * fit.noise->gradient_variance});
  };
  CHECK(value(1.05, 1.0) > fit.objective);
  CHECK(value(0.95, 1.0) > fit.objective);
  for (const double length : {0.9, 1.1}) {
    const double moved = length * fit.hyperparameters.length_scales(0);
    if (moved > 0.2 * per_angstrom && moved < 1.9 * per_angstrom) {
      CHECK(value(1.0, length) > fit.objective);
    }
  }

  // The noise of a former fit is not counted twice.
  process.set_hyperparameters(fit.hyperparameters);
  process.set_noise(*fit.noise);
  options.fresh_start = false;
  const GpFitResult warm = fit_hyperparameters(process, options);
  CHECK(warm.hyperparameters.length_scales(0) ==
        Approx(fit.hyperparameters.length_scales(0)).epsilon(0.03));
  CHECK(warm.evaluations < fit.evaluations);
}

TEST_CASE("hyperparameters: length scales in given ratios, and a maximum along them") {
  GaussianProcess process = trained(5, 0.0);
  GpFitOptions options;
  options.objective = GpObjective::profile;
  options.profile.tolerance = 0.01;
  VectorXd& ratios = options.profile.relative_lengths;
  ratios = VectorXd::LinSpaced(process.features().types, 0.7, 1.6);
  const GpFitResult fit = fit_hyperparameters(process, options);
  REQUIRE(fit.found);
  const VectorXd common = fit.hyperparameters.length_scales.cwiseQuotient(ratios);
  CHECK((common.array() / common[0] - 1.0).abs().maxCoeff() < 1e-12);
  CHECK(fit.objective ==
        Approx(oracle_value(process, fit.hyperparameters, *fit.noise)).epsilon(1e-8));
  for (const double length : {0.9, 1.1}) {
    GpHyperparameters other = fit.hyperparameters;
    other.length_scales *= length;
    CHECK(oracle_value(process, other, *fit.noise) > fit.objective);
  }
  // A search next to what the process has starts from the same common length.
  process.set_hyperparameters(fit.hyperparameters);
  options.fresh_start = false;
  const GpFitResult again = fit_hyperparameters(process, options);
  CHECK(again.hyperparameters.length_scales[0] ==
        Approx(fit.hyperparameters.length_scales[0]).epsilon(0.03));
}

TEST_CASE("hyperparameters: with errors of the data the profile is a maximum as well") {
  GpFitOptions options;
  options.objective = GpObjective::profile;
  options.profile.tolerance = 0.01;
  const GaussianProcess process = trained(5, 10.0);
  const GpFitResult fit = fit_hyperparameters(process, options);
  REQUIRE(fit.found);
  CHECK(fit.objective ==
        Approx(oracle_value(process, fit.hyperparameters, *fit.noise)).epsilon(1e-8));
  for (const double factor : {0.8, 0.9, 1.1, 1.2}) {
    GpHyperparameters other = fit.hyperparameters;
    other.signal_variance *= factor;
    const GpNoise share{factor * fit.noise->energy_variance, factor * fit.noise->gradient_variance};
    CHECK(oracle_value(process, other, share) > fit.objective);
  }
}

// Where the errors explain everything no signal is left.
TEST_CASE("hyperparameters: data smaller than their errors give the smallest signal") {
  GpFitOptions options;
  options.objective = GpObjective::profile;
  const GpFitResult fit = fit_hyperparameters(trained(5, 1e12), options);
  REQUIRE(fit.found);
  CHECK(fit.hyperparameters.signal_variance < 1e-6);
}

TEST_CASE("hyperparameters: a fit keeps the shape of the kernel") {
  for (const GpObjective objective : {GpObjective::map, GpObjective::profile}) {
    GaussianProcess process = trained(4);
    GpHyperparameters start = process.hyperparameters();
    start.shape = GpShape::matern_5_2;
    process.set_hyperparameters(start);
    GpFitOptions options;
    options.objective = objective;
    const GpFitResult fit = fit_hyperparameters(process, options);
    REQUIRE(fit.found);
    CHECK(fit.hyperparameters.shape == GpShape::matern_5_2);
    const GpNoise noise = fit.noise.value_or(process.noise());
    if (objective == GpObjective::profile) {
      CHECK(fit.objective ==
            Approx(oracle_value(process, fit.hyperparameters, noise)).epsilon(1e-8));
    }
  }
}
