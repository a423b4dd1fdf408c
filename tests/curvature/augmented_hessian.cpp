#include "curvature/augmented_hessian.hpp"

#include <cmath>

#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd indefinite(Index n, unsigned seed) {
  return symmetric_matrix(VectorXd::LinSpaced(n, -3.0, 8.0), seed);
}

// v/v_0 for an end of the spectrum of [0 g^T; g H] v = lambda [1 0; 0 alpha M] v.
VectorXd dense_step(const VectorXd& g, const MatrixXd& h, const MatrixXd& metric, double alpha,
                    bool highest) {
  const Index n = g.size();
  MatrixXd left = MatrixXd::Zero(n + 1, n + 1), right = MatrixXd::Identity(n + 1, n + 1);
  left.col(0).tail(n) = g;
  left.row(0).tail(n) = g.transpose();
  left.bottomRightCorner(n, n) = h;
  right.bottomRightCorner(n, n) = alpha * metric;
  const Eigen::GeneralizedSelfAdjointEigenSolver<MatrixXd> solver(left, right);
  const VectorXd v = solver.eigenvectors().col(highest ? n : 0);
  return v.tail(n) / v(0);
}

}  // namespace

TEST_CASE("augmented Hessian: the plain step is the lowest eigenvector") {
  for (unsigned seed = 1; seed < 6; ++seed) {
    const VectorXd g = random_vector(8, seed);
    const MatrixXd h = indefinite(8, seed + 10);
    AugmentedHessianOptions options;
    AugmentedHessianStep step = augmented_hessian_step(g, h, options);
    REQUIRE(step.found);
    CHECK_FALSE(step.at_boundary);
    CHECK((step.step - dense_step(g, h, MatrixXd::Identity(8, 8), 1.0, false)).norm() < 1e-9);
    CHECK(step.predicted_change == Approx(g.dot(step.step) + 0.5 * step.step.dot(h * step.step)));
    CHECK(step.predicted_change < 0.0);

    options.metric = symmetric_matrix(VectorXd::LinSpaced(8, 0.2, 5.0), seed + 20);
    step = augmented_hessian_step(g, h, options);
    REQUIRE(step.found);
    CHECK((step.step - dense_step(g, h, options.metric, 1.0, false)).norm() < 1e-9);
    CHECK(step.length == Approx(std::sqrt(step.step.dot(options.metric * step.step))));
  }
}

TEST_CASE("augmented Hessian: on the trust sphere it minimizes the quadratic model") {
  for (unsigned seed = 1; seed < 6; ++seed) {
    for (const double radius : {1e-4, 0.1, 0.3}) {
      const VectorXd g = random_vector(8, seed);
      const MatrixXd h = indefinite(8, seed + 10);
      AugmentedHessianOptions options;
      options.trust_radius = radius;
      options.metric = symmetric_matrix(VectorXd::LinSpaced(8, 0.2, 5.0), seed + 20);
      const AugmentedHessianStep step = augmented_hessian_step(g, h, options);
      REQUIRE(step.found);
      CHECK(step.at_boundary);
      CHECK(step.length == Approx(radius).epsilon(1e-10));
      // More and Sorensen's conditions: (H + shift M) s = -g, H + shift M positive semidefinite.
      const MatrixXd shifted = h + step.level_shift * options.metric;
      CHECK((shifted * step.step + g).norm() < 1e-9 * g.norm());
      CHECK(Eigen::SelfAdjointEigenSolver<MatrixXd>(shifted).eigenvalues()(0) > -1e-10);
      CHECK((step.step - dense_step(g, h, options.metric, step.alpha, false)).norm() <
            1e-7 * radius);
    }
  }
}

