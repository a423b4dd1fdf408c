// Gaussian-process regression on energies and gradients with an error of their own each.
//
//   k(x, x') = c + s^2 exp( - sum_p w_p (u_p(x) - u_p(x'))^2 ),   w_p = 1 / l_t(p)^2
//
// O.-P. Koistinen, V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020);
// R. Goswami et al., J. Chem. Theory Comput. (2025), arXiv:2505.12519. Atomic units throughout.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "gp/features.hpp"

namespace markhor {

struct GpHyperparameters {
  double constant_variance = 0.0;  // c, Hartree^2
  double signal_variance = 1.0;    // s^2, Hartree^2
  Eigen::VectorXd length_scales;   // l_t, one a type, in the unit of the features
};

struct GpObservation {
  Eigen::VectorXd positions;  // all 3n coordinates, bohr
  double energy = 0.0;        // Hartree
  Eigen::VectorXd gradient;   // of the moving coordinates (D), Hartree/bohr
  double energy_variance = 0.0;       // squares of the standard errors, model noise included
  Eigen::VectorXd gradient_variance;  // D
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

class GaussianProcess {
 public:
  // Energies are taken relative to `reference_energy` after the prior was subtracted.
  GaussianProcess(FeatureMap features, GpPrior prior = {});

  const FeatureMap& features() const;
  int size() const;  // observations
  const std::vector<GpObservation>& observations() const;
  const GpHyperparameters& hyperparameters() const;

  void set_reference_energy(double energy);                    // Hartree
  void set_hyperparameters(GpHyperparameters hyperparameters);  // factorizes anew when next needed
  // Extends the Cholesky factor by the new rows.
  void add(GpObservation observation);

  // Posterior mean, O(N) pairs; its Hessian, analytic, D x D; variance of the posterior.
  GpPrediction predict(const Eigen::VectorXd& positions) const;
  Eigen::MatrixXd hessian(const Eigen::VectorXd& positions) const;
  GpVariance variance(const Eigen::VectorXd& positions) const;
};

}  // namespace markhor
