#include "gp/features.hpp"

#include <array>
#include <stdexcept>

#include "gp/feature_space.hpp"
#include "gp/geometries.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::MatrixXd;
using Eigen::VectorXd;

TEST_CASE("features: pairs of moving particles, one type for two elements") {
  const FeatureMap features = make_features({8, 1, 1, 6}, {}, true);
  CHECK(features.moving.size() == 12);
  CHECK(features.pairs.size() == 6);
  CHECK(features.types == 4);  // HH, HC, HO, CO
  // The order of the elements, whatever that of the atoms.
  CHECK(features.pairs[3] == std::array<int, 2>{1, 2});
  CHECK(features.pair_types == std::vector<int>{2, 2, 3, 0, 1, 1});
}

TEST_CASE("features: fixed particles have no coordinates, and no pairs among themselves") {
  const FeatureMap features = make_features({6, 6, 1, 1}, {true, true, false, false}, true);
  CHECK(features.moving == std::vector<int>{6, 7, 8, 9, 10, 11});
  CHECK(features.pairs.size() == 5);
  CHECK(features.types == 2);  // CC is fixed
}

TEST_CASE("features: without invariance the coordinates") {
  for (const bool invariant : {false, true}) {
    const FeatureMap features = make_features({0}, {}, invariant);
    CHECK(features.moving == std::vector<int>{0, 1, 2});
    CHECK(features.pairs.empty());
    CHECK(features.types == 1);
  }
  CHECK(make_features({1, 1}, {true, false}, false).pairs.empty());
  CHECK_THROWS_AS(make_features({1, 1}, {true}, true), std::invalid_argument);
}

TEST_CASE("features: their derivatives are those of finite differences") {
  const Cluster cluster = random_cluster(5, 3);
  const std::vector<bool> frozen{true, false, true, false, false};
  const FeatureSpace space(make_features(cluster.atomic_numbers, frozen, true));
  const auto values = [&](const VectorXd& x) { return space.at(x).values; };
  const MatrixXd jacobian =
      difference_quotient(space.map(), cluster.positions, 1e-3, values).transpose();
  const FeaturePoint point = space.at(cluster.positions);
  const VectorXd v = random_numbers(space.dimension(), 1), f = random_numbers(space.size(), 2);
  CHECK((space.along(point, v) - jacobian * v).norm() < 1e-10);
  CHECK((space.pulled_back(point, f) - jacobian.transpose() * f).norm() < 1e-10);

  MatrixXd product = MatrixXd::Zero(space.dimension(), space.dimension());
  space.add_product(point, point, f, product);
  CHECK((product - jacobian.transpose() * f.asDiagonal() * jacobian).norm() < 1e-10);

  const MatrixXd m = v * random_numbers(v.size(), 5).transpose();
  const VectorXd sandwich = space.sandwich(point, point, m);
  CHECK((sandwich - (jacobian * m * jacobian.transpose()).diagonal()).norm() < 1e-10);

  MatrixXd curvature = MatrixXd::Zero(space.dimension(), space.dimension());
  space.add_curvature(point, f, curvature);
  const auto slope = [&](const VectorXd& x) { return space.pulled_back(space.at(x), f); };
  const MatrixXd expected = difference_quotient(space.map(), cluster.positions, 1e-3, slope);
  CHECK((curvature - expected).norm() < 1e-9);
}

TEST_CASE("features: half a particle cannot move in a pair") {
  FeatureMap features = make_features({1, 1}, {}, true);
  features.moving.pop_back();
  CHECK_THROWS_AS(FeatureSpace(features), std::invalid_argument);
}
