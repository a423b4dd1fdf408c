#include "gp/kernel.hpp"

#include <algorithm>
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
                VectorXd(space.size()), hyperparameters.shape};
  for (Index p = 0; p < space.size(); ++p) {
    const double length = lengths(space.type(p));
    kernel.weights(p) = 1.0 / (length * length);
  }
  return kernel;
}

RadialFactors radial_factors(const Kernel& kernel, double q) {
  if (kernel.shape == GpShape::squared_exponential) {
    const double k = kernel.signal_variance * std::exp(-q);
    return {k, -k, k, -k};
  }
  // The third has a pole at 0, where all that it is multiplied by vanishes faster.
  constexpr double smallest = 1e-12;
  const double t = std::sqrt(10.0 * q), k = kernel.signal_variance * std::exp(-t);
  return {(1.0 + t + t * t / 3.0) * k, -5.0 / 3.0 * (1.0 + t) * k, 25.0 / 3.0 * k,
          -125.0 / 3.0 * k / std::max(t, smallest)};
}

namespace {

// What every covariance of two geometries is made of, in the names of kernel.hpp.
struct KernelPair {
  VectorXd difference, weighted;  // P: D_p, w_p D_p
  RadialFactors k;
  VectorXd s, s_other;  // D
};

KernelPair kernel_pair(const FeatureSpace& space, const Kernel& kernel, const FeaturePoint& point,
                       const FeaturePoint& other) {
  KernelPair pair;
  pair.difference = point.values - other.values;
  pair.weighted = kernel.weights.cwiseProduct(pair.difference);
  pair.k = radial_factors(kernel, pair.weighted.dot(pair.difference));
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
  MatrixXd inner = (-4.0 * k.second) * s * s_other.transpose();
  space.add_product(point, other, (-2.0 * k.first) * kernel.weights, inner);
  block(0, 0) = kernel.constant_variance + k.value;
  block.col(0).tail(d) = (2.0 * k.first) * s;
  block.row(0).tail(d) = (-2.0 * k.first) * s_other.transpose();
  block.bottomRightCorner(d, d) = inner;
}

VectorXd prior_variance(const FeatureSpace& space, const Kernel& kernel,
                        const FeaturePoint& point) {
  const Index d = space.dimension();
  MatrixXd inner = MatrixXd::Zero(d, d);
  const RadialFactors k = radial_factors(kernel, 0.0);
  space.add_product(point, point, (-2.0 * k.first) * kernel.weights, inner);
  VectorXd variance(1 + d);
  variance << kernel.constant_variance + k.value, inner.diagonal();
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
  // The contraction of the block whose phi and derivatives are these.
  const auto contraction = [&](double phi, double first, double second) {
    return phi * cotangent(0, 0) + 2.0 * first * (column.dot(s) - row.dot(s_other) - jmj.sum()) -
           4.0 * second * s.dot(m_s_other);
  };
  const double by_q = contraction(k.first, k.second, k.third);

  // dw_p/dtheta_t = -2 w_p of the type's own pairs; phi depends on theta_t through q.
  const VectorXd left = space.along(point, 4.0 * k.first * column - 8.0 * k.second * m_s_other);
  const VectorXd right = space.along(other, -8.0 * k.second * m_s - 4.0 * k.first * row);
  VectorXd result = VectorXd::Zero(1 + space.map().types);
  result(0) = contraction(k.value, k.first, k.second);
  for (Index p = 0; p < space.size(); ++p) {
    const double q = weighted(p) * difference(p);
    result(1 + space.type(p)) +=
        -2.0 * q * by_q - weighted(p) * (left(p) + right(p)) + 4.0 * k.first * jmj(p);
  }
  return result;
}

}  // namespace markhor
