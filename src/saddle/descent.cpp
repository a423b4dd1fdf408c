#include "saddle/descent.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "curvature/quasi_newton.hpp"
#include "saddle/frequencies.hpp"
#include "saddle/quasi_newton_search.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Below this many tolerances steps of a minimization are the shorter way: paths end in soft modes.
constexpr double nearly_converged = 5.0;
constexpr double shortest_share = 1.0 / 8.0;  // of the step asked for

// Everything here is in the masses' metric, q = M^1/2 (x - saddle).
struct Slope {
  VectorXd gradient;
  MatrixXd hessian;
};
using SlopeField = std::function<Slope(const VectorXd& q)>;

struct Expansion {
  VectorXd q;
  Slope slope;

  Slope at(const VectorXd& place) const {
    return {slope.gradient + slope.hessian * (place - q), slope.hessian};
  }
};

// Steepest descent on a quadratic surface has a closed form in its eigenvectors: along one of
// eigenvalue k, -g (1 - exp(-k t)) / k.
VectorXd along_eigenvectors(const VectorXd& gradient, const VectorXd& values, double time) {
  VectorXd result(gradient.size());
  for (Index i = 0; i < result.size(); ++i) {
    const double k = values[i];
    result[i] = -gradient[i] * (std::abs(k * time) < 1e-12 ? time : -std::expm1(-k * time) / k);
  }
  return result;
}

// The piece of steepest descent of this length on the quadratic surface; shorter if it ends in a
// minimum before. The chord stands for the arc: pieces are short.
VectorXd quadratic_piece(const Slope& slope, double length) {
  constexpr int halvings = 60;
  // Where so little of the slope is left the rest is a way to the minimum's bottom that soft modes,
  // and the noise along rigid motions, draw out without end.
  constexpr double bottom = 1e-3;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes(slope.hessian);
  const VectorXd gradient = modes.eigenvectors().transpose() * slope.gradient;
  const auto piece = [&](double time) {
    return along_eigenvectors(gradient, modes.eigenvalues(), time);
  };
  const auto is_bottom = [&](double time) {
    const VectorXd left = (-time * modes.eigenvalues()).array().exp() * gradient.array();
    return left.norm() < bottom * gradient.norm();
  };
  if (gradient.norm() == 0.0) return VectorXd::Zero(gradient.size());
  double low = 0.0, high = length / gradient.norm();
  while (piece(high).norm() < length) {
    if (is_bottom(high)) return modes.eigenvectors() * piece(high);
    low = high;
    high *= 2.0;
  }
  for (int i = 0; i < halvings; ++i) {
    const double middle = 0.5 * (low + high);
    (piece(middle).norm() < length ? low : high) = middle;
  }
  return modes.eigenvectors() * piece(low);
}

struct Stretch {
  VectorXd end;
  bool whole = true;  // false: a minimum came before its length was reached
};

Stretch follow(const SlopeField& field, const VectorXd& from, double length) {
  constexpr int pieces = 20;
  Stretch stretch{from, true};
  for (int i = 0; i < pieces; ++i) {
    const VectorXd piece = quadratic_piece(field(stretch.end), length / pieces);
    stretch.end += piece;
    if (piece.norm() < 0.5 * length / pieces) return {stretch.end, false};
  }
  return stretch;
}

// The mean of two expansions, each with the inverse square of the distance from where it was made.
Slope weighted(const Expansion& a, const Expansion& b, const VectorXd& q) {
  const double near_a = (q - b.q).squaredNorm(), near_b = (q - a.q).squaredNorm();
  const double weight = near_a / (near_a + near_b);
  const Slope one = a.at(q), other = b.at(q);
  return {weight * one.gradient + (1.0 - weight) * other.gradient,
          weight * one.hessian + (1.0 - weight) * other.hessian};
}

// Near enough, and fit for a minimization.
MatrixXd positive(const MatrixXd& hessian) {
  constexpr double softest = 0.01;  // Hartree/bohr^2
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes(hessian);
  return modes.eigenvectors() * modes.eigenvalues().cwiseAbs().cwiseMax(softest).asDiagonal() *
         modes.eigenvectors().transpose();
}

class Path {
 public:
  Path(const SearchProblem& problem, const SearchPoint& saddle, const MatrixXd& hessian,
       const VectorXd& roots, const DescentOptions& options)
      : problem_(problem),
        options_(options),
        roots_(roots),
        origin_(problem.space.reduced(saddle.positions)),
        last_(saddle),
        here_{VectorXd::Zero(roots.size()), {VectorXd::Zero(roots.size()), hessian}},
        step_(options.step),
        first_(0.1 * options.step),
        length_(first_) {}

  // direction: a unit vector.
  Descent descend(const VectorXd& direction);

 private:
  bool advance(Descent& descent);
  double left_over(const SearchPoint& point) const;
  bool halve();
  void adapt(double correction);
  void minimize(Descent& descent) const;
  SearchPoint evaluate(const VectorXd& q) const;

  const SearchProblem& problem_;
  const DescentOptions& options_;
  const VectorXd& roots_;
  const VectorXd origin_;
  SearchPoint last_;  // the last point of the path, at first the saddle
  Expansion here_;    // around it
  VectorXd q_;        // on the path, beside it by the last correction
  double step_;
  const double first_;  // where the path begins: on the saddle itself there is no slope to follow
  double length_;
};

