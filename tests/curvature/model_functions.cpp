#include "model_functions.hpp"

#include <cmath>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

FunctionPoint rosenbrock(const VectorXd& x) {
  const Index n = x.size();
  FunctionPoint point{0.0, VectorXd::Zero(n), MatrixXd::Zero(n, n)};
  for (Index i = 0; i + 1 < n; ++i) {
    const double valley = x(i + 1) - x(i) * x(i), rest = 1.0 - x(i);
    point.value += 100.0 * valley * valley + rest * rest;
    point.gradient(i) += -400.0 * valley * x(i) - 2.0 * rest;
    point.gradient(i + 1) += 200.0 * valley;
    point.hessian(i, i) += 800.0 * x(i) * x(i) - 400.0 * valley + 2.0;
    point.hessian(i + 1, i + 1) += 200.0;
    point.hessian(i, i + 1) -= 400.0 * x(i);
    point.hessian(i + 1, i) -= 400.0 * x(i);
  }
  return point;
}

FunctionPoint mueller_brown(const VectorXd& x) {
  constexpr double amplitude[] = {-200.0, -100.0, -170.0, 15.0};
  constexpr double a[] = {-1.0, -1.0, -6.5, 0.7}, b[] = {0.0, 0.0, 11.0, 0.6};
  constexpr double c[] = {-10.0, -10.0, -6.5, 0.7};
  constexpr double x0[] = {1.0, 0.0, -0.5, -1.0}, y0[] = {0.0, 0.5, 1.5, 1.0};
  FunctionPoint point{0.0, VectorXd::Zero(2), MatrixXd::Zero(2, 2)};
  for (int k = 0; k < 4; ++k) {
    const MatrixXd form{{2.0 * a[k], b[k]}, {b[k], 2.0 * c[k]}};
    const VectorXd from_center = x - VectorXd{{x0[k], y0[k]}};
    const VectorXd slope = form * from_center;
    const double term = amplitude[k] * std::exp(0.5 * from_center.dot(slope));
    point.value += term;
    point.gradient += term * slope;
    point.hessian += term * (form + slope * slope.transpose());
  }
  return point;
}

}  // namespace markhor
