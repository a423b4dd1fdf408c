// Estimates from generations, on series whose answers are known.
#include "montecarlo/dmc_series.hpp"

#include <cmath>

#include "montecarlo/extrapolation.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("undone controls are products over the window", "[unit]") {
  const std::vector<double> before = {std::log(2.0), std::log(3.0)};
  const std::vector<double> now = {std::log(5.0), std::log(7.0), std::log(11.0)};
  const std::vector<double> two = undone_controls(before, now, 2);
  CHECK(two[0] == Approx(15.0));
  CHECK(two[1] == Approx(35.0));
  CHECK(two[2] == Approx(77.0));
  const std::vector<double> all = undone_controls(before, now, 100);
  CHECK(all[2] == Approx(2310.0));
  const std::vector<double> none = undone_controls(before, now, 0);
  CHECK(none[1] == Approx(1.0));
}

TEST_CASE("a ratio of series", "[unit]") {
  const std::vector<double> weights = {1.0, 2.0, 3.0, 4.0}, factors = {1.0, 1.0, 2.0, 2.0};
  const std::vector<double> numerators = {3.0, 6.0, 9.0, 12.0};
  const Estimate estimate = estimate_ratio(numerators, weights, factors);
  CHECK(estimate.value == Approx(3.0));
  CHECK(estimate.error < 1e-14);
}

TEST_CASE("the growth estimator undoes any control", "[unit]") {
  // A population that grows by exp(0.003 tau) a step at trial energy -2, that is energy -2.003, and
  // is divided by whatever factors.
  constexpr double tau = 0.02, growth = 0.003;
  DmcSeries series;
  double weight = 100.0;
  for (int g = 0; g < 64; ++g) {
    const double factor = 1.0 + 0.01 * std::sin(0.7 * g);
    weight *= std::exp(growth * tau) / factor;
    series.weights.push_back(weight);
    series.log_controls.push_back(std::log(factor));
  }
  for (const int window : {0, 10}) {
    const std::vector<double> factors = undone_controls({}, series.log_controls, window);
    const Estimate energy = estimate_growth(series, factors, -2.0, tau);
    CHECK(std::abs(energy.value + 2.0 + growth) < 1e-12);
  }
}

TEST_CASE("extrapolation: a line, and a parabola where a line does not fit", "[unit]") {
  const Extrapolation line =
      extrapolate(std::vector<EnergyAtTimeStep>{{0.01, -1.02, 1e-4}, {0.02, -1.04, 2e-4}});
  CHECK(line.degree == 1);
  CHECK(line.energy.value == Approx(-1.0));
  // Var of 2 e1 - e2.
  CHECK(line.energy.error == Approx(std::sqrt(4e-8 + 4e-8)));
  CHECK(line.degrees_of_freedom == 0);
  std::vector<EnergyAtTimeStep> curve;
  for (const double tau : {0.01, 0.02, 0.04, 0.08}) {
    curve.push_back({tau, -3.0 + 0.5 * tau - 20.0 * tau * tau, 1e-4});
  }
  const Extrapolation parabola = extrapolate(curve);
  CHECK(parabola.degree == 2);
  CHECK(parabola.energy.value == Approx(-3.0).epsilon(1e-12));
  CHECK(parabola.coefficients[2] == Approx(-20.0));
  CHECK(parabola.acceptable);
  // Published quantiles: 95 % of chi squared with one degree of freedom is below 3.841, with two
  // below 5.991.
  const auto with_residual = [](double sigmas, int points) {
    std::vector<EnergyAtTimeStep> data;
    for (int i = 0; i < points; ++i) data.push_back({0.01 * (i + 1), -1.0, 1e-3});
    // The residual of a line through three or four equally spaced points.
    const std::vector<double> shape =
        points == 3 ? std::vector<double>{1, -2, 1} : std::vector<double>{1, -1, -1, 1};
    double norm = 0.0;
    for (const double s : shape) norm += s * s;
    for (std::size_t i = 0; i < data.size(); ++i) {
      data[i].energy += 1e-3 * sigmas * shape[i] / std::sqrt(norm);
    }
    return data;
  };
  CHECK(extrapolate(with_residual(std::sqrt(3.841), 3)).probability == Approx(0.05).epsilon(1e-3));
  CHECK(extrapolate(with_residual(std::sqrt(5.990), 4)).probability == Approx(0.05).epsilon(2e-3));
  curve.pop_back();
  const Extrapolation poor = extrapolate(curve);
  CHECK(poor.degree == 1);
  CHECK_FALSE(poor.acceptable);
}
