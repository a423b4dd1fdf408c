#include "curvature/quasi_newton.hpp"

#include <functional>

#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

using Update = std::function<HessianUpdate(const MatrixXd&, const VectorXd&, const VectorXd&)>;

double asymmetry(const MatrixXd& matrix) { return (matrix - matrix.transpose()).norm(); }

}  // namespace

TEST_CASE("Hessian updates: secant equation and symmetry") {
  const MatrixXd start = symmetric_matrix(VectorXd::LinSpaced(9, 0.5, 4.0), 1);
  const VectorXd step = random_vector(9, 2);
  const VectorXd change = symmetric_matrix(VectorXd::LinSpaced(9, 1.0, 9.0), 3) * step;
  for (const Update& update : {Update(bfgs_update), Update(sr1_update), Update(bofill_update)}) {
    const HessianUpdate updated = update(start, step, change);
    CHECK(updated.applied);
    CHECK(updated.damping == 1.0);
    CHECK((updated.hessian * step - change).norm() < 1e-12 * change.norm());
    CHECK(asymmetry(updated.hessian) < 1e-13);
    // What fulfils the equation already stays.
    const MatrixXd again = update(updated.hessian, step, change).hessian;
    CHECK((again - updated.hessian).norm() < 1e-11);
  }
}

TEST_CASE("Hessian updates: the Hessian of a quadratic function is recovered") {
  constexpr Index n = 8;
  const MatrixXd exact = symmetric_matrix(VectorXd::LinSpaced(n, -2.0, 5.0), 4);
  // SR1: any n independent steps.
  MatrixXd sr1 = MatrixXd::Identity(n, n);
  for (unsigned k = 0; k < n; ++k) {
    const VectorXd step = random_vector(n, 10 + k);
    sr1 = sr1_update(sr1, step, exact * step).hessian;
  }
  CHECK((sr1 - exact).norm() < 1e-9);
  // BFGS: n conjugate steps, here the eigenvectors; Bofill: n orthogonal steps, which PSB and SR1
  // leave intact each for itself.
  const MatrixXd positive = symmetric_matrix(VectorXd::LinSpaced(n, 1.0, 5.0), 4);
  const MatrixXd u = Eigen::SelfAdjointEigenSolver<MatrixXd>(positive).eigenvectors();
  MatrixXd bfgs = MatrixXd::Identity(n, n), bofill = bfgs;
  for (Index k = 0; k < n; ++k) {
    bfgs = bfgs_update(bfgs, u.col(k), positive * u.col(k)).hessian;
    bofill = bofill_update(bofill, u.col(k), positive * u.col(k)).hessian;
  }
  CHECK((bfgs - positive).norm() < 1e-10);
  CHECK((bofill - positive).norm() < 1e-10);
  // Steps in no special direction: Bofill's update comes closer with every one of them.
  bofill = MatrixXd::Identity(n, n);
  for (unsigned k = 0; k < 200; ++k) {
    const VectorXd step = random_vector(n, 50 + k);
    bofill = bofill_update(bofill, step, exact * step).hessian;
  }
  CHECK((bofill - exact).norm() < 1e-6);
}

TEST_CASE("Hessian updates: negative curvature") {
  const MatrixXd start = symmetric_matrix(VectorXd::LinSpaced(5, 0.5, 4.0), 1);
  const VectorXd step = random_vector(5, 2), change = -0.7 * step;
  const HessianUpdate bfgs = bfgs_update(start, step, change);
  CHECK(bfgs.applied);
  CHECK(bfgs.damping < 1.0);
  CHECK(step.dot(bfgs.hessian * step) == Approx(0.2 * step.dot(start * step)));
  CHECK(Eigen::SelfAdjointEigenSolver<MatrixXd>(bfgs.hessian).eigenvalues()(0) > 0.0);
  CHECK_FALSE(bfgs_update(-start, step, change).applied);

  for (const Update& update : {Update(sr1_update), Update(bofill_update)}) {
    const HessianUpdate updated = update(start, step, change);
    CHECK(step.dot(updated.hessian * step) == Approx(-0.7 * step.squaredNorm()));
  }
}

TEST_CASE("Hessian updates: where nothing can be learned") {
  const MatrixXd start = symmetric_matrix(VectorXd::LinSpaced(4, 0.5, 4.0), 1);
  const VectorXd step = VectorXd::Unit(4, 0);
  // r orthogonal to s: SR1's denominator vanishes, Bofill's update becomes PSB.
  const VectorXd change = start * step + VectorXd::Unit(4, 1);
  CHECK_FALSE(sr1_update(start, step, change).applied);
  CHECK((bofill_update(start, step, change).hessian * step - change).norm() < 1e-13);
  for (const Update& update : {Update(bfgs_update), Update(sr1_update), Update(bofill_update)}) {
    const HessianUpdate none = update(start, VectorXd::Zero(4), change);
    CHECK_FALSE(none.applied);
    CHECK(none.hessian == start);
    CHECK_FALSE(update(start, step, change / 0.0).applied);
    CHECK_THROWS_AS(update(start, VectorXd::Zero(3), change), std::invalid_argument);
  }
}
