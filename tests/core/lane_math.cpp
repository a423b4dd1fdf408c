// The in-line functions against the C library, over their whole stated range.
#include "core/lane_math.hpp"

#include <cmath>
#include <limits>
#include <random>

#include "support/catch.hpp"

using namespace markhor;

namespace {

// Largest relative error of f(x) against exact(x) for 8 x 20000 points with log-uniform or
// uniform spacing as given by draw.
template <class F, class Exact, class Draw>
double worst_relative_error(F f, Exact exact, Draw draw) {
  double worst = 0.0;
  for (int i = 0; i < 20000; ++i) {
    Lanes x;
    for (int lane = 0; lane < lane_count; ++lane) x.set(lane, draw());
    const Lanes y = f(x);
    for (int lane = 0; lane < lane_count; ++lane) {
      const double e = exact(x[lane]);
      worst = std::max(worst, std::abs(y[lane] - e) / std::abs(e));
    }
  }
  return worst;
}

class Uniform {
 public:
  Uniform(double low, double high) : distribution_(low, high) {}
  double operator()() { return distribution_(generator_); }

 private:
  std::mt19937_64 generator_{7};
  std::uniform_real_distribution<double> distribution_;
};

}  // namespace

TEST_CASE("exponential agrees with std::exp", "[unit]") {
  const auto exact = [](double x) { return std::exp(x); };
  CHECK(worst_relative_error([](Lanes x) { return exponential(x); }, exact, Uniform(-700, 700)) <
        5e-16);
  CHECK(worst_relative_error([](Lanes x) { return exponential_of_negative(x); }, exact,
                             Uniform(-700, 0)) < 7e-16);
  CHECK(worst_relative_error([](Lanes x) { return exponential_of_negative(x); }, exact,
                             Uniform(-1, 0)) < 7e-16);
}

TEST_CASE("exponential at the ends of its range", "[unit]") {
  const double infinity = std::numeric_limits<double>::infinity();
  CHECK(exponential(Lanes(-1e6))[0] == 0.0);
  CHECK(exponential(Lanes(-infinity))[1] == 0.0);
  CHECK(exponential(Lanes(1e4))[2] == infinity);
  CHECK(exponential(Lanes(0.0))[3] == 1.0);
  CHECK(std::isnan(exponential(Lanes(std::nan("")))[4]));
  CHECK(exponential_of_negative(Lanes(-1e9))[5] < 1e-300);
}

TEST_CASE("logarithm agrees with std::log", "[unit]") {
  Uniform exponent(-300, 300);
  const auto wide = [&] { return std::pow(10.0, exponent()); };
  const auto exact = [](double x) { return std::log(x); };
  CHECK(worst_relative_error([](Lanes x) { return logarithm(x); }, exact, wide) < 1e-15);
  CHECK(worst_relative_error([](Lanes x) { return logarithm(x); }, exact, Uniform(0.001, 0.999)) <
        1e-15);
}

TEST_CASE("reciprocal square root agrees with 1/sqrt", "[unit]") {
  Uniform exponent(-36, 36);
  const auto wide = [&] { return std::pow(10.0, exponent()); };
  CHECK(worst_relative_error([](Lanes x) { return reciprocal_square_root(x); },
                             [](double x) { return 1.0 / std::sqrt(x); }, wide) < 4e-16);
}

TEST_CASE("sine and cosine of turns", "[unit]") {
  Uniform turn(0, 1);
  double worst = 0.0;
  for (int i = 0; i < 20000; ++i) {
    const double a = turn();
    const SineCosine result = sine_cosine_of_turns(Lanes(a));
    const long double x = 2.0L * 3.14159265358979323846264338327950288L * a;
    worst = std::max(worst, std::abs(static_cast<double>(result.sine[0] - std::sin(x))));
    worst = std::max(worst, std::abs(static_cast<double>(result.cosine[5] - std::cos(x))));
  }
  CHECK(worst < 5e-16);
}

TEST_CASE("masks select lane by lane and reject NaN", "[unit]") {
  Lanes x;
  for (int lane = 0; lane < lane_count; ++lane) x.set(lane, lane);
  const LaneMask low = x < Lanes(3.0);
  CHECK(mask_bits(low) == 0b00000111U);
  CHECK(mask_bits(mask_from_bits(0b10110010U)) == 0b10110010U);
  CHECK(select(low, Lanes(1.0), Lanes(2.0))[2] == 1.0);
  CHECK(select(low, Lanes(1.0), Lanes(2.0))[3] == 2.0);
  CHECK(any(low));
  x.set(1, std::nan(""));
  CHECK(mask_bits(x < Lanes(3.0)) == 0b00000101U);
  CHECK_FALSE(any(Lanes(std::nan("")) < Lanes(1.0)));
  CHECK(sum_of_lanes(Lanes(0.5)) == 4.0);
}

TEST_CASE("scaled complementary error function agrees with std::erfc", "[unit]") {
  const auto exact = [](double x) { return std::exp(x * x) * std::erfc(x); };
  const auto ours = [](Lanes x) { return scaled_complementary_error(x); };
  CHECK(worst_relative_error(ours, exact, Uniform(1, 5)) < 5e-14);
}
