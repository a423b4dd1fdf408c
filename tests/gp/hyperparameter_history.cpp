#include "gp/hyperparameter_history.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

namespace {

// Three parameters, of which `jumping` change their direction every time.
HyperparameterHistory history(int fits, int jumping) {
  HyperparameterHistory result;
  for (int i = 0; i < fits; ++i) {
    const auto value = [&](int parameter) {
      return std::exp(parameter < jumping ? 0.3 * (i % 2) : 0.1 * i);
    };
    result.add({0.0, value(0), Eigen::Vector2d(value(1), value(2))});
  }
  return result;
}

}  // namespace

TEST_CASE("hyperparameter history: jumps to and fro are noticed when there are enough fits") {
  CHECK(history(6, 3).oscillates());
  CHECK(history(9, 3).oscillates());
  CHECK_FALSE(history(5, 3).oscillates());
  CHECK_FALSE(history(6, 2).oscillates());  // 8 of 12 flips
  CHECK_FALSE(history(6, 0).oscillates());
  HyperparameterHistory cleared = history(6, 3);
  cleared.clear();
  CHECK_FALSE(cleared.oscillates());
}

TEST_CASE("hyperparameter history: only the last fits count") {
  HyperparameterHistory fits = history(6, 3);
  for (int i = 0; i < 5; ++i)
    fits.add({0.0, std::exp(1.0 + i), Eigen::Vector2d::Constant(std::exp(i))});
  CHECK_FALSE(fits.oscillates());
}
