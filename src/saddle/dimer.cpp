#include "saddle/dimer.hpp"

#include <cmath>
#include <numbers>
#include <optional>

#include "saddle/first_axis.hpp"
#include "saddle/limited_memory.hpp"

namespace markhor {

namespace {

using Eigen::VectorXd;

// Only midpoint and one image are evaluated; the other image follows from linearity of the forces.
struct Dimer {
  SearchPoint middle;
  VectorXd axis, image_gradient;  // D
  double curvature = 0.0;
};

double curvature_of(const Dimer& dimer, double separation) {
  return (dimer.image_gradient + dimer.middle.forces).dot(dimer.axis) / separation;
}

// The force that turns the dimer towards lower curvature.
VectorXd rotational_force(const Dimer& dimer) {
  const VectorXd change = dimer.image_gradient + dimer.middle.forces;
  return -2.0 * (change - change.dot(dimer.axis) * dimer.axis);
}

// Conjugate directions of the rotation (Polak and Ribiere), restarted where they lose conjugacy.
class RotationDirection {
 public:
  VectorXd next(const VectorXd& force, const VectorXd& axis) {
    double gamma = 0.0;
    if (last_force_.size() > 0) {
      const double overlap = std::abs(force.dot(last_force_)), square = last_force_.squaredNorm();
      if (overlap < 0.5 * square) gamma = force.dot(force - last_force_) / square;
    }
    direction_ = gamma == 0.0 ? force : VectorXd(force + gamma * direction_);
    last_force_ = force;
    return (direction_ - direction_.dot(axis) * axis).normalized();
  }

 private:
  VectorXd last_force_, direction_;
};

// The angle of lowest curvature from the curvature, its slope over the angle, and the curvature at
// a trial angle: C(phi) = a0/2 + a1 cos 2 phi + b1 sin 2 phi.
struct CurvatureMinimum {
  double angle, curvature;
};

CurvatureMinimum lowest_curvature(double at_zero, double slope, double trial, double at_trial) {
  const double b1 = 0.5 * slope;
  const double a1 =
      (at_zero - at_trial + b1 * std::sin(2.0 * trial)) / (1.0 - std::cos(2.0 * trial));
  const double a0 = 2.0 * (at_zero - a1);
  const auto value = [&](double phi) {
    return 0.5 * a0 + a1 * std::cos(2.0 * phi) + b1 * std::sin(2.0 * phi);
  };
  double angle = 0.5 * std::atan(b1 / a1);
  if (value(angle) > at_zero) angle += 0.5 * std::numbers::pi;
  const double curvature = value(angle);
  if (angle > 0.5 * std::numbers::pi) angle -= std::numbers::pi;
  return {angle, curvature};
}

class DimerSearch {
 public:
  DimerSearch(const SearchProblem& problem, const DimerOptions& options)
      : problem_(problem), options_(options), memory_(options.memory) {}
  SearchOutcome run();

 private:
  std::optional<VectorXd> gradient_beside(const VectorXd& direction, CallPurpose purpose);
  bool rotate();
  VectorXd translational_force(const VectorXd& forces) const;
  VectorXd translation();
  VectorXd clipped(const VectorXd& step) const;
  SearchOutcome outcome(bool converged, const std::string& status) const;

