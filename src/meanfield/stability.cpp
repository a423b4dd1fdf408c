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
constexpr int min_iterations = 8;

// Unit vectors along the smallest diagonal elements, and last one vector without any symmetry. The
// former may span only some of the molecule's irreducible representations, and corrections of
// their combinations never leave these; so a `wanderer` that starts from the last vector is
// improved along with the roots, for at least min_iterations, and finds what they cannot.
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

// The residual of a vector with Rayleigh quotient `eigenvalue`, preconditioned by the diagonal.
VectorXd correction(const VectorXd& residual, const VectorXd& diagonal, double eigenvalue) {
  VectorXd result = residual;
  for (Eigen::Index i = 0; i < result.size(); ++i) {
    const double gap = diagonal[i] - eigenvalue;
    result[i] /= std::abs(gap) < 0.1 ? std::copysign(0.1, gap) : gap;
  }
  return result;
}

// An orthonormal set of vectors and the Hessian's products with them.
struct Subspace {
  MatrixXd vectors, products;

  // Returns how many of the columns were linearly independent.
  Eigen::Index append(const OrbitalRotations& rotations, const MatrixXd& columns) {
    const Eigen::Index added = append_orthonormal(vectors, columns);
    if (added == 0) return 0;
    products.conservativeResize(vectors.rows(), vectors.cols());
    products.rightCols(added) = rotations.hessian_product(vectors.rightCols(added));
    return added;
  }
};

}  // namespace

StabilityResult lowest_mode(const OrbitalRotations& rotations, const StabilityOptions& options) {
  StabilityResult result;
  const Eigen::Index n = rotations.size();
  if (n == 0) {
    result.converged = true;
    return result;
  }
  const VectorXd diagonal = rotations.diagonal();
  Subspace space{MatrixXd(n, 0), MatrixXd(n, 0)};
  MatrixXd fresh = starting_vectors(diagonal);
  for (int iteration = 0; iteration < options.max_iterations; ++iteration) {
    const Eigen::Index added = space.append(rotations, fresh);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> small{
        MatrixXd(space.vectors.transpose() * space.products)};
    const Eigen::Index count = std::min(roots, space.vectors.cols());
    const MatrixXd lowest = small.eigenvectors().leftCols(count);
    const MatrixXd ritz = space.vectors * lowest;
    const MatrixXd residuals =
        space.products * lowest - ritz * small.eigenvalues().head(count).asDiagonal();
    result.lowest_eigenvalue = small.eigenvalues()[0];
    result.mode = ritz.col(0);
    const bool small_residual =
        residuals.col(0).norm() < options.residual && iteration + 1 >= min_iterations;
    result.converged = small_residual || added == 0 || space.vectors.cols() == n;
    if (result.converged) break;

    fresh.resize(n, count + 1);
    for (Eigen::Index r = 0; r < count; ++r) {
      fresh.col(r) = correction(residuals.col(r), diagonal, small.eigenvalues()[r]);
    }
    // The newest vector descends from the wanderer, which is always appended last.
    const VectorXd wanderer = space.vectors.rightCols(1), product = space.products.rightCols(1);
    const double quotient = wanderer.dot(product);
    fresh.col(count) = correction(product - quotient * wanderer, diagonal, quotient);
    if (space.vectors.cols() + count + 1 > largest_subspace) {
      space.products = (space.products * lowest).eval();
      space.vectors = ritz;
    }
  }
  return result;
}

}  // namespace markhor
