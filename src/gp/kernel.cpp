#include "gp/kernel.hpp"

#include <cmath>
#include <stdexcept>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

Kernel make_kernel(const FeatureSpace& space, const GpHyperparameters& hyperparameters) {
  const VectorXd& lengths = hyperparameters.length_scales;
  if (lengths.size() != space.map().types || !(lengths.array() > 0.0).all() ||
      !(hyperparameters.signal_variance > 0.0) || !(hyperparameters.constant_variance >= 0.0)) {
    throw std::invalid_argument("make_kernel: one positive length scale a type, s^2 > 0, c >= 0");
  }
  Kernel kernel{hyperparameters.constant_variance, hyperparameters.signal_variance,
                VectorXd(space.size())};
  for (Index p = 0; p < space.size(); ++p) {
    const double length = lengths(space.type(p));
    kernel.weights(p) = 1.0 / (length * length);
  }
  return kernel;
}

namespace {

// What every covariance of two geometries is made of, in the names of kernel.hpp.
struct KernelPair {
  VectorXd difference, weighted;  // P: D_p, w_p D_p
  double k = 0.0;
  VectorXd s, s_other;  // D
};

KernelPair kernel_pair(const FeatureSpace& space, const Kernel& kernel, const FeaturePoint& point,
                       const FeaturePoint& other) {
  KernelPair pair;
  pair.difference = point.values - other.values;
  pair.weighted = kernel.weights.cwiseProduct(pair.difference);
  pair.k = kernel.signal_variance * std::exp(-pair.weighted.dot(pair.difference));
  pair.s = space.pulled_back(point, pair.weighted);
  pair.s_other = space.pulled_back(other, pair.weighted);
  return pair;
}

}  // namespace

void covariance_block(const FeatureSpace& space, const Kernel& kernel, const FeaturePoint& point,
                      const FeaturePoint& other, Eigen::Ref<MatrixXd> block) {
  const Index d = space.dimension();
  const auto [difference, weighted, k, s, s_other] = kernel_pair(space, kernel, point, other);
  // Small and contiguous, unlike the block of a large matrix to which the pairs would be scattered.
  MatrixXd inner = (-4.0 * k) * s * s_other.transpose();
  space.add_product(point, other, (2.0 * k) * kernel.weights, inner);
  block(0, 0) = kernel.constant_variance + k;
  block.col(0).tail(d) = (-2.0 * k) * s;
  block.row(0).tail(d) = (2.0 * k) * s_other.transpose();
  block.bottomRightCorner(d, d) = inner;
}

VectorXd prior_variance(const FeatureSpace& space, const Kernel& kernel,
                        const FeaturePoint& point) {
  const Index d = space.dimension();
  MatrixXd inner = MatrixXd::Zero(d, d);
  space.add_product(point, point, (2.0 * kernel.signal_variance) * kernel.weights, inner);
  VectorXd variance(1 + d);
  variance << kernel.constant_variance + kernel.signal_variance, inner.diagonal();
  return variance;
}

VectorXd contract_derivatives(const FeatureSpace& space, const Kernel& kernel,
                              const FeaturePoint& point, const FeaturePoint& other,
                              const MatrixXd& cotangent) {
  const Index d = space.dimension();
  const auto [difference, weighted, k, s, s_other] = kernel_pair(space, kernel, point, other);

  const auto inner = cotangent.bottomRightCorner(d, d);
  const VectorXd column = cotangent.col(0).tail(d), row = cotangent.row(0).tail(d);
  const VectorXd m_s_other = inner * s_other, m_s = inner.transpose() * s;
  const VectorXd jmj = kernel.weights.cwiseProduct(space.sandwich(point, other, inner));
  const double whole = k * (cotangent(0, 0) - 2.0 * column.dot(s) + 2.0 * row.dot(s_other) +
                            2.0 * jmj.sum() - 4.0 * s.dot(m_s_other));

  // dw_p/dtheta_t = -2 w_p of the type's own pairs; k depends on theta_t through q_t.
  const VectorXd left = space.along(point, 4.0 * column + 8.0 * m_s_other);
  const VectorXd right = space.along(other, 8.0 * m_s - 4.0 * row);
  VectorXd result = VectorXd::Zero(1 + space.map().types);
  result(0) = whole;
  for (Index p = 0; p < space.size(); ++p) {
    const double q = weighted(p) * difference(p);
    result(1 + space.type(p)) +=
        2.0 * q * whole + k * (weighted(p) * (left(p) + right(p)) - 4.0 * jmj(p));
  }
  return result;
}

}  // namespace markhor
