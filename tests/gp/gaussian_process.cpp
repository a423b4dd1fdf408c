#include "gp/gaussian_process.hpp"

#include <limits>
#include <stdexcept>

#include "core/errors.hpp"
#include "gp/geometries.hpp"
#include "gp/reference_process.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double energy_noise = 1e-7, gradient_noise = 3e-7;

struct Trained {
  GaussianProcess process;
  Cluster cluster;
  VectorXd elsewhere;
};

GpHyperparameters typical(const FeatureMap& features,
                          GpShape shape = GpShape::squared_exponential) {
  GpHyperparameters hyperparameters{0.05, 0.4, VectorXd::LinSpaced(features.types, 0.3, 0.5),
                                    shape};
  if (features.pairs.empty()) hyperparameters.length_scales *= 10.0;
  return hyperparameters;
}

Trained trained(int observations, bool invariant, GpPrior prior = {},
                GpShape shape = GpShape::squared_exponential) {
  const Cluster cluster = random_cluster(5, 21);
  const FeatureMap features =
      make_features(cluster.atomic_numbers, {false, true, false, false, false}, invariant);
  GaussianProcess process(features, std::move(prior));
  process.set_hyperparameters(typical(features, shape));
  for (int i = 0; i < observations; ++i) {
    const VectorXd x = cluster.positions + 0.15 * random_numbers(15, 100 + unsigned(i));
    process.add(observe(features, x, energy_noise, gradient_noise));
  }
  process.set_reference_energy(-0.2);
  return {process, cluster, cluster.positions + 0.1 * random_numbers(15, 99)};
}

GpPrior quadratic_prior(const FeatureMap& features) {
  const std::vector<int> moving = features.moving;
  GpPrior prior;
  prior.mean = [moving](const VectorXd& x) {
    const VectorXd y = x(moving);
    return GpPrediction{0.5 + 0.05 * y.squaredNorm(), 0.1 * y};
  };
  prior.hessian = [moving](const VectorXd&) -> MatrixXd {
    return 0.1 * MatrixXd::Identity(Index(moving.size()), Index(moving.size()));
  };
  return prior;
}

void check_derivatives(const Trained& set) {
  const FeatureMap& features = set.process.features();
  const auto energy = [&](const VectorXd& x) -> VectorXd {
    return VectorXd::Constant(1, set.process.predict(x).energy);
  };
  const auto gradient = [&](const VectorXd& x) { return set.process.predict(x).gradient; };
  const VectorXd slope = difference_quotient(features, set.elsewhere, 1e-3, energy);
  CHECK((set.process.predict(set.elsewhere).gradient - slope).norm() < 1e-8);
  const MatrixXd hessian = set.process.hessian(set.elsewhere);
  const MatrixXd expected = difference_quotient(features, set.elsewhere, 1e-3, gradient);
  CHECK((hessian - expected).cwiseAbs().maxCoeff() < 1e-7);
  CHECK((hessian - hessian.transpose()).norm() < 1e-14);
}

}  // namespace

TEST_CASE("gaussian process: mean and variance are the oracle's") {
  for (const GpShape shape : kernel_shapes) {
    for (const bool invariant : {true, false}) {
      const Trained set = trained(4, invariant, {}, shape);
      const ReferenceProcess oracle(set.process.features(), set.process.hyperparameters(), -0.2,
                                    set.process.observations());
      const ReferencePosterior expected = oracle.posterior(set.elsewhere);
      const GpPrediction mean = set.process.predict(set.elsewhere);
      const GpVariance variance = set.process.variance(set.elsewhere);
      CHECK(mean.energy == Approx(expected.mean.energy).epsilon(1e-8));
      CHECK((mean.gradient - expected.mean.gradient).norm() < 1e-7);
      CHECK(variance.energy == Approx(expected.variance.energy).margin(1e-8));
      CHECK((variance.gradient - expected.variance.gradient).norm() < 1e-7);
      const VectorXd diagonal = set.process.covariance(set.elsewhere).diagonal();
      CHECK(diagonal(0) == Approx(variance.energy).margin(1e-12));
      CHECK((diagonal.tail(12) - variance.gradient).norm() < 1e-11);
    }
  }
}

