// Quasi-Newton updates of a Hessian approximation: after a step s over which the gradient changed
// by y, each gives a symmetric matrix H' with H' s = y (the secant equation), close to H in its own
// sense. J. Nocedal, S. J. Wright, Numerical Optimization, ch. 6.
#pragma once

#include <Eigen/Dense>

namespace markhor {

struct HessianUpdate {
  Eigen::MatrixXd hessian;  // n x n; the old one if nothing was applied
  bool applied = false;
  // 1 if the secant equation holds with y; less if BFGS had to move y towards H s.
  double damping = 1.0;
};

// All take hessian: n x n symmetric, step and gradient_change: n, and apply nothing if the step is
// zero or a number is not finite. Throw std::invalid_argument if shapes do not fit.

// BFGS: positive definite if H is. A step of little or negative curvature, s^T y < 0.2 s^T H s,
// would break that; y is then replaced by damping y + (1 - damping) H s with s^T y = 0.2 s^T H s
// (M. J. D. Powell, Math. Program. 14, 224 (1978); Nocedal and Wright, procedure 18.2). Applies
// nothing if s^T H s is not positive: use it for minima only.
HessianUpdate bfgs_update(const Eigen::MatrixXd& hessian, const Eigen::VectorXd& step,
                          const Eigen::VectorXd& gradient_change);

// SR1 (Murtagh and Sargent): rank one, takes curvature of any sign and finds the exact Hessian of a
// quadratic function after n independent steps. Applies nothing if its denominator vanishes,
// |s^T r| < 1e-8 |s| |r| with r = y - H s (Nocedal and Wright, eq. 6.26).
HessianUpdate sr1_update(const Eigen::MatrixXd& hessian, const Eigen::VectorXd& step,
                         const Eigen::VectorXd& gradient_change);

// Bofill: phi SR1 + (1 - phi) PSB with phi = (s^T r)^2 / (|s|^2 |r|^2), for saddle points (J. M.
// Bofill, J. Comput. Chem. 15, 1 (1994)). phi vanishes faster than SR1's denominator, so that it
// needs no safeguard but that for r = 0, where the Hessian is right already.
HessianUpdate bofill_update(const Eigen::MatrixXd& hessian, const Eigen::VectorXd& step,
                            const Eigen::VectorXd& gradient_change);

}  // namespace markhor
