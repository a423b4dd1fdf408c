// Minimization by scaled conjugate gradients: instead of a line search, one curvature along the
// direction from a difference of gradients, and a level shift lambda that keeps it positive.
// M. F. Moller, Neural Networks 6, 525 (1993); in the variant of I. T. Nabney, Netlab (2002), that
// Gaussian-process programs use: Polak-Ribiere directions and its own stopping rule.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <string>

namespace markhor {

// The gradient is asked for only at the argument of the last value or at one that had no value, so
// that a client may keep what they share.
struct ScgFunction {
  std::function<double(const Eigen::VectorXd&)> value;  // not finite: outside the domain
  std::function<Eigen::VectorXd(const Eigen::VectorXd&)> gradient;
};

struct ScgOptions {
  double difference = 1e-4;  // sigma_0: length of the step over which gradients are compared
  // Initial level shift, relative to |direction|^2. Large means a short first step.
  double shift = 10.0;
  double smallest_shift = 1e-15, largest_shift = 1e16;
  double step_tolerance = 1e-2;      // of the largest component of a step, and ...
  double function_tolerance = 1e-4;  // ... of the change of the function in it: both must hold
  int max_iterations = 400;
  int max_retries = 100;  // in a row, after values that are not finite
};

struct ScgResult {
  Eigen::VectorXd argument;
  double value = 0.0;
  int iterations = 0;
  int values = 0, gradients = 0;  // evaluations
  bool converged = false;
  std::string status;
};

ScgResult minimize_scg(const ScgFunction& function, const Eigen::VectorXd& start,
                       const ScgOptions& options);

}  // namespace markhor
