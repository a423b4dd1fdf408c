#include "meanfield/stability.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Eigen::Index roots = 3;  // followed together, so that a crossing does not hide the lowest
constexpr Eigen::Index largest_subspace = 60;

// Unit vectors along the smallest diagonal elements, plus one vector without any symmetry: the
// former alone may span only some of the molecule's irreducible representations, and Davidson's
// corrections never leave them.
MatrixXd starting_vectors(const VectorXd& diagonal) {
  const Eigen::Index n = diagonal.size(), units = std::min<Eigen::Index>(roots, n);
  std::vector<Eigen::Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Eigen::Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Eigen::Index a, Eigen::Index b) { return diagonal[a] < diagonal[b]; });
  MatrixXd start = MatrixXd::Zero(n, units + 1);
  for (Eigen::Index i = 0; i < units; ++i) start(order[static_cast<std::size_t>(i)], i) = 1.0;
  // Multiples of the golden ratio modulo 1: scattered, and the same in every run.
  for (Eigen::Index i = 0; i < n; ++i) {
    const double scattered = std::fmod(0.6180339887498949 * static_cast<double>(i + 1), 1.0) - 0.5;
    start(i, units) = scattered / std::max(0.1, diagonal[i]);
  }
  return start;
}

// Appends the columns of `vectors` to the orthonormal columns of `basis`, orthonormalized; those
// that are linearly dependent are left out. Returns how many were added.
Eigen::Index append_orthonormal(MatrixXd& basis, const MatrixXd& vectors) {
  Eigen::Index added = 0;
  for (Eigen::Index i = 0; i < vectors.cols(); ++i) {
    const double norm = vectors.col(i).norm();
    if (norm == 0.0) continue;
    VectorXd v = vectors.col(i) / norm;
    // Twice is enough (B. N. Parlett, The Symmetric Eigenvalue Problem, section 6.9).
    for (int pass = 0; pass < 2; ++pass) v -= basis * (basis.transpose() * v);
    if (v.norm() < 1e-6) continue;
    basis.conservativeResize(v.size(), basis.cols() + 1);
    basis.rightCols(1) = v.normalized();
    ++added;
  }
  return added;
}

VectorXd correction(const VectorXd& residual, const VectorXd& diagonal, double eigenvalue) {
  VectorXd result = residual;
  for (Eigen::Index i = 0; i < result.size(); ++i) {
    const double gap = diagonal[i] - eigenvalue;
    result[i] /= std::abs(gap) < 0.1 ? std::copysign(0.1, gap) : gap;
  }
  return result;
}

}  // namespace

StabilityResult lowest_mode(const OrbitalRotations& rotations, const StabilityOptions& options) {
  StabilityResult result;
  if (rotations.size() == 0) {
    result.converged = true;
    return result;
  }
  const VectorXd diagonal = rotations.diagonal();
  MatrixXd basis(rotations.size(), 0), products(rotations.size(), 0);
  MatrixXd fresh = starting_vectors(diagonal);
  for (int iteration = 0; iteration < options.max_iterations; ++iteration) {
    const Eigen::Index added = append_orthonormal(basis, fresh);
    if (added > 0) {
      products.conservativeResize(rotations.size(), basis.cols());
      products.rightCols(added) = rotations.hessian_product(basis.rightCols(added));
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> small(basis.transpose() * products);
    const Eigen::Index count = std::min(roots, basis.cols());
    const MatrixXd ritz = basis * small.eigenvectors().leftCols(count);
    const MatrixXd residuals = products * small.eigenvectors().leftCols(count) -
                               ritz * small.eigenvalues().head(count).asDiagonal();
    result.lowest_eigenvalue = small.eigenvalues()[0];
    result.mode = ritz.col(0);
    result.converged = residuals.col(0).norm() < options.residual;
    if (result.converged || added == 0 || basis.cols() == rotations.size()) {
      result.converged = true;
      break;
    }
    fresh.resize(rotations.size(), count);
    for (Eigen::Index r = 0; r < count; ++r) {
      fresh.col(r) = correction(residuals.col(r), diagonal, small.eigenvalues()[r]);
    }
    if (basis.cols() + count > largest_subspace) {
      products = (products * small.eigenvectors().leftCols(count)).eval();
      basis = ritz;
    }
  }
  return result;
}

}  // namespace markhor
