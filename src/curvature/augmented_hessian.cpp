#include "curvature/augmented_hessian.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Bisections end when no number lies between the bounds; this many are never needed.
constexpr int max_bisections = 300;

// The modes of H u = h M u, u^T M u = 1, largest component positive.
struct Modes {
  VectorXd values, gradient;  // h, u^T g
  MatrixXd vectors;           // n x n
  bool solved = false;
};

// Modes that share one level shift. Maximized ones enter with gradient and curvature inverted, so
// that every partition is minimized.
struct Partition {
  std::vector<Index> modes;
  VectorXd sign, g, h;  // of modes; sign -1: maximized
};

struct PartitionStep {
  VectorXd step;
  double shift = 0.0;
  Index free_mode = -1;  // the lowest, if the gradient vanishes along it and its curvature is wrong
};

Modes solve_modes(const VectorXd& gradient, const MatrixXd& hessian, const MatrixXd& metric) {
  Modes modes;
  if (!gradient.allFinite() || !hessian.allFinite() || !metric.allFinite()) return modes;
  const MatrixXd h = 0.5 * (hessian + hessian.transpose());
  if (metric.size() == 0) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(h);
    modes.values = solver.eigenvalues();
    modes.vectors = solver.eigenvectors();
  } else {
    const Eigen::LLT<MatrixXd> factor(metric);
    if (factor.info() != Eigen::Success) return modes;
    const MatrixXd half = factor.matrixL().solve(h);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
        MatrixXd(factor.matrixL().solve(half.transpose()))};
    modes.values = solver.eigenvalues();
    modes.vectors = factor.matrixU().solve(solver.eigenvectors());
  }
  for (Index k = 0; k < modes.vectors.cols(); ++k) {
    Index largest = 0;
    modes.vectors.col(k).cwiseAbs().maxCoeff(&largest);
    if (modes.vectors(largest, k) < 0.0) modes.vectors.col(k) *= -1.0;
  }
  modes.gradient = modes.vectors.transpose() * gradient;
  modes.solved = true;
  return modes;
}

Partition make_partition(const Modes& modes, const std::vector<Index>& chosen,
                         const std::vector<bool>& maximized) {
  const Index size = Index(chosen.size());
  Partition partition{chosen, VectorXd(size), VectorXd(size), VectorXd(size)};
  for (Index i = 0; i < size; ++i) {
    const Index mode = chosen[std::size_t(i)];
    partition.sign(i) = maximized[std::size_t(mode)] ? -1.0 : 1.0;
    partition.g(i) = partition.sign(i) * modes.gradient(mode);
    partition.h(i) = partition.sign(i) * modes.values(mode);
  }
  return partition;
}

std::vector<Partition> make_partitions(const Modes& modes, const AugmentedHessianOptions& options) {
  const Index n = modes.values.size();
  std::vector<bool> maximized(std::size_t(n), false);
  for (const int mode : options.maximized) maximized[std::size_t(mode)] = true;
  std::vector<Index> up, down;
  for (Index i = 0; i < n; ++i) {
    (maximized[std::size_t(i)] && !options.common_shift ? up : down).push_back(i);
  }
  std::vector<Partition> partitions;
  if (!up.empty()) partitions.push_back(make_partition(modes, up, maximized));
  if (!down.empty()) partitions.push_back(make_partition(modes, down, maximized));
  return partitions;
}

// Components without gradient take no step, also where the denominator vanishes.
double quotient(double g, double denominator) { return g == 0.0 ? 0.0 : g / denominator; }

// The lowest root of one partition: shift = alpha sum g^2/(h + shift), shift > -min(h). The unknown
// is the distance t of the shift from that pole, which keeps its digits when it is small; the left
// side minus the right side increases with t.
PartitionStep lowest_root(const Partition& partition, double alpha) {
  const VectorXd &g = partition.g, &h = partition.h;
  Index lowest = 0;
  const double bottom = h.minCoeff(&lowest);
  const VectorXd above = h.array() - bottom;
  const auto excess = [&](double t) {
    double sum = 0.0;
    for (Index i = 0; i < g.size(); ++i) sum += quotient(g(i), above(i) + t) * g(i);
    return t - bottom - alpha * sum;
  };
  PartitionStep result;
  double low = std::max(0.0, bottom);
  if (excess(low) >= 0.0) {
    if (bottom < 0.0) result.free_mode = lowest;
  } else {
    double high = std::max(0.0, bottom) + std::sqrt(alpha) * g.norm();
    for (int i = 0; i < max_bisections; ++i) {
      const double middle = 0.5 * (low + high);
      if (middle <= low || middle >= high) break;
      (excess(middle) < 0.0 ? low : high) = middle;
    }
    low = high;
  }
  result.shift = low - bottom;
  result.step.resize(g.size());
  for (Index i = 0; i < g.size(); ++i) result.step(i) = -quotient(g(i), above(i) + low);
  return result;
}

