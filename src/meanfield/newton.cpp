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

Step trust_region_step(const OrbitalRotations& rotations, const VectorXd& gradient, double radius) {
  const VectorXd scale =
      rotations.diagonal().cwiseAbs().cwiseMax(smallest_diagonal).cwiseSqrt().cwiseInverse();
  const VectorXd g = scale.cwiseProduct(gradient);
  // Tight enough for fast convergence near the solution, loose far from it.
  const double tolerance = g.norm() * std::clamp(g.norm(), 1e-3, 0.1);
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

// Rounding in an energy of this size; changes below cannot be told from zero.
double energy_noise(double energy) { return 1e-13 * std::max(1.0, std::abs(energy)); }

struct Verdict {
  bool accepted = false;
  double next_radius = 0.0;
};

Verdict judge(const Step& step, double change, double energy, double radius) {
  const double noise = energy_noise(energy);
  if (std::abs(step.predicted_change) < noise) {
    // Nothing left to gain. A long step may still rise: along a direction that a broken symmetry
    // makes flat, the model promises no change at any length.
    const bool accepted = change < 10.0 * noise;
    return {accepted, accepted ? radius : 0.25 * step.length};
  }
  const double ratio = change / step.predicted_change;
  if (ratio < 0.25) return {change < 0.0, 0.25 * step.length};
  if (ratio > 0.75 && step.at_boundary) return {true, std::min(2.0 * radius, largest_radius)};
  return {true, radius};
}

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
    const Step step =
        rotations.size() == 0 ? Step{} : trust_region_step(rotations, gradient, radius);
    ScfState candidate =
        rotations.size() == 0 ? result.state : builder.evaluate(rotations.rotate(step.rotation));
    const double change = candidate.energy - result.state.energy;
    const double largest = largest_element(orbital_gradient(problem, candidate));
    const Verdict verdict = judge(step, change, candidate.energy, radius);
    radius = verdict.next_radius;
    result.iterations.push_back(
        {candidate.energy, change, largest, verdict.accepted ? "newton" : "newton, rejected"});
    if (!verdict.accepted) continue;
    result.state = std::move(candidate);
    if (std::abs(change) < options.energy_convergence && largest < options.gradient_convergence) {
      result.converged = true;
      break;
    }
  }
  return result;
}

}  // namespace markhor
