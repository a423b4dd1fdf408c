// Observations as the linear algebra sees them, and the likelihood of the data given a kernel.
// C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine Learning (2006), eqs. (2.30)
// and (5.9).
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "gp/growing_cholesky.hpp"
#include "gp/kernel.hpp"

namespace markhor {

struct GpDatum {
  FeaturePoint point;
  Eigen::VectorXd values;  // 1 + D: energy and gradient, less whatever the kernel need not learn
  Eigen::VectorXd noise;   // 1 + D, variances
};

// The order of all vectors and matrices over the data: energy and gradient of the first, of the
// second, ..., so that a new observation adds rows at the end.
//
// Rows of K + noise from observation `first` on. Of the blocks of two observations those above the
// diagonal are zero; those on it are full.
Eigen::MatrixXd covariance_rows(const FeatureSpace& space, const Kernel& kernel,
                                const std::vector<GpDatum>& data, int first);

Eigen::VectorXd stacked_values(const std::vector<GpDatum>& data);

struct Likelihood {
  bool found = false;            // false: the covariance is not positive definite in doubles
  double negative_log = 0.0;     // -ln p(y | theta)
  double quadratic_form = 0.0;   // y^T K^-1 y
  double log_determinant = 0.0;  // of K + noise
  Eigen::VectorXd weights;       // K^-1 y
  GrowingCholesky factor;
};

Likelihood likelihood(const FeatureSpace& space, const Kernel& kernel,
                      const std::vector<GpDatum>& data);

// Its gradient d(-ln p)/dtheta, theta = (ln s^2, ln l_0, ...): for the inverse of K twice the time
// of the likelihood itself.
Eigen::VectorXd likelihood_gradient(const FeatureSpace& space, const Kernel& kernel,
                                    const std::vector<GpDatum>& data, const Likelihood& at);

}  // namespace markhor
