// The objective of the published fits of hyperparameters: minus the logarithm of their posterior
// density, with priors on all. R. Goswami, H. Jonsson, arXiv:2510.06030 (2025), and the papers
// there.
//
//   f(theta) = - ln p(y | theta) - ln p(s^2) - ln s^2 - sum_t [ ln N(l_t | 0, S_l^2) + ln l_t ]
//
// theta = (ln s^2, ln l_0, ln l_1, ...), whence the Jacobians ln s^2 and ln l_t; s is distributed
// as Student's t of scale S_m; S_m and S_l are taken from the data.
#pragma once

#include <Eigen/Dense>
#include <limits>
#include <vector>

#include "core/units.hpp"
#include "gp/gaussian_process.hpp"
#include "gp/scaled_conjugate_gradients.hpp"

namespace markhor {

struct GpBounds {
  double lowest = 0.0;
  double highest = std::numeric_limits<double>::infinity();
};

// Scales of the priors are at least these: the published 1 eV^2 and 1/angstrom.
struct GpPriorScales {
  double energy = units::hartree_per_ev;
  double length = 1.0 / units::bohr_per_angstrom;  // of the unit of the features
};

struct GpMapOptions {
  GpPriorScales scales;
  double degrees_of_freedom = 28.0;  // of Student's t of s; few allow a larger s
  // - mu ln(ln(limit) - ln s^2) with mu = min(1e-4 + 1e-3 observations * atoms, 1/2), which keeps
  // the signal variance below the limit.
  bool barrier = false;
  double barrier_limit = 2.0 * units::hartree_per_ev * units::hartree_per_ev;  // Hartree^2
  bool shared_length_scale = false;                                            // one for all types
  GpBounds length_scales, signal_variance;  // outside there is no value; 0 to infinity
  bool update_constant = true;              // c = max(energy scale^2, (mean of the energies)^2)
  ScgOptions search;
};

// observations: those it is the posterior of; empty: all. The process must outlive it. Throws
// std::invalid_argument if there are no observations, or not those named.
class MapObjective {
 public:
  MapObjective(const GaussianProcess& process, const std::vector<int>& observations,
               const GpMapOptions& options);

  Eigen::VectorXd fresh_start() const;  // theta
  Eigen::VectorXd theta(const GpHyperparameters& hyperparameters) const;
  GpHyperparameters hyperparameters(const Eigen::VectorXd& theta) const;
  // Infinity outside the bounds and where the covariance is not positive definite; the gradient
  // there is not a number.
  double value(const Eigen::VectorXd& theta);
  Eigen::VectorXd gradient(const Eigen::VectorXd& theta);
  int evaluations() const { return evaluations_; }

 private:
  bool inside(const GpHyperparameters& hyperparameters) const;
  void evaluate_likelihood(const Eigen::VectorXd& theta);
  double prior_value(const Eigen::VectorXd& theta) const;
  Eigen::VectorXd prior_gradient(const Eigen::VectorXd& theta) const;

  const FeatureSpace& space_;
  GpMapOptions options_;
  std::vector<GpDatum> data_;
  GpShape shape_;
  double constant_variance_ = 0.0;
  double signal_scale_ = 0.0, length_scale_ = 0.0;  // S_m, S_l of the priors
  double signal_start_ = 0.0, length_start_ = 0.0;  // s, l
  double barrier_strength_ = 0.0;                   // mu
  Eigen::VectorXd at_;                              // of likelihood_
  Likelihood likelihood_;
  int evaluations_ = 0;
};

}  // namespace markhor
