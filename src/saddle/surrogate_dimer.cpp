#include "saddle/surrogate_dimer.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr std::size_t rotation_memory = 50;  // more than there are rotations at most midpoints

VectorXd across(const VectorXd& vector, const VectorXd& unit) {
  return vector - vector.dot(unit) * unit;
}

VectorXd image_gradient(const SurrogateGradient& surrogate, const FreeCoordinates& space,
                        double separation, const SurrogateDimer& dimer) {
  return surrogate(space.moved(dimer.positions, separation * dimer.axis));
}

VectorXd without(const VectorXd& vector, const MatrixXd& rigid) {
  return vector - rigid * (rigid.transpose() * vector);
}

// -2 (H n) across n, from the two images of which the other one follows from linearity.
VectorXd rotational_force(const SurrogateDimer& dimer, double separation) {
  return -2.0 / separation * across(dimer.image_gradient - dimer.gradient, dimer.axis);
}

double turn_of(double force, double curvature) {
  return 0.5 * std::atan(force / (2.0 * std::abs(curvature)));
}

// Angle of the lowest curvature C(w) = a0/2 + a1 cos 2w + b1 sin 2w, whose slope over the angle is
// minus the force along the turn; force > 0 at w = 0.
double best_turn(double force, double trial, double trial_force) {
  const double a1 = (trial_force - force * std::cos(2.0 * trial)) / (2.0 * std::sin(2.0 * trial));
  const double angle = 0.5 * std::atan(-0.5 * force / a1);
  return angle < 0.0 ? angle + 0.5 * std::numbers::pi : angle;
}

// The direction to turn to at an axis: L-BFGS on the rotational forces.
class TurnDirection {
 public:
  explicit TurnDirection(double inverse_curvature)
      : memory_(rotation_memory), inverse_curvature_(inverse_curvature) {}

  VectorXd next(const VectorXd& axis, const VectorXd& force) {
    if (last_axis_.size() > 0) memory_.add(axis - last_axis_, last_force_ - force);
    last_axis_ = axis;
    last_force_ = force;
    const VectorXd turn = across(memory_.apply(force, inverse_curvature_), axis).normalized();
    if (turn.dot(force) > 0.0) return turn;
    memory_.clear();
    return force.normalized();
  }

 private:
  LimitedMemory memory_;
  double inverse_curvature_;
  VectorXd last_axis_, last_force_;
};

double nearest_neighbour(const VectorXd& positions, Index atom) {
  double nearest = std::numeric_limits<double>::infinity();
  for (Index other = 0; other < positions.size() / 3; ++other) {
    if (other == atom) continue;
    nearest = std::min(nearest,
                       (positions.segment<3>(3 * atom) - positions.segment<3>(3 * other)).norm());
  }
  return nearest;
}

}  // namespace

double expected_turn(const SurrogateDimer& dimer, double separation) {
  return turn_of(rotational_force(dimer, separation).norm(), dimer.curvature(separation));
}

void set_dimer(const SurrogateGradient& surrogate, const FreeCoordinates& space, double separation,
               SurrogateDimer& dimer) {
  dimer.axis = without(dimer.axis, space.rigid_motions(dimer.positions)).normalized();
  dimer.gradient = surrogate(dimer.positions);
  dimer.image_gradient = image_gradient(surrogate, space, separation, dimer);
}

int rotate_dimer(const SurrogateGradient& surrogate, const FreeCoordinates& space,
                 const SurrogateDimerOptions& options, const RotationLimits& limits,
                 SurrogateDimer& dimer) {
  const double separation = options.separation;
  const MatrixXd rigid = space.rigid_motions(dimer.positions);
  TurnDirection directions(options.inverse_curvature);
  for (int made = 0; made < limits.max_rotations; ++made) {
    const VectorXd force = without(rotational_force(dimer, separation), rigid);
    if (force.norm() == 0.0) return made;
    const VectorXd axis = dimer.axis, turn = directions.next(axis, force);
    const double along = force.dot(turn);
    const double trial = turn_of(along, dimer.curvature(separation));
    if (trial < limits.angle_tolerance) return made;
    dimer.axis = (axis * std::cos(trial) + turn * std::sin(trial)).normalized();
    dimer.image_gradient = image_gradient(surrogate, space, separation, dimer);
    const VectorXd turned = turn * std::cos(trial) - axis * std::sin(trial);
    const double angle = best_turn(along, trial, rotational_force(dimer, separation).dot(turned));
    dimer.axis = (axis * std::cos(angle) + turn * std::sin(angle)).normalized();
    dimer.image_gradient = image_gradient(surrogate, space, separation, dimer);
  }
  return limits.max_rotations;
}

double safe_scale(const FreeCoordinates& space, const VectorXd& positions, const VectorXd& step,
                  double distance_ratio) {
  // Two atoms may meet half-way.
  const double share = 0.99 * 0.5 * (1.0 - distance_ratio);
  const VectorXd moves = space.expanded(step);
  double scale = 1.0;
  for (Index atom = 0; atom < moves.size() / 3; ++atom) {
    const double length = moves.segment<3>(3 * atom).norm();
    const double limit = share * nearest_neighbour(positions, atom);
    if (scale * length > limit) scale = limit / length;
  }
  return scale;
}

SurrogateTranslation::SurrogateTranslation(const FreeCoordinates& space,
                                           const SurrogateDimerOptions& options)
    : space_(space), options_(options), memory_(static_cast<std::size_t>(space.size())) {}

void SurrogateTranslation::forget() {
  memory_.clear();
  last_step_.resize(0);
}

VectorXd SurrogateTranslation::climbing_step(const VectorXd& force) {
  if (last_step_.size() > 0) memory_.add(last_step_, last_force_ - force);
  return memory_.apply(force, options_.inverse_curvature);
}

VectorXd SurrogateTranslation::next_step(const SurrogateDimer& dimer) {
  const double uphill = dimer.gradient.dot(dimer.axis);
  const bool convex = dimer.curvature(options_.separation) >= 0.0;
  const VectorXd force = -dimer.gradient + 2.0 * uphill * dimer.axis;
  if (convex) forget();
  VectorXd step = convex ? VectorXd(std::copysign(options_.convex_step, uphill) * dimer.axis)
                         : climbing_step(force);
  step = without(step, space_.rigid_motions(dimer.positions));
  const double longest = convex ? options_.convex_step : options_.max_step;
  double scale = step.norm() > longest ? longest / step.norm() : 1.0;
  scale *= safe_scale(space_, dimer.positions, scale * step, options_.distance_ratio);
  step *= scale;
  if (convex) return step;
  if (scale < 1.0) memory_.clear();
  last_force_ = force;
  last_step_ = step;
  return step;
}

}  // namespace markhor
