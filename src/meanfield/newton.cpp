#include "meanfield/newton.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "meanfield/orbital_rotation.hpp"

namespace markhor {

namespace {

using Eigen::VectorXd;

// In variables scaled so that the Hessian's diagonal is near 1; half its square is an energy in
// Hartree.
constexpr double first_radius = 0.5, largest_radius = 2.0, smallest_radius = 1e-8;
constexpr int max_products = 40;
// Small or negative diagonal elements would make huge steps of what the model knows least about.
constexpr double smallest_diagonal = 0.2;

struct Step {
  VectorXd rotation;
  double length = 0.0;  // scaled variables
  double predicted_change = 0.0;
  bool at_boundary = false;
};

// The root t >= 0 of |y + t d| = radius.
double distance_to_boundary(const VectorXd& y, const VectorXd& d, double radius) {
  const double a = d.squaredNorm(), b = y.dot(d), c = y.squaredNorm() - radius * radius;
  return (-b + std::sqrt(std::max(0.0, b * b - a * c))) / a;
}

Step trust_region_step(const OrbitalRotations& rotations, const VectorXd& gradient,
                       double radius) {
  const VectorXd scale =
      rotations.diagonal().cwiseAbs().cwiseMax(smallest_diagonal).cwiseSqrt().cwiseInverse();
  const VectorXd g = scale.cwiseProduct(gradient);
  // Tight enough for quadratic convergence near the solution, loose far from it.
  const double tolerance = g.norm() * std::min(0.1, g.norm());
  VectorXd y = VectorXd::Zero(g.size()), hy = y, residual = -g, direction = residual;
  Step step;
  for (int i = 0; i < max_products && residual.norm() > tolerance; ++i) {
    const VectorXd hd =
        scale.cwiseProduct(rotations.hessian_product(scale.cwiseProduct(direction)).col(0));
    const double curvature = direction.dot(hd), square = residual.squaredNorm();
    const double t = curvature > 0.0 ? square / curvature : 0.0;
    if (curvature <= 0.0 || (y + t * direction).norm() >= radius) {
      const double tau = distance_to_boundary(y, direction, radius);
      y += tau * direction;
      hy += tau * hd;
      step.at_boundary = true;
      break;
    }
    y += t * direction;
    hy += t * hd;
    residual -= t * hd;
    direction = residual + (residual.squaredNorm() / square) * direction;
  }
  step.rotation = scale.cwiseProduct(y);
  step.length = y.norm();
  step.predicted_change = g.dot(y) + 0.5 * y.dot(hy);
  return step;
}

double next_radius(double radius, const Step& step, double ratio) {
  if (ratio < 0.25) return 0.25 * step.length;
  if (ratio > 0.75 && step.at_boundary) return std::min(2.0 * radius, largest_radius);
  return radius;
}

// Rounding in an energy of this size; changes below cannot be told from zero.
double energy_noise(double energy) { return 1e-13 * std::max(1.0, std::abs(energy)); }

}  // namespace

NewtonResult minimize_energy(const ScfProblem& problem, FockBuilder& builder, ScfState start,
                             const NewtonOptions& options) {
  NewtonResult result;
  result.state = std::move(start);
  double radius = first_radius;
  for (int i = 0; i < options.max_iterations && radius > smallest_radius; ++i) {
    // The diagonal of the Hessian is only a preconditioner in canonical orbitals.
    result.state.orbitals = canonicalize(problem, result.state).orbitals;
    const OrbitalRotations rotations(problem, result.state);
    const VectorXd gradient = rotations.gradient();
    const Step step = rotations.size() == 0
                          ? Step{}
                          : trust_region_step(rotations, gradient, radius);
    ScfState candidate = rotations.size() == 0
                             ? result.state
                             : builder.evaluate(rotations.rotate(step.rotation));
    const double change = candidate.energy - result.state.energy;
    const double largest = largest_element(orbital_gradient(problem, candidate));
    const bool in_the_noise = std::abs(step.predicted_change) < energy_noise(candidate.energy);
    const bool accepted =
        in_the_noise ? change < 10.0 * energy_noise(candidate.energy) : change < 0.0;
    if (!in_the_noise) radius = next_radius(radius, step, change / step.predicted_change);
    result.iterations.push_back(
        {candidate.energy, change, largest, accepted ? "newton" : "newton, rejected"});
    if (!accepted) continue;
    result.state = std::move(candidate);
    if (std::abs(change) < options.energy_convergence &&
        largest < options.gradient_convergence) {
      result.converged = true;
      break;
    }
  }
  return result;
}

}  // namespace markhor
