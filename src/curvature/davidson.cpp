#include "curvature/davidson.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// What a projection leaves of a normalized vector; below this it is rounding.
constexpr double dependent = 1e-8;

// Eigenpairs of the projected problem, best first.
struct Ritz {
  VectorXd values;
  MatrixXd coefficients;  // space x values
  Index acceptable = 0;   // how many of them are roots of the kind asked for
};

// The two kinds of eigenproblem differ only in these.
struct Problem {
  LinearMap h_product, s_product;
  Preconditioner precondition;
  std::function<Ritz(const MatrixXd& h, const MatrixXd& s)> solve_projected;
  bool keep_first = false;  // the first vector survives restarts
};

// Orthonormal vectors and their products.
struct Space {
  MatrixXd v, hv, sv;  // n x size
  int products = 0;
};

struct Current {
  VectorXd values, residual_norms;
  MatrixXd vectors, s_vectors, residuals;  // n x roots
};

// The columns made orthonormal to basis and to each other; dependent ones are dropped.
MatrixXd new_directions(const MatrixXd& basis, const MatrixXd& columns) {
  MatrixXd all(columns.rows(), basis.cols() + columns.cols());
  all.leftCols(basis.cols()) = basis;
  Index size = basis.cols();
  for (Index k = 0; k < columns.cols(); ++k) {
    VectorXd column = columns.col(k);
    double norm = column.norm();
    if (!(norm > 0.0) || !std::isfinite(norm)) continue;
    column /= norm;
    // Normalized in between: the second pass removes what cancellation in the first has magnified.
    for (int pass = 0; pass < 2 && norm > 0.0; ++pass) {
      const VectorXd overlaps = all.leftCols(size).transpose() * column;
      column -= all.leftCols(size) * overlaps;
      norm = column.norm() < dependent ? 0.0 : column.norm();
      column /= norm;
    }
    if (norm > 0.0) all.col(size++) = column;
  }
  return all.middleCols(basis.cols(), size - basis.cols());
}

void append(MatrixXd& matrix, const MatrixXd& columns) {
  const Index old = matrix.cols();
  matrix.conservativeResize(columns.rows(), old + columns.cols());
  matrix.rightCols(columns.cols()) = columns;
}

// Returns the number of directions added.
Index extend(Space& space, const Problem& problem, const MatrixXd& candidates) {
  const MatrixXd added = new_directions(space.v, candidates);
  if (added.cols() == 0) return 0;
  append(space.v, added);
  append(space.hv, problem.h_product(added));
  append(space.sv, problem.s_product(added));
  space.products += int(added.cols());
  return added.cols();
}

// Shrinks the space to the span of the best Ritz vectors (thick restart).
void restart(Space& space, const MatrixXd& coefficients, Index kept, bool keep_first) {
  const Index size = space.v.cols();
  MatrixXd wanted(size, 0);
  if (keep_first) wanted = MatrixXd::Identity(size, 1);
  append(wanted, coefficients.leftCols(std::min(kept, coefficients.cols())));
  const MatrixXd rotation = new_directions(MatrixXd(size, 0), wanted);
  space.v = (space.v * rotation).eval();
  space.hv = (space.hv * rotation).eval();
  space.sv = (space.sv * rotation).eval();
}

Current ritz_vectors(const Space& space, const Ritz& ritz, Index roots) {
  const Index count = std::min(roots, ritz.coefficients.cols());
  const auto coefficients = ritz.coefficients.leftCols(count);
  Current current;
  current.values = ritz.values.head(count);
  current.vectors = space.v * coefficients;
  current.s_vectors = space.sv * coefficients;
  current.residuals =
      space.hv * coefficients - current.s_vectors * ritz.values.head(count).asDiagonal();
  current.residual_norms = current.residuals.colwise().norm().transpose();
  return current;
}

bool is_open(const Current& current, Index k, const DavidsonOptions& options) {
  const double needed = std::max(std::abs(current.values(k)), options.sign_floor);
  return current.residual_norms(k) > std::min(options.tolerance, needed);
}

bool any_is_open(const Current& current, const DavidsonOptions& options) {
  for (Index k = 0; k < current.values.size(); ++k) {
    if (is_open(current, k, options)) return true;
  }
  return false;
}

// Corrections to the roots that are not converged.
MatrixXd corrections(const Problem& problem, const Current& current,
                     const DavidsonOptions& options) {
  MatrixXd result(current.vectors.rows(), 0);
  for (Index k = 0; k < current.values.size(); ++k) {
    if (!is_open(current, k, options)) continue;
    VectorXd correction = problem.precondition(current.residuals.col(k), current.values(k));
    const VectorXd along = problem.precondition(current.s_vectors.col(k), current.values(k));
    const double scale = current.s_vectors.col(k).dot(along);
    if (std::abs(scale) > 1e-12 * current.s_vectors.col(k).norm() * along.norm()) {
      correction -= (current.s_vectors.col(k).dot(correction) / scale) * along;
    }
    append(result, correction);
  }
  return result;
}

