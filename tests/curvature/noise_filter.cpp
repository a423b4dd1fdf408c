// Minima of sampled quadratic functions: what is known stays, what is noise goes.
#include "curvature/noise_filter.hpp"

#include <cmath>

#include "curvature/random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

struct Quadratic {
  Eigen::VectorXd minimum;
  Eigen::MatrixXd curvature, metric, covariance;

  Eigen::VectorXd filtered() const { return without_noise(minimum, curvature, metric, covariance); }
};

Eigen::MatrixXd positive(Eigen::Index size, double smallest, double largest, unsigned seed) {
  return symmetric_matrix(Eigen::VectorXd::LinSpaced(size, smallest, largest), seed);
}

Quadratic random_quadratic(Eigen::Index size) {
  return {random_vector(size, 1), positive(size, 0.5, 8.0, 2), positive(size, 0.2, 2.0, 3),
          positive(size, 0.01, 0.05, 4)};
}

}  // namespace

TEST_CASE("noise filter: without errors the minimum comes back", "[unit]") {
  Quadratic q = random_quadratic(12);
  q.covariance.setZero();
  CHECK((q.filtered() - q.minimum).norm() < 1e-12 * q.minimum.norm());
}

TEST_CASE("noise filter: below the errors nothing is left", "[unit]") {
  Quadratic q = random_quadratic(12);
  q.covariance *= 1e6;
  CHECK(q.filtered().norm() < 1e-12);
}

TEST_CASE("noise filter: each mode by itself, by its own error", "[unit]") {
  Quadratic q;
  q.minimum = Eigen::Vector3d(0.4, -0.4, 0.1);
  q.curvature = Eigen::Vector3d(2.0, 0.5, 1.0).asDiagonal();
  q.metric = Eigen::Matrix3d::Identity();
  q.covariance = Eigen::Vector3d(0.16, 0.01, 0.04).asDiagonal();
  // Errors of the components: 0.4/2, 0.1/0.5, 0.2/1.
  const Eigen::Vector3d expected(0.4 * (1.0 - 0.04 / 0.16), -0.4 * (1.0 - 0.04 / 0.16), 0.0);
  CHECK((q.filtered() - expected).norm() < 1e-7);
}

TEST_CASE("noise filter: the same in any basis", "[unit]") {
  const Quadratic q = random_quadratic(12);
  const Eigen::MatrixXd a = random_matrix(12, 12, 5);
  const Quadratic other{a.partialPivLu().solve(q.minimum), a.transpose() * q.curvature * a,
                        a.transpose() * q.metric * a, a.transpose() * q.covariance * a};
  CHECK((a * other.filtered() - q.filtered()).norm() < 1e-6 * q.filtered().norm());
  CHECK((q.filtered() - q.minimum).norm() > 0.01 * q.minimum.norm());
}

TEST_CASE("noise filter: a direction that the metric does not see stays finite", "[unit]") {
  Quadratic q = random_quadratic(6);
  q.metric.row(2).setZero();
  q.metric.col(2).setZero();
  CHECK(q.filtered().allFinite());
}

// 40 modes of which 4 hold all there is to gain. A minimum as sampled lies above the true one by
// sum_k C_kk/(2 lambda_k) on average: two-sided at 4 sigma of 400 draws. Of a mode that holds
// nothing the filter leaves E[(z - 1/z)^2; |z| > 1] = 1/3 of that, z normal.
TEST_CASE("noise filter: closer to the true minimum on average", "[statistical]") {
  constexpr Eigen::Index size = 40;
  constexpr int draws = 400;
  const Eigen::VectorXd curvature = Eigen::VectorXd::LinSpaced(size, 0.1, 4.0);
  Eigen::VectorXd truth = Eigen::VectorXd::Zero(size);
  for (const Eigen::Index k : {3, 11, 22, 35}) truth[k] = 1.0;
  const double variance = 0.01;  // of each component of the gradient
  Quadratic q{truth, curvature.asDiagonal(), Eigen::MatrixXd::Identity(size, size),
              variance * Eigen::MatrixXd::Identity(size, size)};
  const auto excess = [&](const Eigen::VectorXd& x) {
    return 0.5 * (x - truth).dot(curvature.cwiseProduct(x - truth));
  };
  Eigen::VectorXd sampled(draws), filtered(draws);
  for (int draw = 0; draw < draws; ++draw) {
    const Eigen::VectorXd noise =
        std::sqrt(variance) * random_vector(size, 100 + static_cast<unsigned>(draw));
    q.minimum = truth + noise.cwiseQuotient(curvature);
    sampled[draw] = excess(q.minimum);
    filtered[draw] = excess(q.filtered());
  }
  const double expected = 0.5 * variance * curvature.cwiseInverse().sum();
  const double spread = std::sqrt((sampled.array() - sampled.mean()).square().sum() / (draws - 1));
  CHECK(std::abs(sampled.mean() - expected) < 4.0 * spread / std::sqrt(draws));
  CHECK(filtered.mean() < expected / 2.0);
}