TEST_CASE("augmented Hessian: each partition is an eigenproblem of its own") {
  const VectorXd g = random_vector(7, 3);
  const MatrixXd h = indefinite(7, 4), metric = symmetric_matrix(VectorXd::LinSpaced(7, 1, 3), 5);
  const Eigen::GeneralizedSelfAdjointEigenSolver<MatrixXd> solver(h, metric);
  const MatrixXd& u = solver.eigenvectors();
  AugmentedHessianOptions options;
  options.metric = metric;
  options.maximized = {0, 2};
  MatrixXd up(7, 2), down(7, 5);
  up << u.col(0), u.col(2);
  down << u.col(1), u.rightCols(4);
  for (const double radius : {1e3, 0.2}) {
    options.trust_radius = radius;
    const AugmentedHessianStep step = augmented_hessian_step(g, h, options);
    REQUIRE(step.found);
    CHECK(step.at_boundary == (radius < 1.0));
    if (step.at_boundary) CHECK(step.length == Approx(radius).epsilon(1e-10));
    const VectorXd expected = up * dense_step(up.transpose() * g, up.transpose() * h * up,
                                              MatrixXd::Identity(2, 2), step.alpha, true) +
                              down * dense_step(down.transpose() * g, down.transpose() * h * down,
                                                MatrixXd::Identity(5, 5), step.alpha, false);
    CHECK((step.step - expected).norm() < 1e-8);
    CHECK(step.level_shift > 0.0);
    CHECK(step.maximized_shift < 0.0);
  }
}

TEST_CASE("augmented Hessian: the common shift inverts the maximized modes") {
  const VectorXd g = random_vector(6, 7);
  const MatrixXd h = indefinite(6, 8);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(h);
  const MatrixXd flip = MatrixXd::Identity(6, 6) - 2.0 * solver.eigenvectors().col(0) *
                                                       solver.eigenvectors().col(0).transpose();
  AugmentedHessianOptions options;
  options.trust_radius = 0.1;
  const AugmentedHessianStep image = augmented_hessian_step(flip * g, flip * h, options);
  options.maximized = {0};
  options.common_shift = true;
  const AugmentedHessianStep step = augmented_hessian_step(g, h, options);
  CHECK((step.step - image.step).norm() < 1e-12);
  CHECK(step.level_shift == Approx(image.level_shift));
  CHECK(step.maximized_shift == Approx(-image.level_shift));
}

TEST_CASE("augmented Hessian: no gradient along a mode of the wrong curvature") {
  const MatrixXd h = VectorXd::LinSpaced(3, -1.0, 3.0).asDiagonal();  // -1, 1, 3
  const VectorXd g = 0.1 * VectorXd::Unit(3, 2);
  AugmentedHessianOptions options;
  AugmentedHessianStep step = augmented_hessian_step(g, h, options);
  CHECK(step.found);
  CHECK_FALSE(step.at_boundary);
  CHECK(step.step(0) == 0.0);
  CHECK(step.status.find("no trust radius") != std::string::npos);

  options.trust_radius = 0.5;
  step = augmented_hessian_step(g, h, options);
  CHECK(step.at_boundary);
  CHECK(step.length == Approx(0.5));
  CHECK(step.step(0) > 0.0);
  CHECK(step.step(2) == Approx(-0.1 / 4.0));  // (3 + 1) s = -g
  CHECK(step.predicted_change < 0.0);

  // At a minimum with one mode to be climbed.
  options.maximized = {1};
  step = augmented_hessian_step(VectorXd::Zero(3), h.cwiseAbs(), options);
  CHECK(step.at_boundary);
  CHECK(step.length == Approx(0.5));
  CHECK(step.predicted_change == Approx(0.125));

  // A stationary point of the right kind.
  options.maximized = {0};
  step = augmented_hessian_step(VectorXd::Zero(3), h, options);
  CHECK(step.length == 0.0);
  CHECK_FALSE(step.at_boundary);
}

TEST_CASE("augmented Hessian: a wrong call is refused, a bad number reported") {
  const MatrixXd unit = MatrixXd::Identity(3, 3);
  VectorXd g = VectorXd::Ones(3);
  AugmentedHessianOptions options;
  CHECK_THROWS_AS(augmented_hessian_step(g, MatrixXd::Identity(2, 2), options),
                  std::invalid_argument);
  options.maximized = {3};
  CHECK_THROWS_AS(augmented_hessian_step(g, unit, options), std::invalid_argument);
  options.maximized.clear();
  options.metric = -unit;
  CHECK_FALSE(augmented_hessian_step(g, unit, options).found);
  options.metric.resize(0, 0);
  options.trust_radius = 0.0;
  CHECK_THROWS_AS(augmented_hessian_step(g, unit, options), std::invalid_argument);
  options.trust_radius = 1.0;
  g(0) = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(augmented_hessian_step(g, unit, options).found);
}
