// The pieces together: minima and saddle points found by the augmented-Hessian step, step control
// and Hessian updates, without and with noise.
#include <cmath>
#include <functional>
#include <random>

#include "curvature/augmented_hessian.hpp"
#include "curvature/quasi_newton.hpp"
#include "curvature/step_control.hpp"
#include "model_functions.hpp"
#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

using Function = std::function<FunctionPoint(const VectorXd&)>;
using Update = std::function<HessianUpdate(const MatrixXd&, const VectorXd&, const VectorXd&)>;

struct Search {
  VectorXd x;
  FunctionPoint point;
  int evaluations = 0;
  bool converged = false;
};

// Saddle searches climb any hill on which the model is right, so that the radius stays below twice
// the first one. With an update the Hessian is computed at the start only; rejected steps teach it
// too.
Search find_stationary_point(const Function& function, VectorXd start, double radius,
                             AugmentedHessianOptions options, const Update& update = nullptr) {
  Search search{start, function(start), 1, false};
  RadiusOptions limits;
  limits.largest = options.maximized.empty() ? 10.0 * radius : 2.0 * radius;
  for (; search.evaluations < 500; ++search.evaluations) {
    search.converged = search.point.gradient.norm() < 1e-9;
    if (search.converged) break;
    options.trust_radius = radius;
    const AugmentedHessianStep step =
        augmented_hessian_step(search.point.gradient, search.point.hessian, options);
    REQUIRE(step.found);
    FunctionPoint next = function(search.x + step.step);
    const double error = 1e-13 * std::max(1.0, std::abs(next.value));
    const StepOutcome outcome{step.predicted_change, next.value - search.point.value, error,
                              step.length, step.at_boundary};
    const StepVerdict verdict = judge_step(outcome, {});
    radius = next_trust_radius(verdict, outcome, radius, limits);
    if (update) {
      const VectorXd change = next.gradient - search.point.gradient;
      next.hessian = update(search.point.hessian, step.step, change).hessian;
      search.point.hessian = next.hessian;
    }
    if (!verdict.accepted) continue;
    search.x += step.step;
    search.point = next;
  }
  return search;
}

int negative_modes(const MatrixXd& hessian) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(hessian, Eigen::EigenvaluesOnly);
  return int((solver.eigenvalues().array() < 0.0).count());
}

VectorXd vector2(double x, double y) { return Eigen::Vector2d(x, y); }

}  // namespace

TEST_CASE("minima: Rosenbrock's valley, with exact and with updated Hessians") {
  for (const Index n : {2, 10}) {
    // The usual start for two; for more it ends in a second minimum near (-1, 1, ..., 1).
    VectorXd start = VectorXd::Zero(n);
    if (n == 2) start = vector2(-1.2, 1.0);
    const Search exact = find_stationary_point(rosenbrock, start, 0.3, {});
    REQUIRE(exact.converged);
    CHECK((exact.x - VectorXd::Ones(n)).norm() < 1e-8);
    CHECK(exact.evaluations < 60);
    for (const Update& update : {Update(bfgs_update), Update(sr1_update)}) {
      const Search updated = find_stationary_point(rosenbrock, start, 0.3, {}, update);
      REQUIRE(updated.converged);
      CHECK((updated.x - VectorXd::Ones(n)).norm() < 1e-8);
      CHECK(updated.evaluations < 150);
    }
  }
}

TEST_CASE("saddles: the two of Muller and Brown") {
  const VectorXd saddles[] = {vector2(-0.8220015587, 0.6243128028),
                              vector2(0.2124865820, 0.2929883251)};
  const double values[] = {-40.66484351, -72.24894011};
  const VectorXd starts[] = {vector2(-1.0, 0.75), vector2(0.35, 0.2)};
  for (int k = 0; k < 2; ++k) {
    for (const bool common : {false, true}) {
      for (const Update& update : {Update(), Update(bofill_update)}) {
        AugmentedHessianOptions options;
        options.maximized = {0};
        options.common_shift = common;
        const Search search =
            find_stationary_point(mueller_brown, starts[k], 0.05, options, update);
        REQUIRE(search.converged);
        CHECK((search.x - saddles[k]).norm() < 1e-8);
        CHECK(search.point.value == Approx(values[k]).epsilon(1e-9));
        CHECK(negative_modes(mueller_brown(search.x).hessian) == 1);
        CHECK(search.evaluations < (update ? 40 : 20));
      }
    }
  }
}

TEST_CASE("saddles: uphill from the minimum along the soft mode") {
  const Search minimum =
      find_stationary_point(mueller_brown, vector2(-0.1, 0.5), 0.1, AugmentedHessianOptions{});
  REQUIRE(minimum.converged);
  CHECK(minimum.point.value == Approx(-80.76781812));
  AugmentedHessianOptions options;
  options.maximized = {0};
  const Search saddle =
      find_stationary_point(mueller_brown, minimum.x + vector2(1e-6, 0.0), 0.05, options);
  REQUIRE(saddle.converged);
  CHECK(negative_modes(saddle.point.hessian) == 1);
  CHECK(saddle.evaluations < 20);
}

TEST_CASE("minima: a noisy quadratic function ends in the distribution of its noise",
          "[statistical]") {
  // Gradients have noise of covariance sigma^2, values of 0.01; from a start far away the search
  // comes down to the noise, where a Newton step puts H (x - x_min)/sigma at a normal variate per
  // component, whatever happened before. chi^2 of 300 runs of 6: 1 +- sqrt(2/1800); four sigmas.
  constexpr Index n = 6;
  constexpr int runs = 300;
  constexpr double sigma = 0.01, value_error = 0.01;
  const MatrixXd h = symmetric_matrix(VectorXd::LinSpaced(n, 0.5, 5.0), 1);
  const VectorXd minimum = random_vector(n, 2);
  std::mt19937_64 generator(3);
  std::normal_distribution<double> normal;
  const auto noisy_gradient = [&](const VectorXd& x) -> VectorXd {
    return h * (x - minimum) + sigma * VectorXd::NullaryExpr(n, [&] { return normal(generator); });
  };
  double chi_squared = 0.0;
  int rejected = 0;
  for (int run = 0; run < runs; ++run) {
    VectorXd x = minimum + 3.0 * random_vector(n, 100 + unsigned(run));
    double radius = 0.5;
    for (int iteration = 0; iteration < 25; ++iteration) {
      AugmentedHessianOptions options;
      options.trust_radius = radius;
      const AugmentedHessianStep step = augmented_hessian_step(noisy_gradient(x), h, options);
      const VectorXd before = x - minimum, after = before + step.step;
      const double change = 0.5 * (after.dot(h * after) - before.dot(h * before));
      const StepOutcome outcome{step.predicted_change, change + value_error * normal(generator),
                                value_error, step.length, step.at_boundary};
      const StepVerdict verdict = judge_step(outcome, {});
      radius = next_trust_radius(verdict, outcome, radius, {0.1, 4.0});
      if (verdict.accepted) x += step.step;
      rejected += verdict.accepted ? 0 : 1;
    }
    chi_squared += (h * (x - minimum)).squaredNorm() / (sigma * sigma * n);
  }
  CHECK(std::abs(chi_squared / runs - 1.0) < 4.0 * std::sqrt(2.0 / (runs * n)));
  // Wrongly rejected: one in 22 at two sigmas once nothing is predicted, none before.
  CHECK(rejected > 0);
  CHECK(double(rejected) / (25.0 * runs) < 0.05);
}
