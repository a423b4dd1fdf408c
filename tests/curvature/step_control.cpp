#include "curvature/step_control.hpp"

#include <cmath>
#include <limits>
#include <random>

#include "support/catch.hpp"

using namespace markhor;

namespace {

StepQuality quality(double predicted, double actual, double error = 0.0) {
  return judge_step({predicted, actual, error}, {}).quality;
}

}  // namespace

TEST_CASE("step control: without noise the ratio decides, on both sides and for both signs") {
  for (const double predicted : {-2.0, 2.0}) {
    CHECK(quality(predicted, predicted) == StepQuality::good);
    CHECK(quality(predicted, 1.5 * predicted) == StepQuality::fair);
    CHECK(quality(predicted, 0.5 * predicted) == StepQuality::fair);
    CHECK(quality(predicted, 0.1 * predicted) == StepQuality::poor);
    CHECK(quality(predicted, 3.0 * predicted) == StepQuality::poor);
    CHECK(quality(predicted, -0.1 * predicted) == StepQuality::rejected);
    CHECK(quality(predicted, 5.0 * predicted) == StepQuality::rejected);
  }
  CHECK(quality(-1.0, std::numeric_limits<double>::quiet_NaN()) == StepQuality::rejected);
  CHECK(quality(0.0, 0.0) != StepQuality::rejected);
  CHECK(judge_step({-2.0, -1.0, 0.4}, {}).ratio == 0.5);
  CHECK(judge_step({-2.0, -1.0, 0.4}, {}).ratio_error == Approx(0.2));
}

TEST_CASE("step control: noise neither condemns nor praises") {
  // A rise of 0.1 is no rise with an error of 0.06, but less than was promised; and it is one with
  // an error of 0.04.
  CHECK(quality(-1.0, 0.1, 0.06) == StepQuality::poor);
  CHECK(quality(-1.0, 0.1, 0.2) == StepQuality::fair);
  CHECK(quality(-1.0, 0.1, 0.04) == StepQuality::rejected);
  // The right change, but the error is as large as the change.
  CHECK(quality(-1.0, -1.0, 0.4) == StepQuality::good);
  CHECK(quality(-1.0, -1.0, 0.6) == StepQuality::fair);
}

TEST_CASE("step control: a right model is rejected as often as the sigmas say", "[statistical]") {
  std::mt19937_64 generator(11);
  std::normal_distribution<double> normal;
  // Nothing predicted, nothing changes: |noise| < 2 sigma in 95.45 %.
  constexpr int draws = 40000;
  int accepted = 0;
  for (int i = 0; i < draws; ++i) {
    accepted += judge_step({0.0, 0.3 * normal(generator), 0.3}, {}).accepted ? 1 : 0;
  }
  const double expected = std::erf(2.0 / std::sqrt(2.0));
  const double sigma = std::sqrt(expected * (1.0 - expected) / draws);
  CHECK(std::abs(double(accepted) / draws - expected) < 4.0 * sigma);
}

TEST_CASE("step control: radius and shift follow the verdict") {
  const StepOutcome good{-1.0, -1.0, 0.0, 0.2, true}, inside{-1.0, -1.0, 0.0, 0.1, false};
  const StepOutcome poor{-1.0, -0.1, 0.0, 0.1, false}, rejected{-1.0, 1.0, 0.0, 0.2, true};
  RadiusOptions radius;
  radius.smallest = 0.07;
  radius.largest = 0.3;
  const auto next = [&](const StepOutcome& outcome) {
    return next_trust_radius(judge_step(outcome, {}), outcome, 0.2, radius);
  };
  CHECK(next(good) == 0.3);
  CHECK(next(inside) == 0.2);
  CHECK(next(poor) == 0.07);  // half the step, no less than the smallest
  CHECK(next(rejected) == 0.1);

  const ShiftOptions shift;
  CHECK(next_level_shift(judge_step(good, {}), 1e-3, shift) == Approx(1e-4));
  CHECK(next_level_shift(judge_step(poor, {}), 1e-3, shift) == Approx(std::sqrt(10.0) * 1e-3));
  CHECK(next_level_shift(judge_step(rejected, {}), 1e-3, shift) == Approx(1e-2));
  CHECK(next_level_shift(judge_step(rejected, {}), 0.0, shift) == Approx(1e-11));
}
