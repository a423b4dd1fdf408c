// Matrix-free block Davidson solver: the lowest roots of a symmetric operator, and chosen roots of
// a non-symmetric pencil, from products with a few vectors at a time.
//
// E. R. Davidson, J. Comput. Phys. 17, 87 (1975); B. Liu (block form), LBL-8158, 49 (1978); the
// correction of J. Olsen, P. Jorgensen, J. Simons, Chem. Phys. Lett. 169, 463 (1990), keeps a good
// preconditioner from giving back the vector that is there already.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <limits>
#include <string>

#include "curvature/pencil.hpp"

namespace markhor {

// Applies a linear operator to each column of x (n x k in, n x k out).
using LinearMap = std::function<Eigen::MatrixXd(const Eigen::MatrixXd& x)>;

// Approximates (A - value)^-1 residual, for a pencil (H - value S)^-1 residual. May be the
// identity.
using Preconditioner =
    std::function<Eigen::VectorXd(const Eigen::VectorXd& residual, double value)>;

// Divides by diagonal - value, or diagonal - value * metric if metric (diagonal of S) is given.
// Denominators below 1e-4 of the largest are set to that size, sign kept.
Preconditioner diagonal_preconditioner(Eigen::VectorXd diagonal, Eigen::VectorXd metric = {});

struct DavidsonOptions {
  int roots = 1;
  double tolerance = 1e-8;  // Euclidean norm of the residual of a normalized vector
  // Residuals must also be below the size of their roots, so that some exact root has that sign;
  // roots smaller than this need not be known better than to this.
  double sign_floor = std::numeric_limits<double>::infinity();
  int max_iterations = 100;
  int max_space = 40;  // vectors held; three per root at least are always allowed
};

struct Eigenpairs {
  Eigen::VectorXd values;     // roots
  Eigen::MatrixXd vectors;    // n x roots, of norm 1 (in S for a pencil)
  Eigen::VectorXd residuals;  // Euclidean norms
  bool converged = false;
  int iterations = 0;
  int products = 0;  // columns multiplied by the operator
  std::string status;
};

// Lowest roots of a symmetric operator, ascending. guess: n x k, k >= 1, best one column or more
// per root; a root to which no column, no product and no preconditioned residual has any overlap
// (by symmetry, say) is not found. Not converging is reported in the result, which then holds the
// best vectors so far. Throws std::invalid_argument if the guess is empty or zero.
Eigenpairs lowest_eigenpairs(const LinearMap& product, const Preconditioner& precondition,
                             const Eigen::MatrixXd& guess, const DavidsonOptions& options);

// Roots of H v = E S v, right eigenvectors, H not symmetric, S symmetric positive semidefinite. The
// first column of guess stands for the first basis vector of RootChoice (it stays in the search
// space through restarts); the best root comes first. Where S is singular the residual can vanish
// only if H maps into the range of S, as matrices of sampled averages do. Otherwise as above.
Eigenpairs pencil_eigenpairs(const LinearMap& h_product, const LinearMap& s_product,
                             const Preconditioner& precondition, const Eigen::MatrixXd& guess,
                             const DavidsonOptions& options, const RootChoice& choice);

}  // namespace markhor