TEST_CASE(
    "gaussian process: the gradient is that of the energy, the Hessian that of the gradient") {
  for (const GpShape shape : kernel_shapes) {
    for (const bool invariant : {true, false}) {
      const FeatureMap features = trained(0, invariant).process.features();
      check_derivatives(trained(4, invariant, {}, shape));
      check_derivatives(trained(4, invariant, quadratic_prior(features), shape));
    }
  }
}

TEST_CASE("gaussian process: a factor that grew is the factor computed at once") {
  Trained set = trained(3, true);
  const VectorXd before = set.process.predict(set.elsewhere).gradient;
  for (int i = 0; i < 4; ++i) {
    const VectorXd x = set.cluster.positions + 0.2 * random_numbers(15, 200 + unsigned(i));
    set.process.add(observe(set.process.features(), x, energy_noise, gradient_noise));
    if (i != 1) CHECK(set.process.factorize());  // one row at a time, and two
  }
  GaussianProcess at_once(set.process.features());
  at_once.set_hyperparameters(set.process.hyperparameters());
  at_once.set_reference_energy(-0.2);
  for (const GpObservation& observation : set.process.observations()) at_once.add(observation);
  const GpPrediction one = set.process.predict(set.elsewhere),
                     other = at_once.predict(set.elsewhere);
  CHECK(one.energy == Approx(other.energy).epsilon(1e-10));
  CHECK((one.gradient - other.gradient).norm() < 1e-9);
  CHECK((one.gradient - before).norm() > 1e-6);
  CHECK((set.process.covariance(set.elsewhere) - at_once.covariance(set.elsewhere)).norm() < 1e-11);
}

TEST_CASE("gaussian process: what is forgotten leaves the process of the newest") {
  Trained set = trained(5, true);
  const std::vector<GpObservation> all = set.process.observations();
  GaussianProcess newest(set.process.features());
  newest.set_hyperparameters(set.process.hyperparameters());
  newest.set_reference_energy(set.process.reference_energy());
  newest.add(all[3]);
  newest.add(all[4]);
  set.process.predict(set.elsewhere);
  set.process.keep_newest(2);
  REQUIRE(set.process.size() == 2);
  const GpPrediction one = set.process.predict(set.elsewhere),
                     other = newest.predict(set.elsewhere);
  CHECK(one.energy == Approx(other.energy).epsilon(1e-12));
  CHECK((one.gradient - other.gradient).norm() < 1e-12);
  set.process.keep_newest(7);
  CHECK(set.process.size() == 2);
}

// That of the difference of two energies, from the error of the mean along the way between them.
TEST_CASE("gaussian process: joint covariance of neighbouring points") {
  const Trained set = trained(4, true);
  const VectorXd ahead = set.elsewhere + 1e-4 * VectorXd::Unit(set.elsewhere.size(), 1);
  const Eigen::MatrixXd joint = set.process.joint_covariance({set.elsewhere, ahead});
  const Eigen::MatrixXd here = set.process.covariance(set.elsewhere);
  const Eigen::Index b = here.rows();
  CHECK((joint.topLeftCorner(b, b) - here).norm() < 1e-13);
  CHECK((joint - joint.transpose()).norm() < 1e-12);
  const double slope = (joint(b, 0) - joint(0, 0)) / 1e-4;
  CHECK(slope == Approx(here(2, 0)).epsilon(1e-2).margin(1e-6));
}

