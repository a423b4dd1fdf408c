#include "montecarlo/extrapolation.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace markhor {

namespace {

constexpr double least_probability = 0.05;

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
    result.probability =
        boost::math::gamma_q(0.5 * result.degrees_of_freedom, 0.5 * result.chi_squared);
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
