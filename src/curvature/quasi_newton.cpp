#include "curvature/quasi_newton.hpp"

#include <cmath>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double least_curvature = 0.2;     // BFGS, of s^T H s
constexpr double least_denominator = 1e-8;  // SR1, of |s| |r|

void check_shapes(const MatrixXd& hessian, const VectorXd& step, const VectorXd& change) {
  const bool square = hessian.rows() == hessian.cols();
  if (!square || step.size() != hessian.rows() || change.size() != hessian.rows()) {
    throw std::invalid_argument("Hessian update: shapes do not fit");
  }
}

bool usable(const VectorXd& step, const VectorXd& change) {
  return step.allFinite() && change.allFinite() && step.squaredNorm() > 0.0;
}

}  // namespace

HessianUpdate bfgs_update(const MatrixXd& hessian, const VectorXd& step,
                          const VectorXd& gradient_change) {
  check_shapes(hessian, step, gradient_change);
  HessianUpdate update{hessian};
  if (!usable(step, gradient_change)) return update;
  const VectorXd hs = hessian * step;
  const double model = step.dot(hs), found = step.dot(gradient_change);
  if (!(model > 0.0)) return update;
  if (found < least_curvature * model) {
    update.damping = (1.0 - least_curvature) * model / (model - found);
  }
  const VectorXd y = update.damping * gradient_change + (1.0 - update.damping) * hs;
  update.hessian += y * y.transpose() / step.dot(y) - hs * hs.transpose() / model;
  update.applied = true;
  return update;
}

HessianUpdate sr1_update(const MatrixXd& hessian, const VectorXd& step,
                         const VectorXd& gradient_change) {
  check_shapes(hessian, step, gradient_change);
  HessianUpdate update{hessian};
  if (!usable(step, gradient_change)) return update;
  const VectorXd r = gradient_change - hessian * step;
  const double denominator = step.dot(r);
  if (std::abs(denominator) <= least_denominator * step.norm() * r.norm()) return update;
  update.hessian += r * r.transpose() / denominator;
  update.applied = true;
  return update;
}

HessianUpdate bofill_update(const MatrixXd& hessian, const VectorXd& step,
                            const VectorXd& gradient_change) {
  check_shapes(hessian, step, gradient_change);
  HessianUpdate update{hessian};
  if (!usable(step, gradient_change)) return update;
  const VectorXd r = gradient_change - hessian * step;
  const double sr = step.dot(r), ss = step.squaredNorm(), rr = r.squaredNorm();
  if (!(rr > 0.0)) return update;
  const double phi = sr / ss * sr / rr;
  // phi times SR1's r r^T/(s^T r), with the denominator cancelled.
  update.hessian += sr / (ss * rr) * r * r.transpose();
  const MatrixXd cross = r * step.transpose() / ss;
  update.hessian +=
      (1.0 - phi) * (cross + cross.transpose() - sr / (ss * ss) * step * step.transpose());
  update.applied = true;
  return update;
}

}  // namespace markhor
