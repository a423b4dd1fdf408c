// The squared exponential of features with its derivatives: covariances of energies and gradients
// at two geometries. With D_p = u_p(x) - u_p(x'), k = s^2 exp(- sum_p w_p D_p^2) and
// S_a = sum_p w_p D_p J_pa(x), S'_b = sum_p w_p D_p J_pb(x'),
//
//   cov(E, E')            = c + k
//   cov(dE/dx_a, E')      = -2 k S_a
//   cov(E, dE'/dx'_b)     =  2 k S'_b
//   cov(dE_a, dE'_b)      = k [ 2 J^T W J' - 4 S S'^T ]_ab
//
// O.-P. Koistinen, V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020);
// derivatives of a Gaussian process are one with it: C. E. Rasmussen, C. K. I. Williams, Gaussian
// Processes for Machine Learning (2006), sec. 9.4.
#pragma once

#include <Eigen/Dense>

#include "gp/feature_space.hpp"

namespace markhor {

struct GpHyperparameters {
  double constant_variance = 0.0;  // c, Hartree^2
  double signal_variance = 1.0;    // s^2, Hartree^2
  Eigen::VectorXd length_scales;   // l_t, one a type, in the unit of the features
};

// The hyperparameters spread over the features.
struct Kernel {
  double constant_variance = 0.0;
  double signal_variance = 1.0;
  Eigen::VectorXd weights;  // P, w_p = 1 / l_t(p)^2
};

// Throws std::invalid_argument unless there is one positive length scale a type, s^2 > 0, c >= 0.
Kernel make_kernel(const FeatureSpace& space, const GpHyperparameters& hyperparameters);

// block: (1 + D) x (1 + D), overwritten; rows: energy and gradient at `point`, columns: at `other`.
// O(P + D^2).
void covariance_block(const FeatureSpace& space, const Kernel& kernel, const FeaturePoint& point,
                      const FeaturePoint& other, Eigen::Ref<Eigen::MatrixXd> block);

// The diagonal of that block where both geometries are the same: 1 + D.
Eigen::VectorXd prior_variance(const FeatureSpace& space, const Kernel& kernel,
                               const FeaturePoint& point);

// sum_ab M_ab dK_ab/dtheta of the block K above, for theta = (ln s^2, ln l_0, ln l_1, ...): what
// the gradient of a likelihood needs of the derivatives, in O(P + D^2) for all of them together.
// cotangent: M, (1 + D) x (1 + D). The constant c is no parameter.
Eigen::VectorXd contract_derivatives(const FeatureSpace& space, const Kernel& kernel,
                                     const FeaturePoint& point, const FeaturePoint& other,
                                     const Eigen::MatrixXd& cotangent);

}  // namespace markhor