  const SearchProblem& problem_;
  const DimerOptions& options_;
  LimitedMemory memory_;
  Dimer dimer_;
  VectorXd last_force_, last_step_;  // of the translation
  int steps_ = 0;
};

std::optional<VectorXd> DimerSearch::gradient_beside(const VectorXd& direction,
                                                     CallPurpose purpose) {
  const VectorXd image =
      problem_.space.moved(dimer_.middle.positions, options_.separation * direction);
  const SearchPoint point = evaluate_point(problem_, image, purpose);
  if (!point.value.found) return std::nullopt;
  return VectorXd(-point.forces);
}

// False if an image has no energy.
bool DimerSearch::rotate() {
  const double tolerance = options_.angle_tolerance * std::numbers::pi / 180.0;
  std::optional<VectorXd> image = gradient_beside(dimer_.axis, CallPurpose::rotation);
  if (!image) return false;
  dimer_.image_gradient = *image;
  dimer_.curvature = curvature_of(dimer_, options_.separation);
  RotationDirection directions;
  for (int rotation = 0; rotation < options_.max_rotations; ++rotation) {
    const VectorXd force = rotational_force(dimer_);
    if (force.norm() == 0.0) return true;
    const VectorXd turn = directions.next(force, dimer_.axis);
    const VectorXd change = dimer_.image_gradient + dimer_.middle.forces;
    const double slope = 2.0 * change.dot(turn) / options_.separation;
    const double trial = -0.5 * std::atan(slope / (2.0 * std::abs(dimer_.curvature)));
    if (std::abs(trial) <= tolerance || !calls_left(problem_)) return true;
    const VectorXd trial_axis =
        (dimer_.axis * std::cos(trial) + turn * std::sin(trial)).normalized();
    image = gradient_beside(trial_axis, CallPurpose::rotation);
    if (!image) return false;
    const double at_trial = (*image + dimer_.middle.forces).dot(trial_axis) / options_.separation;
    const CurvatureMinimum best = lowest_curvature(dimer_.curvature, slope, trial, at_trial);
    // The image's gradient at the new angle, by linearity.
    const double phi = best.angle;
    dimer_.image_gradient =
        std::sin(trial - phi) / std::sin(trial) * dimer_.image_gradient +
        std::sin(phi) / std::sin(trial) * *image -
        (1.0 - std::cos(phi) - std::sin(phi) * std::tan(0.5 * trial)) * dimer_.middle.forces;
    dimer_.axis = (dimer_.axis * std::cos(phi) + turn * std::sin(phi)).normalized();
    dimer_.curvature = best.curvature;
    if (std::abs(phi) <= tolerance) return true;
  }
  return true;
}

VectorXd DimerSearch::translational_force(const VectorXd& forces) const {
  const VectorXd along = forces.dot(dimer_.axis) * dimer_.axis;
  return dimer_.curvature < 0.0 ? VectorXd(forces - 2.0 * along) : VectorXd(-along);
}

VectorXd DimerSearch::clipped(const VectorXd& step) const {
  const double largest = largest_on_a_particle(step);
  return largest > options_.max_move ? VectorXd(step * (options_.max_move / largest)) : step;
}

// L-BFGS without line search, its first curvature from one more call.
VectorXd DimerSearch::translation() {
  const VectorXd force = translational_force(dimer_.middle.forces);
  const VectorXd unit = force.normalized();
  double curvature = 0.0;
  if (last_force_.size() == 0) {
    const std::optional<VectorXd> beside = gradient_beside(unit, CallPurpose::search);
    if (beside) {
      curvature = (force - translational_force(-*beside)).dot(unit) / options_.separation;
    }
  } else {
    const VectorXd change = last_force_ - force;
    curvature = change.squaredNorm() / last_step_.dot(change);
    memory_.add(last_step_, change);
  }
  VectorXd step;
  if (curvature <= 0.0) {
    memory_.clear();
    step = clipped(unit * options_.max_move * std::sqrt(3.0 * static_cast<double>(unit.size())));
  } else {
    step = memory_.apply(force, 1.0 / curvature);
    if (largest_on_a_particle(step) > options_.max_move || step.dot(force) < 0.0) {
      memory_.clear();
      step = clipped(force / curvature);
    }
  }
  last_force_ = force;
  last_step_ = step;
  return step;
}

SearchOutcome DimerSearch::outcome(bool converged, const std::string& status) const {
  return {converged,        status, dimer_.middle.positions, dimer_.middle.value, dimer_.axis,
          dimer_.curvature, steps_};
}

SearchOutcome DimerSearch::run() {
  dimer_.middle = evaluate_point(problem_, problem_.guess, CallPurpose::search);
  if (!dimer_.middle.value.found) {
    return outcome(false, "no energy at the guess: " + dimer_.middle.value.status);
  }
  dimer_.axis = first_axis(problem_, dimer_.middle);
  const auto exhausted = [this] {
    return outcome(false, exhaustion_sentence(problem_, dimer_.middle));
  };
  while (true) {
    if (!calls_left(problem_)) return exhausted();
    if (!rotate()) return outcome(false, "no energy at an image of the dimer");
    if (is_converged(problem_, dimer_.middle)) break;
    if (!calls_left(problem_)) return exhausted();
    const VectorXd next = problem_.space.moved(dimer_.middle.positions, translation());
    if (!calls_left(problem_)) return exhausted();
    const SearchPoint point = evaluate_point(problem_, next, CallPurpose::search);
    if (!point.value.found) return outcome(false, "no energy after a step: " + point.value.status);
    dimer_.middle = point;
    ++steps_;
    if (has_risen_too_far(problem_, point)) {
      return outcome(false, "given up: the energy has risen too far above that of the guess");
    }
  }
  if (dimer_.curvature >= 0.0) {
    return outcome(false, "the forces vanish, but no mode of negative curvature was found");
  }
  return outcome(true, convergence_sentence(problem_, dimer_.middle));
}

}  // namespace

SearchOutcome dimer_search(const SearchProblem& problem, const DimerOptions& options) {
  return DimerSearch(problem, options).run();
}

}  // namespace markhor
