// Kernels of features with their derivatives: covariances of energies and gradients at two
// geometries. With D_p = u_p(x) - u_p(x'), q = sum_p w_p D_p^2, k = s^2 phi(q), primes of phi for
// derivatives by q, S_a = sum_p w_p D_p J_pa(x) and S'_b = sum_p w_p D_p J_pb(x'),
//
//   cov(E, E')            = c + s^2 phi
//   cov(dE/dx_a, E')      =  2 s^2 phi' S_a
//   cov(E, dE'/dx'_b)     = -2 s^2 phi' S'_b
//   cov(dE_a, dE'_b)      = -2 s^2 [ phi' J^T W J' + 2 phi'' S S'^T ]_ab
//
//   squared exponential   phi = exp(-q)
//   Matern, nu = 5/2      phi = (1 + t + t^2 / 3) exp(-t),   t = sqrt(10 q)
//
// The two agree to first order in what a length is: with q = r^2 / 2 they are exp(-r^2 / 2) and the
// usual Matern of t = sqrt(5) r. The squared exponential has all derivatives, and where a surface
// is rougher its likelihood asks for ever shorter lengths; Matern's has as many as a Hessian needs.
//
// O.-P. Koistinen, V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020);
// Matern and derivatives: C. E. Rasmussen, C. K. I. Williams, Gaussian Processes for Machine
// Learning (2006), eq. (4.17) and sec. 9.4; Matern for molecules: A. Denzel, J. Kaestner, J. Chem.
// Phys. 148, 094114 (2018); G. Raggi, I. Fdez. Galvan, C. L. Ritterhoff, M. Vacher, R. Lindh, J.
// Chem. Theory Comput. 16, 3989 (2020).
#pragma once

#include <Eigen/Dense>

#include "gp/feature_space.hpp"

namespace markhor {

enum class GpShape { squared_exponential, matern_5_2 };

struct GpHyperparameters {
  double constant_variance = 0.0;                // c, Hartree^2
  double signal_variance = 1.0;                  // s^2, Hartree^2
  Eigen::VectorXd length_scales;                 // l_t, one a type, in the unit of the features
  GpShape shape = GpShape::squared_exponential;  // is not fitted
};

// The hyperparameters spread over the features.
struct Kernel {
  double constant_variance = 0.0;
  double signal_variance = 1.0;
  Eigen::VectorXd weights;  // P, w_p = 1 / l_t(p)^2
  GpShape shape = GpShape::squared_exponential;
};

// s^2 phi and its first three derivatives by q.
struct RadialFactors {
  double value = 0.0, first = 0.0, second = 0.0, third = 0.0;
};
RadialFactors radial_factors(const Kernel& kernel, double q);

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
