// Functions with known stationary points.
#pragma once

#include <Eigen/Dense>

namespace markhor {

struct FunctionPoint {
  double value = 0.0;
  Eigen::VectorXd gradient;
  Eigen::MatrixXd hessian;
};

// Sum over i of 100 (x_(i+1) - x_i^2)^2 + (1 - x_i)^2; minimum 0 at (1, ..., 1), at the end of a
// narrow bent valley. H. H. Rosenbrock, Comput. J. 3, 175 (1960), chained.
FunctionPoint rosenbrock(const Eigen::VectorXd& x);

// K. Muller, L. D. Brown, Theor. Chim. Acta 53, 75 (1979); two variables, three minima, two
// saddles.
FunctionPoint mueller_brown(const Eigen::VectorXd& x);

}  // namespace markhor
