#include "montecarlo/extrapolation.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

constexpr double least_probability = 0.05;

// Probability of a chi squared of at least x: the regularized incomplete gamma function Q(k/2,
// x/2), from Q(1/2, y) = erfc(sqrt(y)) or Q(1, y) = exp(-y) by Q(a + 1, y) = Q(a, y) + y^a
// e^-y/Gamma(a + 1).
double chi_squared_probability(double x, int degrees_of_freedom) {
  const double y = 0.5 * x;
  double a = degrees_of_freedom % 2 == 1 ? 0.5 : 1.0;
  double q = degrees_of_freedom % 2 == 1 ? std::erfc(std::sqrt(y)) : std::exp(-y);
  for (; a < 0.5 * degrees_of_freedom - 0.25; a += 1.0) {
    q += std::exp(a * std::log(std::max(y, 1e-300)) - y - std::lgamma(a + 1.0));
  }
  return q;
}

Extrapolation fit(std::span<const EnergyAtTimeStep> energies, int degree) {
  const auto points = static_cast<Eigen::Index>(energies.size());
  Eigen::MatrixXd a(points, degree + 1);
  Eigen::VectorXd b(points);
  const double origin = energies[0].energy;  // keeps the digits of small differences
  for (Eigen::Index i = 0; i < points; ++i) {
    const EnergyAtTimeStep& e = energies[static_cast<std::size_t>(i)];
    // An exact trial function has no statistical error, but rounding errors.
    const double error = std::max(e.error, 1e-13 * std::max(1.0, std::abs(e.energy)));
    for (int k = 0; k <= degree; ++k) a(i, k) = std::pow(e.time_step, k) / error;
    b[i] = (e.energy - origin) / error;
  }
  const Eigen::MatrixXd covariance = (a.transpose() * a).inverse();
  const Eigen::VectorXd x = a.colPivHouseholderQr().solve(b);
  Extrapolation result;
  result.degree = degree;
  result.coefficients.assign(x.data(), x.data() + x.size());
  result.coefficients[0] += origin;
  result.energy.value = result.coefficients[0];
  result.energy.error = std::sqrt(covariance(0, 0));
  result.chi_squared = (a * x - b).squaredNorm();
  result.degrees_of_freedom = static_cast<int>(points) - degree - 1;
  if (result.degrees_of_freedom > 0) {
    result.probability = chi_squared_probability(result.chi_squared, result.degrees_of_freedom);
  }
  result.acceptable = result.probability >= least_probability;
  return result;
}

}  // namespace

Extrapolation extrapolate(std::span<const EnergyAtTimeStep> energies) {
  const Extrapolation line = fit(energies, 1);
  return line.acceptable || energies.size() < 4 ? line : fit(energies, 2);
}

}  // namespace markhor