MatrixXd open_residuals(const Current& current, const DavidsonOptions& options) {
  MatrixXd result(current.vectors.rows(), 0);
  for (Index k = 0; k < current.values.size(); ++k) {
    if (is_open(current, k, options)) append(result, current.residuals.col(k));
  }
  return result;
}

void report(Eigenpairs& result, const Current& current, const Space& space) {
  result.values = current.values;
  result.vectors = current.vectors;
  result.residuals = current.residual_norms;
  result.products = space.products;
}

Eigenpairs search(const Problem& problem, const MatrixXd& guess, const DavidsonOptions& options) {
  const Index n = guess.rows();
  const Index roots = std::min<Index>(options.roots, n);
  const Index max_space = std::max<Index>({options.max_space, 3 * roots, 2});
  Space space{MatrixXd(n, 0), MatrixXd(n, 0), MatrixXd(n, 0)};
  if (roots < 1 || extend(space, problem, guess) == 0) {
    throw std::invalid_argument("Davidson: no root asked for, or the guess is empty or zero");
  }
  Eigenpairs result;
  for (result.iterations = 1;; ++result.iterations) {
    const Ritz ritz =
        problem.solve_projected(space.v.transpose() * space.hv, space.v.transpose() * space.sv);
    const Current current = ritz_vectors(space, ritz, roots);
    report(result, current, space);
    result.converged = ritz.acceptable >= roots && current.values.size() == roots &&
                       !any_is_open(current, options);
    result.status = ritz.acceptable < std::min(roots, space.v.cols())
                        ? "not enough roots of the kind asked for"
                        : "residual above the tolerance after the last iteration";
    if (result.converged) result.status = "converged";
    if (result.converged || result.iterations >= options.max_iterations) return result;
    const MatrixXd wanted = corrections(problem, current, options);
    if (space.v.cols() + wanted.cols() > max_space && max_space < n) {
      restart(space, ritz.coefficients, std::max(roots, max_space / 2), problem.keep_first);
    }
    if (extend(space, problem, wanted) == 0 &&
        extend(space, problem, open_residuals(current, options)) == 0) {
      result.status += "; no new direction is left";
      return result;
    }
  }
}

Ritz solve_symmetric(const MatrixXd& h, const MatrixXd&) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{MatrixXd(0.5 * (h + h.transpose()))};
  return {solver.eigenvalues(), solver.eigenvectors(), h.rows()};
}

Ritz solve_pencil(const MatrixXd& h, const MatrixXd& s, const RootChoice& choice) {
  const PencilSpectrum spectrum = pencil_spectrum(h, s);
  Ritz ritz;
  ritz.coefficients.resize(h.rows(), 0);
  if (!spectrum.solved) return ritz;
  const RootRanking ranking = rank_roots(spectrum, choice);
  ritz.acceptable = ranking.acceptable;
  ritz.values.resize(Index(ranking.order.size()));
  ritz.coefficients.resize(h.rows(), ritz.values.size());
  for (Index k = 0; k < ritz.values.size(); ++k) {
    const Index root = ranking.order[std::size_t(k)];
    ritz.values(k) = spectrum.values(root).real();
    ritz.coefficients.col(k) = real_vector(spectrum, s, root);
  }
  return ritz;
}

}  // namespace

Preconditioner diagonal_preconditioner(VectorXd diagonal, VectorXd metric) {
  if (metric.size() == 0) metric = VectorXd::Ones(diagonal.size());
  return [diagonal = std::move(diagonal), metric = std::move(metric)](const VectorXd& residual,
                                                                      double value) {
    const VectorXd denominator = diagonal - value * metric;
    const double smallest = std::max(1e-4 * denominator.cwiseAbs().maxCoeff(), 1e-300);
    VectorXd result(residual.size());
    for (Index i = 0; i < residual.size(); ++i) {
      const double size = std::max(std::abs(denominator(i)), smallest);
      result(i) = residual(i) / std::copysign(size, denominator(i));
    }
    return result;
  };
}

Eigenpairs lowest_eigenpairs(const LinearMap& product, const Preconditioner& precondition,
                             const MatrixXd& guess, const DavidsonOptions& options) {
  const Problem problem{product, [](const MatrixXd& x) { return x; }, precondition, solve_symmetric,
                        false};
  return search(problem, guess, options);
}

Eigenpairs pencil_eigenpairs(const LinearMap& h_product, const LinearMap& s_product,
                             const Preconditioner& precondition, const MatrixXd& guess,
                             const DavidsonOptions& options, const RootChoice& choice) {
  const auto solve = [&](const MatrixXd& h, const MatrixXd& s) {
    return solve_pencil(h, s, choice);
  };
  return search({h_product, s_product, precondition, solve, true}, guess, options);
}

}  // namespace markhor
