#include "curvature/noise_filter.hpp"

#include <Eigen/Eigenvalues>

namespace markhor {

namespace {

// Of the metric's mean diagonal, added to it: directions that differ by rounding only.
constexpr double rounding = 1e-8;

double share_kept(double component, double curvature, double gradient_variance) {
  const double signal = component * component * curvature * curvature;
  return gradient_variance < signal ? 1.0 - gradient_variance / signal : 0.0;
}

}  // namespace

Eigen::VectorXd without_noise(const Eigen::VectorXd& minimum, const Eigen::MatrixXd& curvature,
                              const Eigen::MatrixXd& metric, const Eigen::MatrixXd& covariance) {
  Eigen::MatrixXd regular = metric;
  regular.diagonal().array() += rounding * metric.diagonal().mean();
  const Eigen::GeneralizedSelfAdjointEigenSolver<Eigen::MatrixXd> modes(curvature, regular);
  if (modes.info() != Eigen::Success || !modes.eigenvectors().allFinite()) return minimum;
  const Eigen::MatrixXd& u = modes.eigenvectors();
  Eigen::VectorXd components = u.transpose() * (regular * minimum);
  const Eigen::VectorXd variances =
      u.cwiseProduct(covariance.selfadjointView<Eigen::Lower>() * u).colwise().sum().transpose();
  for (Eigen::Index k = 0; k < components.size(); ++k) {
    components[k] *= share_kept(components[k], modes.eigenvalues()[k], variances[k]);
  }
  return u * components;
}

}  // namespace markhor