SearchPoint Path::evaluate(const VectorXd& q) const {
  const VectorXd step = origin_ + q.cwiseQuotient(roots_) - problem_.space.reduced(problem_.guess);
  return evaluate_point(problem_, problem_.space.moved(problem_.guess, step), problem_.purpose);
}

// False: no shorter step is made.
bool Path::halve() {
  const double shorter = 0.5 * step_;
  if (shorter < shortest_share * options_.step) return false;
  step_ = shorter;
  return true;
}

void Path::adapt(double correction) {
  if (correction > 0.2 * step_) {
    halve();
  } else if (correction < 0.05 * step_) {
    step_ = std::min(2.0 * step_, options_.step);
  }
}

// At a flat saddle point what is left of its slope may outweigh the way down at first.
double Path::left_over(const SearchPoint& point) const {
  if (length_ > first_) return 0.0;
  return last_.forces.norm() * (point.positions - last_.positions).norm();
}

// One step; false where the path ends, with the reason.
bool Path::advance(Descent& descent) {
  const auto expansion = [this](const VectorXd& q) { return here_.at(q); };
  const Stretch predicted = follow(expansion, q_, step_);
  if (!predicted.whole) {
    descent.path_status = "a minimum is near";
    return false;
  }
  if (!calls_left(problem_)) {
    descent.path_status = "no calls are left";
    return false;
  }
  const SearchPoint point = evaluate(predicted.end);
  if (!point.value.found) {
    descent.path_status = "no energy at the next point: " + point.value.status;
    return false;
  }
  if (point.value.energy > last_.value.energy + left_over(point)) {
    if (descent.points.empty() && halve()) return true;
    descent.path_status = "the energy rises, a minimum is near";
    return false;
  }
  const VectorXd q = (problem_.space.reduced(point.positions) - origin_).cwiseProduct(roots_);
  const VectorXd gradient = -point.forces.cwiseQuotient(roots_);
  const HessianUpdate update =
      bofill_update(here_.slope.hessian, q - here_.q, gradient - here_.slope.gradient);
  const Expansion next{q, {gradient, update.hessian}};
  const auto both = [&](const VectorXd& place) { return weighted(here_, next, place); };
  const Stretch corrected = follow(both, q_, step_);
  length_ += step_;
  adapt((corrected.end - q).norm());
  q_ = corrected.whole ? corrected.end : q;
  // Beside a flat saddle point the forces are small as well, but grow.
  const bool falls = point.forces.norm() < last_.forces.norm();
  here_ = next;
  last_ = point;
  descent.points.push_back(
      {length_, point.positions, point.value.energy, largest_on_a_particle(point.forces)});
  const bool small = force_size(point.forces, problem_.limits.measure) <
                     nearly_converged * problem_.limits.force_tolerance;
  if (small && falls) descent.path_status = "the forces nearly vanish";
  return descent.path_status.empty();
}

void Path::minimize(Descent& descent) const {
  QuasiNewtonOptions options;
  options.saddle = false;
  options.start = &last_;
  options.hessian = positive(roots_.asDiagonal() * here_.slope.hessian * roots_.asDiagonal());
  SearchProblem problem = problem_;
  problem.guess = last_.positions;
  const SearchOutcome outcome = quasi_newton_search(problem, options);
  descent.converged = outcome.converged;
  descent.status = outcome.status;
  descent.end = outcome.positions;
  descent.end_energy = outcome.value.energy;
}

Descent Path::descend(const VectorXd& direction) {
  Descent descent;
  q_ = first_ * direction;
  while (advance(descent)) {
  }
  if (descent.points.empty()) {
    descent.end = last_.positions;
    descent.end_energy = last_.value.energy;
    descent.status = "no path: " + descent.path_status;
  } else {
    minimize(descent);
  }
  return descent;
}

// The sign of an eigenvector is arbitrary; this one does not depend on its last bits.
VectorXd with_positive_lead(const VectorXd& vector) {
  const double large = 0.5 * vector.cwiseAbs().maxCoeff();
  Index lead = 0;
  while (std::abs(vector[lead]) < large) ++lead;
  return vector[lead] < 0.0 ? VectorXd(-vector) : vector;
}

}  // namespace

std::vector<Descent> descend(const SearchProblem& problem, const SearchPoint& saddle,
                             const MatrixXd& hessian, const std::vector<double>& masses,
                             const DescentOptions& options) {
  const VectorXd roots = root_masses(problem.space, masses), inverse = roots.cwiseInverse();
  const MatrixXd weighted_hessian = inverse.asDiagonal() * hessian * inverse.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes(weighted_hessian);
  const VectorXd mode = with_positive_lead(modes.eigenvectors().col(0));
  SearchProblem downhill = problem;
  downhill.guess = saddle.positions;
  downhill.purpose = CallPurpose::descent;
  downhill.limits.max_calls = options.max_calls;
  std::vector<Descent> descents;
  for (const double side : {1.0, -1.0}) {
    descents.push_back(
        Path(downhill, saddle, weighted_hessian, roots, options).descend(side * mode));
  }
  return descents;
}

}  // namespace markhor