TEST_CASE("gaussian process: data are reproduced within their noise, and their surface is learnt") {
  const Trained set = trained(8, true);
  for (const GpObservation& seen : set.process.observations()) {
    const GpPrediction found = set.process.predict(seen.positions);
    CHECK(std::abs(found.energy - seen.energy) < std::sqrt(energy_noise));
    CHECK((found.gradient - seen.gradient).cwiseAbs().maxCoeff() < 3.0 * std::sqrt(gradient_noise));
    const GpVariance variance = set.process.variance(seen.positions);
    CHECK(variance.energy <= energy_noise);
    CHECK(variance.gradient.maxCoeff() <= gradient_noise);
  }
  const GpPrediction truth = morse_surface(set.elsewhere),
                     found = set.process.predict(set.elsewhere);
  CHECK(found.energy == Approx(truth.energy).margin(2e-3));
  const VectorXd gradient = truth.gradient(set.process.features().moving);
  CHECK((found.gradient - gradient).norm() < 0.1 * gradient.norm());
}

TEST_CASE("gaussian process: a quadratic form of the features from few points") {
  const Cluster cluster = random_cluster(3, 5);
  const FeatureSpace space(make_features(cluster.atomic_numbers, {}, true));
  const VectorXd centre = space.at(cluster.positions).values;
  const VectorXd tilt = 0.2 * random_numbers(3, 1);
  VectorXd stiffness(3);
  stiffness << 1.0, -0.5, 2.0;
  const auto surface = [&](const VectorXd& x) {
    const FeaturePoint point = space.at(x);
    const VectorXd u = point.values - centre, slope = tilt + stiffness.cwiseProduct(u);
    return GpPrediction{tilt.dot(u) + 0.5 * u.dot(stiffness.cwiseProduct(u)),
                        space.pulled_back(point, slope)};
  };
  GaussianProcess process(space.map());
  process.set_hyperparameters({1.0, 10.0, VectorXd::Constant(space.map().types, 2.0)});
  for (unsigned i = 0; i < 5; ++i) {
    const VectorXd x = cluster.positions + 0.2 * random_numbers(9, 10 + i);
    const GpPrediction value = surface(x);
    process.add({x, value.energy, value.gradient, 1e-10, VectorXd::Constant(9, 1e-10)});
  }
  const VectorXd x = cluster.positions + 0.15 * random_numbers(9, 50);
  CHECK(process.predict(x).energy == Approx(surface(x).energy).margin(1e-4));
  CHECK((process.predict(x).gradient - surface(x).gradient).norm() < 1e-3);
}

TEST_CASE("gaussian process: turned and moved geometries are the same geometry") {
  const Cluster cluster = random_cluster(5, 31);
  const FeatureMap features = make_features(cluster.atomic_numbers, {}, true);
  GaussianProcess process(features), turned(features);
  for (GaussianProcess* one : {&process, &turned}) one->set_hyperparameters(typical(features));
  for (unsigned i = 0; i < 4; ++i) {
    const VectorXd x = cluster.positions + 0.1 * random_numbers(15, i);
    process.add(observe(features, x, energy_noise, gradient_noise));
    turned.add(observe(features, moved_together(x), energy_noise, gradient_noise));
  }
  const VectorXd x = cluster.positions + 0.1 * random_numbers(15, 77);
  const double energy = process.predict(x).energy;
  CHECK(process.predict(moved_together(x)).energy == Approx(energy).epsilon(1e-9));
  CHECK(turned.predict(x).energy == Approx(energy).epsilon(1e-7));
  CHECK(process.variance(moved_together(x)).energy ==
        Approx(process.variance(x).energy).margin(1e-9));
  // No force, and no torque about an axis.
  const VectorXd gradient = process.predict(x).gradient;
  CHECK(gradient.reshaped(3, 5).rowwise().sum().norm() < 1e-10);
  double torque = 0.0;
  for (Index i = 0; i < 15; i += 3) torque += x(i) * gradient(i + 1) - x(i + 1) * gradient(i);
  CHECK(std::abs(torque) < 1e-10);
}

