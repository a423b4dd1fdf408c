// Matrices to test solvers on; the same for the same seed.
#pragma once

#include <Eigen/Dense>

namespace markhor {

Eigen::MatrixXd random_matrix(Eigen::Index rows, Eigen::Index columns, unsigned seed);
Eigen::VectorXd random_vector(Eigen::Index size, unsigned seed);

// Orthogonal matrix times the given eigenvalues times its transpose.
Eigen::MatrixXd symmetric_matrix(const Eigen::VectorXd& eigenvalues, unsigned seed);

// The matrices of a sampled linear method: parameter i shifts the wave function along column i of
// a random matrix, H is a symmetric operator, so that H and S are Gram matrices over "samples"
// with a statistical error that makes H non-symmetric.
struct SampledPencil {
  Eigen::MatrixXd h, s;  // (parameters + 1) square; row and column 0 belong to the wave function
  double energy = 0.0;   // h(0,0)
};
SampledPencil sampled_pencil(Eigen::Index parameters, Eigen::Index samples, unsigned seed);

}  // namespace markhor
