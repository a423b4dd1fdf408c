#include "gp/likelihood.hpp"

#include <cmath>
#include <numbers>

#include "gp/lapack.hpp"

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd covariance_rows(const FeatureSpace& space, const Kernel& kernel,
                         const std::vector<GpDatum>& data, int first) {
  const Index b = 1 + space.dimension(), count = Index(data.size());
  MatrixXd rows = MatrixXd::Zero((count - first) * b, count * b);
  for (Index i = first; i < count; ++i) {
    const GpDatum& datum = data[std::size_t(i)];
    for (Index j = 0; j <= i; ++j) {
      covariance_block(space, kernel, datum.point, data[std::size_t(j)].point,
                       rows.block((i - first) * b, j * b, b, b));
    }
    rows.block((i - first) * b, i * b, b, b).diagonal() += datum.noise;
  }
  return rows;
}

VectorXd stacked_values(const std::vector<GpDatum>& data) {
  VectorXd stacked(data.empty() ? 0 : Index(data.size()) * data.front().values.size());
  Index start = 0;
  for (const GpDatum& datum : data) {
    stacked.segment(start, datum.values.size()) = datum.values;
    start += datum.values.size();
  }
  return stacked;
}

Likelihood likelihood(const FeatureSpace& space, const Kernel& kernel,
                      const std::vector<GpDatum>& data) {
  Likelihood result;
  result.found = result.factor.extend(covariance_rows(space, kernel, data, 0));
  if (!result.found) return result;
  const VectorXd y = stacked_values(data);
  result.weights = result.factor.solve(y);
  result.quadratic_form = y.dot(result.weights);
  result.log_determinant = result.factor.log_determinant();
  result.negative_log = 0.5 * (double(y.size()) * std::log(2.0 * std::numbers::pi) +
                               result.log_determinant + result.quadratic_form);
  result.found = std::isfinite(result.negative_log);
  return result;
}

VectorXd likelihood_gradient(const FeatureSpace& space, const Kernel& kernel,
                             const std::vector<GpDatum>& data, const Likelihood& at) {
  const Index b = 1 + space.dimension(), count = Index(data.size());
  MatrixXd inverse = at.factor.lower();
  invert_from_factor(inverse);
  VectorXd gradient = VectorXd::Zero(1 + space.map().types);
  MatrixXd cotangent(b, b);
  for (Index i = 0; i < count; ++i) {
    for (Index j = 0; j <= i; ++j) {
      // The block of K^-1 - a a^T.
      cotangent = inverse.block(i * b, j * b, b, b);
      if (i == j) cotangent = MatrixXd(cotangent.selfadjointView<Eigen::Lower>());
      cotangent.noalias() -=
          at.weights.segment(i * b, b) * at.weights.segment(j * b, b).transpose();
      // 1/2 of the trace; a block off the diagonal occurs twice in it.
      gradient +=
          (i == j ? 0.5 : 1.0) * contract_derivatives(space, kernel, data[std::size_t(i)].point,
                                                      data[std::size_t(j)].point, cotangent);
    }
  }
  return gradient;
}

}  // namespace markhor
