#include "gp/scaled_conjugate_gradients.hpp"

#include <cmath>
#include <limits>

#include "support/catch.hpp"

using namespace markhor;

using Eigen::VectorXd;

namespace {

ScgOptions tight() {
  ScgOptions options;
  options.step_tolerance = 1e-8;
  options.function_tolerance = 1e-14;
  options.max_iterations = 2000;
  return options;
}

}  // namespace

TEST_CASE("scaled conjugate gradients: a quadratic form in few steps") {
  const VectorXd stiffness = VectorXd::LinSpaced(6, 1.0, 30.0),
                 target = VectorXd::LinSpaced(6, -1, 2);
  const ScgFunction function{
      [&](const VectorXd& x) { return 0.5 * (x - target).dot(stiffness.cwiseProduct(x - target)); },
      [&](const VectorXd& x) -> VectorXd { return stiffness.cwiseProduct(x - target); }};
  const ScgResult result = minimize_scg(function, VectorXd::Zero(6), tight());
  CHECK(result.converged);
  CHECK((result.argument - target).norm() < 1e-6);
  CHECK(result.iterations < 60);
}

TEST_CASE("scaled conjugate gradients: Rosenbrock's valley, with curvature of either sign") {
  const ScgFunction function{
      [](const VectorXd& x) {
        return std::pow(1.0 - x(0), 2) + 100.0 * std::pow(x(1) - x(0) * x(0), 2);
      },
      [](const VectorXd& x) -> VectorXd {
        const double valley = x(1) - x(0) * x(0);
        return Eigen::Vector2d(-2.0 * (1.0 - x(0)) - 400.0 * x(0) * valley, 200.0 * valley);
      }};
  const ScgResult result = minimize_scg(function, Eigen::Vector2d(-1.2, 1.0), tight());
  CHECK(result.converged);
  CHECK((result.argument - Eigen::Vector2d(1.0, 1.0)).norm() < 1e-4);
  ScgOptions few = tight();
  few.max_iterations = 5;
  CHECK_FALSE(minimize_scg(function, Eigen::Vector2d(-1.2, 1.0), few).converged);
}

TEST_CASE("scaled conjugate gradients: stays where the function has a value") {
  constexpr double none = std::numeric_limits<double>::infinity();
  const ScgFunction function{
      [](const VectorXd& x) { return x(0) > 0.0 ? x(0) - std::log(x(0)) : none; },
      [](const VectorXd& x) -> VectorXd { return VectorXd::Constant(1, 1.0 - 1.0 / x(0)); }};
  ScgOptions options = tight();
  options.shift = 1e-6;
  const ScgResult result = minimize_scg(function, VectorXd::Constant(1, 30.0), options);
  CHECK(result.converged);
  CHECK(result.argument(0) == Approx(1.0).epsilon(1e-5));
  const ScgResult outside = minimize_scg(function, VectorXd::Constant(1, -1.0), options);
  CHECK_FALSE(outside.converged);
  CHECK_FALSE(outside.status.empty());
}
