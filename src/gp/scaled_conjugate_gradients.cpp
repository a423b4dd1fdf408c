#include "gp/scaled_conjugate_gradients.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

using Eigen::VectorXd;

class Search {
 public:
  Search(const ScgFunction& function, const ScgOptions& options)
      : function_(function), options_(options), shift_(options.shift) {}

  ScgResult run(const VectorXd& start);

 private:
  enum class Outcome { accepted, refused, done };
  void start_at(const VectorXd& start);
  void measure_curvature();
  double step_length();
  Outcome try_step();
  bool accept(const VectorXd& trial, double value, double step);
  void next_direction();
  void scale_shift(double factor) {
    shift_ = std::clamp(factor * shift_, options_.smallest_shift, options_.largest_shift);
  }
  double value(const VectorXd& x) {
    ++result_.values;
    return function_.value(x);
  }
  VectorXd gradient(const VectorXd& x) {
    ++result_.gradients;
    return function_.gradient(x);
  }
  void finish(bool converged, const char* status) {
    result_.converged = converged;
    result_.status = status;
  }

  const ScgFunction& function_;
  const ScgOptions& options_;
  ScgResult result_;
  VectorXd gradient_, old_gradient_, direction_;
  double shift_;
  double slope_ = 0.0, norm_ = 0.0, curvature_ = 0.0;  // along the direction: mu, kappa, theta
  Eigen::Index successes_ = 0;                         // since the last restart
  int retries_ = 0;
};

void Search::start_at(const VectorXd& start) {
  result_.argument = start;
  result_.value = value(start);
  if (!std::isfinite(result_.value)) return finish(false, "the function has no value at the start");
  gradient_ = old_gradient_ = gradient(start);
  direction_ = -gradient_;
}

void Search::measure_curvature() {
  slope_ = direction_.dot(gradient_);
  if (slope_ >= 0.0) {
    direction_ = -gradient_;
    slope_ = direction_.dot(gradient_);
  }
  norm_ = direction_.squaredNorm();
  if (norm_ < 1e-16) return finish(true, "converged: the gradient vanishes");
  const double sigma = options_.difference / std::sqrt(norm_);
  const VectorXd ahead = gradient(result_.argument + sigma * direction_);
  // Behind the edge of the domain there is no curvature; the shift then sets the step.
  curvature_ = ahead.allFinite() ? direction_.dot(ahead - gradient_) / sigma : 0.0;
}

double Search::step_length() {
  double delta = curvature_ + shift_ * norm_;
  if (delta <= 0.0) {
    // Negative curvature: this step as if there were none, the next ones with a shift above it.
    delta = shift_ * norm_;
    shift_ -= curvature_ / norm_;
  }
  return -slope_ / delta;
}

bool Search::accept(const VectorXd& trial, double value, double step) {
  const double change = std::abs(value - result_.value);
  result_.argument = trial;
  result_.value = value;
  if (step < options_.step_tolerance && change < options_.function_tolerance) {
    finish(true, "converged");
    return false;
  }
  old_gradient_ = gradient_;
  gradient_ = gradient(trial);
  ++successes_;
  return true;
}

Search::Outcome Search::try_step() {
  const double length = step_length();
  const VectorXd trial = result_.argument + length * direction_;
  const double found = value(trial);
  if (!std::isfinite(found)) {
    scale_shift(4.0);
    if (++retries_ <= options_.max_retries) return Outcome::refused;
    finish(false, "stopped: no finite value in the neighbourhood");
    return Outcome::done;
  }
  retries_ = 0;
  const double ratio = 2.0 * (found - result_.value) / (length * slope_);
  const bool accepted = ratio >= 0.0;
  const double step = (length * direction_).cwiseAbs().maxCoeff();
  if (accepted && !accept(trial, found, step)) return Outcome::done;
  // A step that changes nothing and is refused for its rounding error would be repeated for ever.
  if (!accepted && step < 1e-3 * options_.step_tolerance) {
    finish(true, "converged: no shorter step lowers the function");
    return Outcome::done;
  }
  if (ratio < 0.25) scale_shift(4.0);
  if (ratio > 0.75) scale_shift(0.5);
  return accepted ? Outcome::accepted : Outcome::refused;
}

void Search::next_direction() {
  if (successes_ == result_.argument.size()) {
    direction_ = -gradient_;
    successes_ = 0;
    return;
  }
  const double polak_ribiere = (old_gradient_ - gradient_).dot(gradient_) / slope_;
  direction_ = polak_ribiere * direction_ - gradient_;
}

ScgResult Search::run(const VectorXd& start) {
  start_at(start);
  bool fresh = true;
  while (result_.status.empty()) {
    if (result_.iterations == options_.max_iterations) {
      finish(false, "stopped: the number of iterations is used up");
      break;
    }
    if (fresh) measure_curvature();
    if (!result_.status.empty()) break;
    ++result_.iterations;
    const Outcome outcome = try_step();
    fresh = outcome == Outcome::accepted;
    if (fresh) next_direction();
  }
  return result_;
}

}  // namespace

ScgResult minimize_scg(const ScgFunction& function, const VectorXd& start,
                       const ScgOptions& options) {
  return Search(function, options).run(start);
}

}  // namespace markhor
