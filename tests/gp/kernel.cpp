#include "gp/kernel.hpp"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "gp/geometries.hpp"
#include "gp/reference_process.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

struct Setting {
  FeatureMap features;
  VectorXd one, other;
  GpHyperparameters hyperparameters;
};

Setting setting(bool invariant, GpShape shape = GpShape::squared_exponential) {
  const Cluster cluster = random_cluster(5, 8);
  Setting result{
      make_features(cluster.atomic_numbers, {false, false, true, false, true}, invariant),
      cluster.positions,
      cluster.positions + 0.2 * random_numbers(15, 9),
      {0.3, 0.7, {}, shape}};
  result.hyperparameters.length_scales = VectorXd::LinSpaced(result.features.types, 0.3, 0.6);
  if (!invariant) result.hyperparameters.length_scales *= 4.0;
  return result;
}

std::vector<Setting> all_settings() {
  std::vector<Setting> all;
  for (const GpShape shape : kernel_shapes) {
    for (const bool invariant : {true, false}) all.push_back(setting(invariant, shape));
  }
  return all;
}

MatrixXd block_of(const FeatureSpace& space, const GpHyperparameters& hyperparameters,
                  const VectorXd& one, const VectorXd& other) {
  MatrixXd block(1 + space.dimension(), 1 + space.dimension());
  covariance_block(space, make_kernel(space, hyperparameters), space.at(one), space.at(other),
                   block);
  return block;
}

}  // namespace

TEST_CASE("kernel: the blocks are the oracle's") {
  for (const Setting& set : all_settings()) {
    const ReferenceProcess oracle(set.features, set.hyperparameters, 0.0, {});
    const MatrixXd block =
        block_of(FeatureSpace(set.features), set.hyperparameters, set.one, set.other);
    for (int a = -1; a < int(set.features.dimension()); ++a) {
      for (int b = -1; b < int(set.features.dimension()); ++b) {
        CHECK(block(1 + a, 1 + b) ==
              Approx(oracle.covariance(set.one, a, set.other, b)).margin(1e-13));
      }
    }
  }
}

TEST_CASE("kernel: covariances of gradients are derivatives of those of energies") {
  for (const GpShape shape : kernel_shapes) {
    const Setting set = setting(true, shape);
    const FeatureSpace space(set.features);
    const MatrixXd block = block_of(space, set.hyperparameters, set.one, set.other);
    // Down the columns by the first geometry, along the row of energies by the second.
    const auto first_row = [&](const VectorXd& x) -> VectorXd {
      return block_of(space, set.hyperparameters, x, set.other).row(0);
    };
    const auto corner = [&](const VectorXd& x) -> VectorXd {
      return block_of(space, set.hyperparameters, set.one, x).topLeftCorner(1, 1);
    };
    const Index d = space.dimension();
    const MatrixXd by_first = difference_quotient(set.features, set.one, 1e-3, first_row);
    const MatrixXd by_second = difference_quotient(set.features, set.other, 1e-3, corner);
    CHECK((block.bottomRows(d) - by_first).norm() < 1e-9);
    CHECK((block.row(0).tail(d).transpose() - by_second).norm() < 1e-9);
  }
}

// Where both geometries are one, the third derivative of Matern's has a pole.
TEST_CASE("kernel: Matern's is the textbook's, and finite at no distance") {
  const Setting set = setting(true, GpShape::matern_5_2);
  const FeatureSpace space(set.features);
  const Kernel kernel = make_kernel(space, set.hyperparameters);
  const double r = 0.8, t = std::sqrt(5.0) * r;
  CHECK(radial_factors(kernel, 0.5 * r * r).value ==
        Approx(0.7 * (1.0 + t + 5.0 * r * r / 3.0) * std::exp(-t)).epsilon(1e-14));
  const auto along = [&](double q, double h) {
    const RadialFactors ahead = radial_factors(kernel, q + h),
                        behind = radial_factors(kernel, q - h);
    const RadialFactors here = radial_factors(kernel, q);
    CHECK(here.first == Approx((ahead.value - behind.value) / (2.0 * h)).epsilon(1e-7));
    CHECK(here.second == Approx((ahead.first - behind.first) / (2.0 * h)).epsilon(1e-7));
    CHECK(here.third == Approx((ahead.second - behind.second) / (2.0 * h)).epsilon(1e-7));
  };
  along(0.3, 1e-4);
  along(2.0, 1e-4);
  const Index b = 1 + space.dimension();
  const VectorXd contracted = contract_derivatives(space, kernel, space.at(set.one),
                                                   space.at(set.one), MatrixXd::Identity(b, b));
  CHECK(contracted.allFinite());
  CHECK(contracted(0) == Approx(block_of(space, set.hyperparameters, set.one, set.one).trace() -
                                set.hyperparameters.constant_variance));
}

TEST_CASE("kernel: contracted derivatives by the hyperparameters") {
  for (const Setting& set : all_settings()) {
    const FeatureSpace space(set.features);
    const Index b = 1 + space.dimension();
    const MatrixXd cotangent = random_numbers(b * b, 4).reshaped(b, b);
    const VectorXd found = contract_derivatives(space, make_kernel(space, set.hyperparameters),
                                                space.at(set.one), space.at(set.other), cotangent);
    const auto contracted = [&](Index parameter, double shift) {
      GpHyperparameters moved = set.hyperparameters;
      double& value = parameter == 0 ? moved.signal_variance : moved.length_scales(parameter - 1);
      value *= std::exp(shift);
      return block_of(space, moved, set.one, set.other).cwiseProduct(cotangent).sum();
    };
    REQUIRE(found.size() == 1 + set.features.types);
    for (Index t = 0; t < found.size(); ++t) {
      const double slope = (contracted(t, 1e-5) - contracted(t, -1e-5)) / 2e-5;
      CHECK(found(t) == Approx(slope).epsilon(1e-8).margin(1e-8));
    }
  }
}

TEST_CASE("kernel: what it takes") {
  const Setting set = setting(true);
  const FeatureSpace space(set.features);
  GpHyperparameters wrong = set.hyperparameters;
  wrong.length_scales(0) = 0.0;
  CHECK_THROWS_AS(make_kernel(space, wrong), std::invalid_argument);
  wrong.length_scales.resize(1);
  CHECK_THROWS_AS(make_kernel(space, wrong), std::invalid_argument);
  const VectorXd variance =
      prior_variance(space, make_kernel(space, set.hyperparameters), space.at(set.one));
  const MatrixXd block = block_of(space, set.hyperparameters, set.one, set.one);
  CHECK((variance - block.diagonal()).norm() < 1e-14);
}
