#include "saddle/step_trust.hpp"

#include "support/catch.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

SearchPoint point(double x, double energy, double force) {
  SearchPoint result;
  result.positions = VectorXd::Constant(3, 0.0);
  result.positions[0] = x;
  result.value.found = true;
  result.value.energy = energy;
  result.value.force_errors = VectorXd::Zero(3);
  result.forces = force * VectorXd::Unit(3, 0);
  return result;
}

GpPrediction foreseen(double energy, double gradient) {
  return {energy, gradient * VectorXd::Unit(3, 0)};
}

const FreeCoordinates space({{1}, false}, {});

}  // namespace

TEST_CASE("step trust: longer where a step to the boundary was foreseen, up to the longest") {
  StepTrust trust({0.2, 0.1, 0.4, 1.5}, false);
  const SearchPoint from = point(0.0, 0.0, 0.1), to = point(0.2, -0.01, 0.02);
  CHECK(trust.judge(from, to, foreseen(-0.01, -0.02), true, space));
  CHECK(trust.radius() == Approx(0.3));
  CHECK(trust.judge(from, to, foreseen(-0.01, -0.02), true, space));
  CHECK(trust.radius() == Approx(0.4));
  // Within the boundary a good forecast shows nothing about longer steps.
  CHECK(trust.judge(from, to, foreseen(-0.01, -0.02), false, space));
  CHECK(trust.radius() == Approx(0.4));
}

TEST_CASE("step trust: a step that is wrong in energy and gradient is taken back twice") {
  StepTrust trust({0.2, 0.05, 0.4, 1.5}, false);
  const SearchPoint from = point(0.0, 0.0, 0.1), to = point(0.2, 0.1, -0.5);
  for (const double radius : {0.1, 0.1}) {
    CHECK_FALSE(trust.judge(from, to, foreseen(-0.01, 0.0), true, space));
    CHECK(trust.radius() == Approx(radius));
  }
  CHECK(trust.judge(from, to, foreseen(-0.01, 0.0), true, space));
  // Wrong in the gradient alone: kept, no shorter.
  CHECK(trust.judge(from, point(0.2, -0.01, -0.5), foreseen(-0.01, 0.0), false, space));
  CHECK(trust.radius() == Approx(0.1));
}

TEST_CASE("step trust: what errors explain is no surprise") {
  StepTrust trust({0.2, 0.1, 0.4, 1.5}, true);
  CHECK(trust.radius() == Approx(0.3));
  const SearchPoint from = point(0.0, 0.0, 0.1);
  SearchPoint to = point(0.3, 0.05, -0.05);
  to.value.energy_error = 0.1;
  to.value.force_errors = VectorXd::Constant(3, 0.1);
  CHECK(trust.judge(from, to, foreseen(-0.01, -0.05), true, space));
  CHECK(trust.radius() == Approx(0.45));
}
