#include "saddle/followed_mode.hpp"

#include "support/catch.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

const VectorXd second{{0.1, -0.9, 0.3}};  // overlaps: the second mode was climbed so far

}  // namespace

TEST_CASE("followed mode: the lowest at first, then the one that was climbed") {
  CHECK(followed_mode(VectorXd{{-0.3, -0.1, 0.2}}, {}, false) == 0);
  CHECK(followed_mode(VectorXd{{-0.3, -0.1, 0.2}}, second, false) == 1);
}

TEST_CASE("followed mode: one that has turned upwards is left") {
  CHECK(followed_mode(VectorXd{{-0.1, 0.02, 0.2}}, second, false) == 0);
  CHECK(followed_mode(VectorXd{{0.006, 0.007, 0.2}}, second, false) == 0);
  CHECK(followed_mode(VectorXd{{-0.1, 0.02, 0.2}}, second, true) == 1);
}

TEST_CASE("followed mode: a soft one is left only where another is negative") {
  CHECK(followed_mode(VectorXd{{-0.001, 0.002, 0.2}}, second, false) == 0);
  CHECK(followed_mode(VectorXd{{-0.0001, 0.002, 0.2}}, second, false) == 1);
  CHECK(followed_mode(VectorXd{{-0.001, -0.0001, 0.2}}, second, false) == 1);
  CHECK(followed_mode(VectorXd{{-0.001, 0.002, 0.2}}, second, true) == 1);
}
