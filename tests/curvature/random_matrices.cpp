#include "random_matrices.hpp"

#include <random>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd random_matrix(Index rows, Index columns, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  return MatrixXd::NullaryExpr(rows, columns, [&] { return normal(generator); });
}

VectorXd random_vector(Index size, unsigned seed) { return random_matrix(size, 1, seed); }

MatrixXd symmetric_matrix(const VectorXd& eigenvalues, unsigned seed) {
  const Index n = eigenvalues.size();
  const MatrixXd q = random_matrix(n, n, seed).householderQr().householderQ();
  return q * eigenvalues.asDiagonal() * q.transpose();
}

SampledPencil sampled_pencil(Index parameters, Index samples, unsigned seed) {
  // Samples of O_i and of dE_i/2 of different stiffness; the energy gradient is small.
  MatrixXd o = random_matrix(samples, parameters, seed);
  o.rowwise() -= o.colwise().mean();
  const MatrixXd noise = random_matrix(samples, parameters, seed + 1);
  const VectorXd stiffness = VectorXd::LinSpaced(parameters, 0.5, 20.0);
  const MatrixXd response = o * stiffness.asDiagonal() + 0.2 * noise;
  SampledPencil pencil;
  const Index n = parameters + 1;
  pencil.energy = -17.0;
  pencil.s = MatrixXd::Identity(n, n);
  pencil.s.bottomRightCorner(parameters, parameters) = o.transpose() * o / double(samples);
  pencil.h = pencil.energy * pencil.s;
  pencil.h.bottomRightCorner(parameters, parameters) += o.transpose() * response / double(samples);
  pencil.h.col(0).tail(parameters) += 0.1 * random_vector(parameters, seed + 2);
  pencil.h.row(0).tail(parameters) += pencil.h.col(0).tail(parameters).transpose() +
                                      0.01 * random_vector(parameters, seed + 3).transpose();
  return pencil;
}

}  // namespace markhor
