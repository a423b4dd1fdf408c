#include "montecarlo/statistics.hpp"

#include <cmath>
#include <random>

#include "support/catch.hpp"

using namespace markhor;

namespace {

// x_t = a x_(t-1) + noise of variance 1 - a^2: mean 0, variance 1, tau = (1 + a)/(1 - a).
std::vector<double> autoregressive(double a, std::size_t length, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  std::vector<double> series(length);
  double x = normal(generator);
  for (double& value : series) {
    x = a * x + std::sqrt(1.0 - a * a) * normal(generator);
    value = x;
  }
  return series;
}

}  // namespace

TEST_CASE("blocking: error and autocorrelation time of a known process", "[statistical]") {
  // tau = 1, 3 and 19 exactly. The error of a blocked error is about sqrt(1/2 blocks); with 2^16
  // values the chosen blocks leave more than 500 of them, so 15 % is above four sigmas.
  for (const double a : {0.0, 0.5, 0.9}) {
    const double tau = (1.0 + a) / (1.0 - a);
    constexpr std::size_t length = 1 << 16;
    const Estimate estimate = estimate_mean(autoregressive(a, length, 17));
    const double error = std::sqrt(tau / length);
    CHECK(estimate.settled);
    CHECK(std::abs(estimate.error / error - 1.0) < 0.15);
    CHECK(std::abs(estimate.autocorrelation_time / tau - 1.0) < 0.3);
    CHECK(std::abs(estimate.value) < 4.0 * error);
  }
}

TEST_CASE("blocking: the error bars of 400 runs are right", "[statistical]") {
  // chi^2 of 400 independent means: 1 +- sqrt(2/400) = 0.07 per degree of freedom, four sigmas
  // 0.28; the noise of each run's own error bar adds a few per cent upwards.
  constexpr int runs = 400;
  double chi_squared = 0.0;
  for (int run = 0; run < runs; ++run) {
    const Estimate estimate = estimate_mean(autoregressive(0.7, 4096, 100u + unsigned(run)));
    chi_squared += std::pow(estimate.value / estimate.error, 2);
  }
  CHECK(chi_squared / runs > 0.72);
  CHECK(chi_squared / runs < 1.36);
}

TEST_CASE("walkers as blocks: right error bars where blocks in time miss a slow mode",
          "[statistical]") {
  // Each walker is a fast process plus a slow one of a tenth of its variance: tau = 1 and 199. 300
  // runs of 64 walkers: chi^2 per run 1 +- 0.08, times 63/61 for the noise of the error; four
  // sigmas.
  constexpr int runs = 300, walkers = 64;
  constexpr std::size_t length = 4000;
  double chi_squared = 0.0;
  std::mt19937_64 generator(8);
  std::normal_distribution<double> normal;
  for (int run = 0; run < runs; ++run) {
    // The walkers' means are drawn directly: variance (1 + 0.1 * 199)/length each.
    std::vector<double> means(walkers);
    for (double& mean : means) mean = std::sqrt((1.0 + 0.1 * 199.0) / length) * normal(generator);
    double mean = 0.0, spread = 0.0;
    for (const double m : means) mean += m / walkers;
    for (const double m : means) spread += (m - mean) * (m - mean);
    std::vector<double> series(length, mean);
    for (std::size_t t = 0; t < length; ++t) series[t] += t % 2 == 0 ? 0.01 : -0.01;
    const Estimate estimate = estimate_from_walkers(series, spread, walkers);
    CHECK(std::abs(estimate.value - mean) < 1e-12);
    chi_squared += std::pow(mean / estimate.error, 2);
  }
  CHECK(chi_squared / runs > 0.68);
  CHECK(chi_squared / runs < 1.38);
}

TEST_CASE("blocking: a short series does not pretend", "[unit]") {
  CHECK_FALSE(estimate_mean(autoregressive(0.99, 64, 3)).settled);
  CHECK(estimate_mean(std::vector<double>(100, -0.5)).error == 0.0);
  CHECK(estimate_mean(std::vector<double>(100, -0.5)).settled);
  CHECK(estimate_mean({}).value == 0.0);
}

TEST_CASE("blocking levels halve the blocks", "[unit]") {
  const auto levels = blocking_analysis(std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  REQUIRE(levels.size() == 3);
  CHECK(levels[0].blocks == 9);
  CHECK(levels[1].block_length == 2);
  CHECK(levels[1].blocks == 4);
  CHECK(levels[2].blocks == 2);
  // Means 2.5 and 6.5: variance of the mean 8/2 = 4, and its error sqrt(4) = 2.
  CHECK(levels[2].error == Approx(2.0));
}

TEST_CASE("equilibration: an exponential transient is found and cut", "[statistical]") {
  std::vector<double> series = autoregressive(0.5, 2000, 5);
  const std::int64_t none = transient_length(series, 20);
  CHECK(none < 600);
  for (std::size_t i = 0; i < series.size(); ++i) series[i] += 40.0 * std::exp(-double(i) / 60.0);
  const std::int64_t some = transient_length(series, 20);
  // After six decay times the transient is 0.1 of a standard deviation.
  CHECK(some >= 180);
  CHECK(some <= 900);
  // A drift without end leaves nothing to keep.
  for (std::size_t i = 0; i < series.size(); ++i) series[i] = double(i);
  CHECK(transient_length(series, 20) == 1000);
}