std::vector<PartitionStep> lowest_roots(const std::vector<Partition>& partitions, double alpha) {
  std::vector<PartitionStep> steps;
  for (const Partition& partition : partitions) steps.push_back(lowest_root(partition, alpha));
  return steps;
}

double length_of(const std::vector<PartitionStep>& steps) {
  double square = 0.0;
  for (const PartitionStep& step : steps) square += step.step.squaredNorm();
  return std::sqrt(square);
}

// The length falls as alpha rises. alpha spans many decades, hence its logarithm.
double alpha_for_length(const std::vector<Partition>& partitions, double radius) {
  const auto too_long = [&](double log_alpha) {
    return length_of(lowest_roots(partitions, std::exp(log_alpha))) > radius;
  };
  double low = 0.0, high = 1.0;
  while (high < 600.0 && too_long(high)) {
    low = high;
    high *= 2.0;
  }
  for (int i = 0; i < max_bisections && high - low > 1e-14 * high; ++i) {
    const double middle = 0.5 * (low + high);
    (too_long(middle) ? low : high) = middle;
  }
  return std::exp(high);
}

// Gives what the radius leaves to the modes without gradient; false if there are none.
bool fill_free_modes(std::vector<PartitionStep>& steps, double radius) {
  const auto free = std::count_if(steps.begin(), steps.end(),
                                  [](const PartitionStep& step) { return step.free_mode >= 0; });
  if (free == 0 || !std::isfinite(radius)) return false;
  const double length = length_of(steps);
  const double rest = std::sqrt(std::max(0.0, radius * radius - length * length) / double(free));
  for (PartitionStep& step : steps) {
    if (step.free_mode >= 0) step.step(step.free_mode) += rest;
  }
  return true;
}

void check_arguments(const VectorXd& gradient, const MatrixXd& hessian,
                     const AugmentedHessianOptions& options) {
  const Index n = gradient.size();
  const MatrixXd& metric = options.metric;
  if (n == 0 || hessian.rows() != n || hessian.cols() != n ||
      (metric.size() > 0 && (metric.rows() != n || metric.cols() != n))) {
    throw std::invalid_argument("augmented_hessian_step: shapes do not fit");
  }
  for (const int mode : options.maximized) {
    if (mode < 0 || mode >= n) {
      throw std::invalid_argument("augmented_hessian_step: no such mode to maximize");
    }
  }
  if (!(options.trust_radius > 0.0)) {
    throw std::invalid_argument("augmented_hessian_step: the trust radius must be positive");
  }
}

AugmentedHessianStep assemble(const Modes& modes, const std::vector<Partition>& partitions,
                              const std::vector<PartitionStep>& steps) {
  AugmentedHessianStep result;
  VectorXd in_modes = VectorXd::Zero(modes.values.size());
  for (std::size_t p = 0; p < partitions.size(); ++p) {
    for (Index i = 0; i < steps[p].step.size(); ++i) {
      // Flipping gradient and curvature together leaves the step -g/h as it is.
      in_modes(partitions[p].modes[std::size_t(i)]) = steps[p].step(i);
      const double shift = partitions[p].sign(i) * steps[p].shift;
      (partitions[p].sign(i) < 0.0 ? result.maximized_shift : result.level_shift) = shift;
    }
  }
  result.found = true;
  result.step = modes.vectors * in_modes;
  result.length = in_modes.norm();
  result.predicted_change =
      modes.gradient.dot(in_modes) + 0.5 * in_modes.cwiseAbs2().dot(modes.values);
  result.mode_values = modes.values;
  return result;
}

}  // namespace

AugmentedHessianStep augmented_hessian_step(const VectorXd& gradient, const MatrixXd& hessian,
                                            const AugmentedHessianOptions& options) {
  check_arguments(gradient, hessian, options);
  const Modes modes = solve_modes(gradient, hessian, options.metric);
  if (!modes.solved) {
    AugmentedHessianStep failed;
    failed.status = "a number is not finite, or the metric is not positive definite";
    return failed;
  }
  const std::vector<Partition> partitions = make_partitions(modes, options);
  std::vector<PartitionStep> steps = lowest_roots(partitions, 1.0);
  double alpha = 1.0;
  bool at_boundary = false;
  if (length_of(steps) > options.trust_radius) {
    alpha = alpha_for_length(partitions, options.trust_radius);
    steps = lowest_roots(partitions, alpha);
    at_boundary = true;
  }
  const bool free = std::any_of(steps.begin(), steps.end(),
                                [](const PartitionStep& step) { return step.free_mode >= 0; });
  const bool filled = !at_boundary && fill_free_modes(steps, options.trust_radius);
  AugmentedHessianStep result = assemble(modes, partitions, steps);
  result.alpha = alpha;
  result.at_boundary = at_boundary || filled;
  result.status = "found";
  if (free) {
    result.status = filled || at_boundary
                        ? "no gradient along a mode of the wrong curvature: step to the boundary"
                        : "no gradient along a mode of the wrong curvature, and no trust radius";
  }
  return result;
}

}  // namespace markhor