TEST_CASE("gaussian process: without observations the prior, far away the prior's variance") {
  const FeatureMap features = trained(0, false).process.features();
  Trained set = trained(0, false, quadratic_prior(features));
  const GpPrediction prior = quadratic_prior(features).mean(set.elsewhere);
  CHECK(set.process.predict(set.elsewhere).energy == Approx(prior.energy - 0.2));
  CHECK(set.process.predict(set.elsewhere).gradient == prior.gradient);
  CHECK(set.process.hessian(set.elsewhere) == quadratic_prior(features).hessian(set.elsewhere));

  set = trained(3, false);
  const VectorXd far = set.elsewhere + VectorXd::Constant(15, 100.0);
  const GpVariance variance = set.process.variance(far);
  const GpHyperparameters& hyper = set.process.hyperparameters();
  CHECK(variance.gradient(0) ==
        Approx(2.0 * hyper.signal_variance * std::pow(hyper.length_scales(0), -2)));
  CHECK(variance.energy > hyper.signal_variance);
  CHECK(variance.energy < hyper.signal_variance + hyper.constant_variance);
}

TEST_CASE("gaussian process: a prior that is the truth leaves nothing to learn") {
  const Cluster cluster = random_cluster(4, 2);
  const FeatureMap features = make_features(cluster.atomic_numbers, {}, true);
  GpPrior prior;
  prior.mean = morse_surface;
  GaussianProcess process(features, prior);
  process.set_hyperparameters(typical(features));
  process.add(observe(features, cluster.positions, energy_noise, gradient_noise));
  const VectorXd x = cluster.positions + 0.3 * random_numbers(12, 6);
  CHECK(process.predict(x).energy == Approx(morse_surface(x).energy));
  // Half a prior would give a Hessian that belongs to no surface.
  CHECK_THROWS_AS(process.hessian(x), std::invalid_argument);
}

TEST_CASE("gaussian process: the reference energy and the noise can be changed later") {
  Trained set = trained(3, true);
  const double with = set.process.predict(set.elsewhere).energy;
  set.process.set_reference_energy(-10.0);
  CHECK(std::abs(set.process.predict(set.elsewhere).energy - with) > 1e-7);
  set.process.set_reference_energy(-0.2);
  CHECK(set.process.predict(set.elsewhere).energy == Approx(with).epsilon(1e-12));

  set.process.set_noise({1e-3, 2e-3});
  std::vector<GpObservation> noisier = set.process.observations();
  for (GpObservation& observation : noisier) {
    observation.energy_variance += 1e-3;
    observation.gradient_variance.array() += 2e-3;
  }
  const ReferenceProcess oracle(set.process.features(), set.process.hyperparameters(), -0.2,
                                noisier);
  CHECK(set.process.predict(set.elsewhere).energy ==
        Approx(oracle.posterior(set.elsewhere).mean.energy).epsilon(1e-9));
}

TEST_CASE("gaussian process: a singular covariance is reported, and cured by noise") {
  Trained set = trained(2, true);
  GpObservation twice = set.process.observations().front();
  twice.energy_variance = 0.0;
  twice.gradient_variance.setZero();
  set.process.add(twice);
  set.process.add(twice);
  CHECK_FALSE(set.process.factorize());
  CHECK_THROWS_AS(set.process.predict(set.elsewhere), CalculationError);
  set.process.set_noise({1e-8, 1e-8});
  CHECK(set.process.factorize());
  CHECK(std::isfinite(set.process.predict(set.elsewhere).energy));
}

TEST_CASE("gaussian process: observations that are none") {
  Trained set = trained(1, true);
  GpObservation wrong = set.process.observations().front();
  wrong.energy = std::numeric_limits<double>::quiet_NaN();
  CHECK_THROWS_AS(set.process.add(wrong), std::invalid_argument);
  wrong = set.process.observations().front();
  wrong.gradient.resize(3);
  CHECK_THROWS_AS(set.process.add(wrong), std::invalid_argument);
  CHECK(set.process.size() == 1);
}
