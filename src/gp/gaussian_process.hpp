// Gaussian-process regression on energies and gradients with an error of their own each.
//
//   k(x, x') = c + s^2 phi( sum_p w_p (u_p(x) - u_p(x'))^2 ),   w_p = 1 / l_t(p)^2
//
// with phi of kernel.hpp.
//
// O.-P. Koistinen, V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020);
// R. Goswami et al., J. Chem. Theory Comput. (2025), arXiv:2505.12519. Atomic units throughout.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "gp/features.hpp"
#include "gp/kernel.hpp"
#include "gp/likelihood.hpp"

namespace markhor {

struct GpObservation {
  Eigen::VectorXd positions;          // all 3n coordinates, bohr
  double energy = 0.0;                // Hartree
  Eigen::VectorXd gradient;           // of the moving coordinates (D), Hartree/bohr
  double energy_variance = 0.0;       // squares of the standard errors, model noise included
  Eigen::VectorXd gradient_variance;  // D
};

// Added to the variances of every observation. A kernel that is smoother than the surface, and a
// covariance that is singular in doubles, need some.
struct GpNoise {
  double energy_variance = 0.0;    // Hartree^2
  double gradient_variance = 0.0;  // (Hartree/bohr)^2
};

struct GpPrediction {
  double energy = 0.0;       // Hartree
  Eigen::VectorXd gradient;  // D
};

struct GpVariance {
  double energy = 0.0;       // Hartree^2, of the surface itself, without noise
  Eigen::VectorXd gradient;  // D
};

// The mean of the prior, which the kernel then need not learn; empty: zero.
struct GpPrior {
  std::function<GpPrediction(const Eigen::VectorXd& positions)> mean;
  std::function<Eigen::MatrixXd(const Eigen::VectorXd& positions)> hessian;  // D x D
};

// The functions that need the factor of the covariance bring it up to date, and are therefore not
// to be called from two threads at once. They throw CalculationError where the covariance is not
// positive definite in doubles: two observations at the same place, or too little noise.
class GaussianProcess {
 public:
  // Energies are taken relative to `reference_energy` after the prior was subtracted.
  GaussianProcess(FeatureMap features, GpPrior prior = {});

  const FeatureMap& features() const { return space_.map(); }
  const FeatureSpace& space() const { return space_; }
  int size() const { return static_cast<int>(observations_.size()); }  // observations
  const std::vector<GpObservation>& observations() const { return observations_; }
  const GpHyperparameters& hyperparameters() const { return hyperparameters_; }
  double reference_energy() const { return reference_energy_; }
  const GpNoise& noise() const { return noise_; }
  // What is left to the kernel: prior and reference energy subtracted, noise without `noise()`.
  const std::vector<GpDatum>& data() const { return data_; }
  // The same of some observations, with `added` noise; empty: of all. Throws std::invalid_argument
  // if there are none, or not those named.
  std::vector<GpDatum> data_of(const std::vector<int>& observations, const GpNoise& added) const;

  void set_reference_energy(double energy);                     // Hartree
  void set_hyperparameters(GpHyperparameters hyperparameters);  // factorizes anew when next needed
  void set_noise(const GpNoise& noise);                         // as well
  // Extends the Cholesky factor by the new rows when next needed. Throws std::invalid_argument if
  // the sizes do not fit or a number is not finite.
  void add(GpObservation observation);
  // Forgets all but the last `count`; factorizes anew when next needed.
  void keep_newest(int count);

  // Factorizes now. False where the covariance is not positive definite: raise the noise.
  bool factorize() const;

  // Posterior mean, O(N) pairs; its Hessian, analytic, D x D; variance of the posterior. Without
  // observations those of the prior.
  GpPrediction predict(const Eigen::VectorXd& positions) const;
  Eigen::MatrixXd hessian(const Eigen::VectorXd& positions) const;
  GpVariance variance(const Eigen::VectorXd& positions) const;
  // (1 + D) x (1 + D), energy first: the variance of any linear combination, for instance of the
  // force along a direction.
  Eigen::MatrixXd covariance(const Eigen::VectorXd& positions) const;
  // The same of several points, k (1 + D) x k (1 + D): the variance of differences between them,
  // for instance of a curvature.
  Eigen::MatrixXd joint_covariance(const std::vector<Eigen::VectorXd>& points) const;

 private:
  // In features the posterior mean is a constant and a sum of s^2 (a_i phi - 2 phi' z_i . D_i),
  // D_i = u - u_i, z_i = W J_i (weights of the gradient of observation i).
  struct Weights {
    Eigen::VectorXd energies;   // N, the a_i
    Eigen::MatrixXd slopes;     // P x N, the z_i
    Eigen::MatrixXd positions;  // P x N, the u_i
  };
  struct Expansion;
  bool extend_factor() const;
  void need_factor() const;
  void need_weights() const;
  Expansion expand(const FeaturePoint& point) const;
  Eigen::MatrixXd cross_covariance(const FeaturePoint& point) const;

  FeatureSpace space_;
  GpPrior prior_;
  GpHyperparameters hyperparameters_;
  Kernel kernel_;
  GpNoise noise_;
  double reference_energy_ = 0.0;
  std::vector<GpObservation> observations_;
  std::vector<GpDatum> data_;

  mutable GrowingCholesky factor_;  // of the first observations, perhaps not of all
  mutable Weights weights_;
  mutable bool weights_current_ = false;
};

}  // namespace markhor
