// The step from the augmented-Hessian (rational-function) eigenproblem
//
//   [ 0  g^T ] [ v_0 ]          [ 1     0    ] [ v_0 ]
//   [ g   H  ] [  v  ] = lambda [ 0  alpha M ] [  v  ],     step = v / v_0,
//
// plain (lowest root: towards a minimum) or partitioned (some modes of H u = h M u take the highest
// root of an eigenproblem of their own: towards a saddle point). A. Banerjee, N. Adams, J. Simons,
// R. Shepard, J. Phys. Chem. 89, 52 (1985). A step longer than the trust radius is shortened by
// raising alpha, common to the partitions: E. Besalu, J. M. Bofill, Theor. Chem. Acc. 100, 265
// (1998). With one partition it is then the minimizer of the quadratic model on the trust sphere.
#pragma once

#include <Eigen/Dense>
#include <limits>
#include <string>
#include <vector>

namespace markhor {

struct AugmentedHessianOptions {
  // Largest length sqrt(step^T M step), in the unit of the variables.
  double trust_radius = std::numeric_limits<double>::infinity();
  // Modes that are maximized, counted from the lowest as 0; {0} for a saddle point of first order.
  // Directions that leave the function unchanged (translations, say) count too: reduce them out
  // beforehand.
  std::vector<int> maximized;
  // One level shift for all modes, with the sign of the maximized ones inverted, instead of one for
  // each partition: the image function of T. Helgaker, Chem. Phys. Lett. 182, 503 (1991).
  bool common_shift = false;
  Eigen::MatrixXd metric;  // M, n x n, positive definite; empty: the unit matrix
};

struct AugmentedHessianStep {
  bool found = false;
  std::string status;
  Eigen::VectorXd step;           // n
  double length = 0.0;            // sqrt(step^T M step)
  double predicted_change = 0.0;  // g^T step + step^T H step / 2
  double alpha = 1.0;
  // The step is -(h + shift)^-1 of the gradient in each mode; never negative for the minimized
  // modes, never positive for the maximized ones.
  double level_shift = 0.0;
  double maximized_shift = 0.0;
  bool at_boundary = false;
  Eigen::VectorXd mode_values;  // h, ascending
};

// gradient: n, hessian: n x n symmetric (its symmetric part is used). Where the gradient has no
// component along a mode of the wrong curvature, the step along it is what the trust radius leaves,
// in the direction in which the mode's largest component is positive; without a trust radius it is
// zero and the status says so. found is false if a number is not finite or M is not positive
// definite. Throws std::invalid_argument if shapes do not fit, a maximized mode does not exist or
// the radius is not positive.
AugmentedHessianStep augmented_hessian_step(const Eigen::VectorXd& gradient,
                                            const Eigen::MatrixXd& hessian,
                                            const AugmentedHessianOptions& options);

}  // namespace markhor
