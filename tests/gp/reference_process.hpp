// The Gaussian process written down as in the papers, slowly: every covariance from the positions,
// component by component, all energies before all gradients, dense matrices. The oracle for src/gp.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "gp/gaussian_process.hpp"

namespace markhor {

struct ReferencePosterior {
  GpPrediction mean;
  GpVariance variance;
};

class ReferenceProcess {
 public:
  ReferenceProcess(FeatureMap features, GpHyperparameters hyperparameters, double reference_energy,
                   std::vector<GpObservation> observations);

  // component -1: the energy; else the derivative by that moving coordinate.
  double covariance(const Eigen::VectorXd& x, int component, const Eigen::VectorXd& other,
                    int other_component) const;
  ReferencePosterior posterior(const Eigen::VectorXd& positions) const;
  double negative_log_likelihood() const;

 private:
  struct Datum {
    int observation = 0, component = -1;
  };
  struct Radial {
    double value = 0.0, first = 0.0, second = 0.0;
  };
  Radial radial(double r) const;
  double feature(const Eigen::VectorXd& x, std::size_t p) const;
  double slope(const Eigen::VectorXd& x, std::size_t p, int component) const;
  std::size_t feature_count() const;

  FeatureMap features_;
  GpHyperparameters hyperparameters_;
  std::vector<GpObservation> observations_;
  std::vector<Datum> data_;
  double reference_energy_ = 0.0;
  Eigen::MatrixXd matrix_;  // with noise
  Eigen::VectorXd values_;
};

}  // namespace markhor
