#include "optimize/oscillators.hpp"

#include <random>

namespace markhor::testing {

DerivativeSamples oscillator_samples(const Eigen::VectorXd& alpha, Eigen::Index samples,
                                     std::uint64_t seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  const Eigen::Index n = alpha.size();
  DerivativeSamples result;
  result.energies.resize(samples);
  result.weights = Eigen::VectorXd::Ones(samples);
  result.log_derivatives.resize(samples, n);
  result.energy_derivatives.resize(samples, n);
  result.linear = Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(n, false);
  for (Eigen::Index s = 0; s < samples; ++s) {
    double energy = 0.0;
    for (Eigen::Index d = 0; d < n; ++d) {
      const double x = normal(generator) / std::sqrt(2.0 * alpha[d]);
      energy += 0.5 * (alpha[d] + x * x * (1.0 - alpha[d] * alpha[d]));
      result.log_derivatives(s, d) = -0.5 * x * x;
      result.energy_derivatives(s, d) = 0.5 - alpha[d] * x * x;
    }
    result.energies[s] = energy;
  }
  return result;
}

DerivativeSamples many_parameters(Eigen::Index parameters, Eigen::Index samples,
                                  std::uint64_t seed) {
  const Eigen::VectorXd alpha = Eigen::VectorXd::LinSpaced(12, 0.6, 1.5);
  const DerivativeSamples few = oscillator_samples(alpha, samples, seed);
  std::mt19937_64 generator(seed + 1);
  std::normal_distribution<double> normal;
  const auto draw = [&](double) { return normal(generator); };
  const Eigen::MatrixXd mixture = Eigen::MatrixXd::Zero(12, parameters).unaryExpr(draw);
  DerivativeSamples result = few;
  result.log_derivatives = few.log_derivatives * mixture +
                           0.3 * Eigen::MatrixXd::Zero(samples, parameters).unaryExpr(draw);
  // Every derivative of the local energy has mean zero only on average: noise of its own.
  result.energy_derivatives = few.energy_derivatives * mixture +
                              0.3 * Eigen::MatrixXd::Zero(samples, parameters).unaryExpr(draw);
  result.linear = Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(parameters, false);
  return result;
}

}  // namespace markhor::testing
