#include "saddle/surrogate.hpp"

#include "saddle/model_hessian.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

TEST_CASE("quadratic prior: the gradient and the Hessian it was made of") {
  const std::vector<int> atoms = {6, 8, 1, 1, 1};
  const VectorXd x{
      {0.0, 0.0, 0.0, 2.6, 0.1, 0.2, -0.7, 1.9, 0.1, -0.6, -0.9, 1.7, -0.8, -0.8, -1.6}};
  const FreeCoordinates space({atoms, true}, {});
  const MatrixXd internal = space.internal_motions(x);
  const VectorXd gradient = internal * VectorXd::LinSpaced(internal.cols(), -0.1, 0.2);
  // Rigid motions turn the gradient along, which a Hessian of an invariant function must know; the
  // part of the model Hessian between internal motions is compared.
  const MatrixXd hessian = model_hessian(atoms, x);
  const GpPrior prior = quadratic_prior(make_features(atoms, {}, true), x, gradient, hessian);
  CHECK(prior.mean(x).energy == Approx(0.0).margin(1e-12));
  CHECK((prior.mean(x).gradient - gradient).norm() < 1e-9);
  CHECK((internal.transpose() * (prior.hessian(x) - hessian) * internal).norm() < 1e-8);

  const VectorXd y = x + VectorXd::LinSpaced(15, -0.1, 0.15);
  const MatrixXd there = prior.hessian(y);
  const double h = 1e-4;
  for (Eigen::Index i = 0; i < y.size(); ++i) {
    const VectorXd d = h * VectorXd::Unit(15, i);
    const GpPrediction ahead = prior.mean(y + d), behind = prior.mean(y - d);
    CHECK((ahead.energy - behind.energy) / (2 * h) ==
          Approx(prior.mean(y).gradient[i]).margin(1e-6));
    CHECK(((ahead.gradient - behind.gradient) / (2 * h) - there.col(i)).norm() < 1e-5);
  }
}

TEST_CASE("relative lengths: distances in units of the pair's covalent radii") {
  // Cordero et al. 2008: H 0.31, C 0.76, O 0.66 angstrom. Pairs as they come: C-O, C-H, O-H, H-H.
  const std::vector<int> atoms = {6, 8, 1, 1};
  const FeatureMap features = make_features(atoms, {}, true);
  const VectorXd lengths = relative_lengths(features, atoms);
  REQUIRE(lengths.size() == 4);
  const auto of = [&](int a, int b) {
    for (std::size_t p = 0; p < features.pairs.size(); ++p) {
      if (features.pairs[p] == std::array<int, 2>{a, b}) return lengths[features.pair_types[p]];
    }
    return 0.0;
  };
  CHECK(of(0, 1) == Approx(1.52 / 1.42));
  CHECK(of(0, 2) == Approx(1.52 / 1.07));
  CHECK(of(1, 3) == Approx(1.52 / 0.97));
  CHECK(of(2, 3) == Approx(1.52 / 0.62));
  const std::vector<int> particles = {0, 0, 0};
  CHECK(relative_lengths(make_features(particles, {}, true), particles) == VectorXd::Ones(1));
  CHECK(relative_lengths(make_features({0}, {}, false), {0}).size() == 0);
}
