#include "saddle/posterior_point.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Half the way between the gradients whose difference stands for a curvature, bohr.
constexpr double half_separation = 0.1;
// Softer modes do not count as softer, Hartree/bohr^2: first order says nothing of how far they go.
constexpr double softest = 1e-3;

// Of v . (g(x + h v) - g(x - h v)) / 2h.
double curvature_error(const GaussianProcess& model, const FreeCoordinates& space,
                       const VectorXd& positions, const VectorXd& mode) {
  const MatrixXd covariance =
      model.joint_covariance({space.moved(positions, half_separation * mode),
                              space.moved(positions, -half_separation * mode)});
  VectorXd difference(covariance.rows());
  difference << 0.0, mode, 0.0, -mode;  // energies first
  const double variance = difference.dot(covariance * difference);
  return std::sqrt(std::max(variance, 0.0)) / (2.0 * half_separation);
}

}  // namespace

double posterior_force_error(const GaussianProcess& model, ForceMeasure measure,
                             const VectorXd& positions) {
  return force_size(model.variance(positions).gradient.cwiseSqrt(), measure);
}

PosteriorPoint posterior_point(const GaussianProcess& model, const FreeCoordinates& space,
                               ForceMeasure measure, const VectorXd& positions) {
  const Index d = space.size();
  const MatrixXd covariance = model.covariance(positions).bottomRightCorner(d, d);
  const MatrixXd internal = space.internal_motions(positions);
  PosteriorPoint point;
  point.force_error = posterior_force_error(model, measure, positions);
  point.hessian = model.hessian(positions);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes{
      MatrixXd(internal.transpose() * point.hessian * internal)};
  VectorXd inverse = modes.eigenvalues();
  for (double& value : inverse) {
    value = std::copysign(1.0 / std::max(std::abs(value), softest), value);
  }
  const MatrixXd vectors = internal * modes.eigenvectors();
  const MatrixXd response = vectors * inverse.asDiagonal() * vectors.transpose();
  const VectorXd errors = (response * covariance * response).diagonal().cwiseMax(0.0).cwiseSqrt();
  point.position_errors = space.expanded(errors);
  for (Index i = 0; i < std::min<Index>(2, vectors.cols()); ++i) {
    const VectorXd mode = vectors.col(i);
    point.modes.push_back({modes.eigenvalues()[i], 0.0, space.expanded(mode),
                           curvature_error(model, space, positions, mode)});
  }
  return point;
}

SurfaceValue posterior_value(const GaussianProcess& model, const FreeCoordinates& space,
                             const VectorXd& positions) {
  const GpPrediction mean = model.predict(positions);
  const GpVariance variance = model.variance(positions);
  SurfaceValue value;
  value.found = true;
  value.energy = mean.energy;
  value.energy_error = std::sqrt(variance.energy);
  value.forces = space.expanded(-mean.gradient);
  value.force_errors = space.expanded(variance.gradient.cwiseSqrt());
  return value;
}

std::string posterior_sentence(const SearchProblem& problem, const SearchOutcome& outcome) {
  const PosteriorPoint& known = *outcome.posterior;
  const double unit = hartree_per_bohr_per_ev_per_angstrom;
  const VectorXd forces = problem.space.reduced(outcome.value.forces);
  char text[256];
  std::snprintf(
      text, sizeof text,
      "%s: on the model of all %d calls the %s is %.4f +- %.4f eV/angstrom, and the "
      "stationary point is known to %.4f angstrom an atom",
      outcome.converged ? "converged" : "not converged", problem.evaluations.count(),
      problem.limits.measure == ForceMeasure::norm ? "norm of the forces" : "largest force",
      force_size(forces, problem.limits.measure) / unit, known.force_error / unit,
      largest_on_a_particle(problem.space.reduced(known.position_errors)) /
          units::bohr_per_angstrom);
  return text;
}

}  // namespace markhor
