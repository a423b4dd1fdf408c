#include "optimize/step_scaling.hpp"

#include <cmath>

#include "parallel/communicator.hpp"

namespace markhor {

void fill_change(const CentredSamples& samples, const Eigen::VectorXd& v,
                 const Communicator& communicator, ProposedStep& step) {
  const Eigen::VectorXd nonlinear = samples.linear.select(0.0, v.array()).matrix();
  double square = (samples.o * nonlinear).squaredNorm();
  communicator.sum(std::span<double>(&square, 1));
  square /= samples.total_weight;
  step.change = v.cwiseQuotient(samples.scale);
  double shift = 0.0;
  for (Eigen::Index i = 0; i < v.size(); ++i) {
    if (samples.linear[i]) shift += samples.mean_log[i] * step.change[i];
  }
  step.change /= std::sqrt(1.0 + square) - shift;
  step.norm = std::sqrt(square);
}

}  // namespace markhor
