#include "saddle/first_axis.hpp"

#include "saddle/model_hessian.hpp"

namespace markhor {

using Eigen::VectorXd;

VectorXd first_axis(const SearchProblem& problem, const SearchPoint& guess) {
  if (problem.direction.size() > 0) return problem.direction.normalized();
  const Eigen::MatrixXd internal = problem.space.internal_motions(guess.positions);
  const VectorXd force = internal.transpose() * guess.forces;
  if (force.norm() > 1e-8) return (internal * force).normalized();
  // A stationary point: up its softest mode.
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> modes{Eigen::MatrixXd(
      internal.transpose() * model_hessian(problem.space, guess.positions) * internal)};
  return internal * modes.eigenvectors().col(0);
}

}  // namespace markhor
