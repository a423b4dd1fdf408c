// The likelihood of data with errors of their own as a function of the signal variance alone.
//
// y ~ N(0, s^2 K_1 + S), S diagonal. With A = S^-1/2 K_1 S^-1/2 = Q T Q^T, T tridiagonal, and
// z = Q^T S^-1/2 y,
//
//   -2 ln p = n ln 2 pi + ln |S| + ln |1 + s^2 T| + z^T (1 + s^2 T)^-1 z,
//
// O(n^3) once and O(n) for every s^2. Unlike y^T K^-1 y = n, which holds at s^2 = infinity or
// nowhere where the data are smaller than their errors, it has a maximum, at s^2 = 0 if need be.
#pragma once

#include <Eigen/Dense>

namespace markhor {

class SignalLikelihood {
 public:
  // covariance: K_1, its lower triangle, n x n. variances: of S; none may be zero.
  SignalLikelihood(const Eigen::MatrixXd& covariance, const Eigen::VectorXd& variances,
                   const Eigen::VectorXd& values);

  // -ln p(y | s^2); infinite where the covariance is not positive definite in doubles.
  double operator()(double signal_variance) const;

 private:
  Eigen::VectorXd diagonal_, beside_, values_;  // T, and z
  double constant_;                             // n ln 2 pi + ln |S|
};

struct SignalMaximum {
  double signal_variance = 0.0;
  double negative_log = 0.0;
};

// The most likely one between two bounds: a grid in ln s^2, then golden section.
SignalMaximum most_likely_signal(const SignalLikelihood& likelihood, double lowest, double highest);

}  // namespace markhor
