// Two estimates of one difference, and what they decide together.
#include "optimize/difference.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("difference: two estimates by the inverse squares of their errors", "[unit]") {
  const Difference both = combine({1.0, 0.3}, {2.0, 0.6});
  CHECK(both.value == Approx((1.0 / 0.09 + 2.0 / 0.36) / (1.0 / 0.09 + 1.0 / 0.36)));
  CHECK(both.error == Approx(1.0 / std::sqrt(1.0 / 0.09 + 1.0 / 0.36)));
  const Difference other = combine({2.0, 0.6}, {1.0, 0.3});
  CHECK(other.value == Approx(both.value));
  CHECK(other.error == Approx(both.error));
}

TEST_CASE("difference: one without error decides alone", "[unit]") {
  CHECK(combine({1.0, 0.3}, {2.0, 0.0}).value == 2.0);
  CHECK(combine({2.0, 0.0}, {1.0, 0.3}).value == 2.0);
  CHECK(combine({2.0, 0.0}, {2.0, 0.0}).value == 2.0);
  CHECK(combine({2.0, 0.0}, {2.0, 0.0}).error == 0.0);
}

// Water in cc-pVDZ: two samplings found a rise of 3.6 sigma between wave functions of which the
// later was 8 millihartree lower, by correlated sampling.
TEST_CASE("difference: a rise by chance is taken back, a true one is not", "[unit]") {
  const Difference sampled{0.0738, 0.0206};
  REQUIRE(sampled.exceeds(3.0));
  CHECK_FALSE(combine(sampled, {-0.0083, 0.0031}).exceeds(3.0));
  CHECK(combine(sampled, {0.0900, 0.0150}).exceeds(3.0));
  // A comparison that knows less than the samplings changes nothing.
  CHECK(combine(sampled, {-0.0083, 10.0}).exceeds(3.0));
}
