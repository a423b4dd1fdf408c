#include "curvature/low_rank_metric.hpp"

#include <cmath>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;
using Solver = std::function<VectorXd(const VectorXd& right)>;

void check_arguments(const LowRankMetric& metric, const VectorXd& b) {
  const Index parameters = metric.rows.cols();
  if (metric.diagonal.size() != parameters || b.size() != parameters) {
    throw std::invalid_argument("low-rank metric: shapes do not fit");
  }
  if (!(metric.samples > 0.0) || !(metric.shift >= 0.0) || !(metric.diagonal.array() > 0.0).all()) {
    throw std::invalid_argument("low-rank metric: samples and D must be positive, shift not less");
  }
}

MatrixXd summed(const LowRankMetric& metric, MatrixXd matrix) {
  if (metric.sum) metric.sum(matrix);
  return matrix;
}

// Half of the symmetric product is computed; the other half is a mirror image.
template <typename Factor>
MatrixXd gram_matrix(const Factor& factor) {
  MatrixXd gram = MatrixXd::Zero(factor.rows(), factor.rows());
  gram.selfadjointView<Eigen::Lower>().rankUpdate(factor);
  gram.triangularView<Eigen::StrictlyUpper>() = gram.transpose();
  return gram;
}

double relative_residual(const LowRankMetric& metric, const VectorXd& b, const VectorXd& y) {
  const double norm = b.norm(), rest = (b - metric_product(metric, y)).norm();
  return norm == 0.0 ? rest : rest / norm;
}

MetricSolution refined(const LowRankMetric& metric, const VectorXd& b, const Solver& solve) {
  MetricSolution result;
  result.solution = solve(b);
  result.solution += solve(b - metric_product(metric, result.solution));
  result.residual = relative_residual(metric, b, result.solution);
  result.solved = std::isfinite(result.residual);
  result.status = result.solved ? "solved" : "a number is not finite";
  return result;
}

MetricSolution failure(const std::string& status) {
  MetricSolution result;
  result.status = status;
  return result;
}

VectorXd matrix_diagonal(const LowRankMetric& metric) {
  const MatrixXd squares = summed(metric, metric.rows.colwise().squaredNorm().transpose());
  return squares.col(0) / metric.samples + metric.shift * metric.diagonal;
}

}  // namespace

VectorXd metric_product(const LowRankMetric& metric, const VectorXd& y) {
  const MatrixXd product = summed(metric, metric.rows.transpose() * (metric.rows * y));
  return product.col(0) / metric.samples + metric.shift * metric.diagonal.cwiseProduct(y);
}

MetricSolution solve_in_parameter_space(const LowRankMetric& metric, const VectorXd& b) {
  check_arguments(metric, b);
  MatrixXd a = summed(metric, gram_matrix(metric.rows.transpose())) / metric.samples;
  a.diagonal() += metric.shift * metric.diagonal;
  if (!a.allFinite()) return failure("a number is not finite");
  // Scaled to unit diagonal: parameters may differ in scale by orders of magnitude.
  if (!(a.diagonal().array() > 0.0).all()) return failure("the matrix is singular");
  const VectorXd scale = a.diagonal().cwiseSqrt().cwiseInverse();
  const Eigen::LLT<MatrixXd> factor{MatrixXd(scale.asDiagonal() * a * scale.asDiagonal())};
  // A pivot of rounding size is chance, whichever its sign.
  const double smallest = 1e-14 * double(a.rows());
  if (factor.info() != Eigen::Success ||
      factor.matrixLLT().diagonal().cwiseAbs2().minCoeff() < smallest) {
    return failure("the matrix is singular");
  }
  return refined(metric, b, [&](const VectorXd& right) -> VectorXd {
    return scale.cwiseProduct(factor.solve(scale.cwiseProduct(right)));
  });
}

MetricSolution solve_in_sample_space(const LowRankMetric& metric, const VectorXd& b) {
  check_arguments(metric, b);
  if (metric.sum || !(metric.shift > 0.0)) {
    throw std::invalid_argument("low-rank metric: sample space needs a shift and all samples here");
  }
  if (!metric.rows.allFinite()) return failure("a number is not finite");
  const MatrixXd& x = metric.rows;
  const VectorXd weight = (metric.shift * metric.diagonal).cwiseInverse();
  MatrixXd inner = gram_matrix(x * weight.cwiseSqrt().asDiagonal());
  inner.diagonal().array() += metric.samples;
  const Eigen::LLT<MatrixXd> factor(inner);
  if (factor.info() != Eigen::Success) return failure("the matrix is singular");
  return refined(metric, b, [&](const VectorXd& right) -> VectorXd {
    const VectorXd first = weight.cwiseProduct(right);
    return first - weight.cwiseProduct(x.transpose() * factor.solve(x * first));
  });
}

MetricSolution solve_by_conjugate_gradients(const LowRankMetric& metric, const VectorXd& b,
                                            const ConjugateGradientOptions& options) {
  check_arguments(metric, b);
  const VectorXd diagonal = matrix_diagonal(metric);
  if (!diagonal.allFinite() || !b.allFinite()) return failure("a number is not finite");
  // A parameter without effect and without shift cannot be determined; it stays at zero.
  const VectorXd inverse = (diagonal.array() > 0.0).select(diagonal.cwiseInverse(), 0.0);
  MetricSolution result;
  result.solution = VectorXd::Zero(b.size());
  VectorXd rest = b, direction = inverse.cwiseProduct(rest);
  double product = rest.dot(direction);
  const double target = options.tolerance * b.norm();
  result.status = "residual above the tolerance after the last iteration";
  while (rest.norm() > target && result.iterations < options.max_iterations) {
    const VectorXd image = metric_product(metric, direction);
    const double curvature = direction.dot(image);
    if (!(curvature > 0.0)) {
      result.status = "the matrix is singular";
      break;
    }
    const double length = product / curvature;
    result.solution += length * direction;
    rest -= length * image;
    const VectorXd preconditioned = inverse.cwiseProduct(rest);
    const double next = rest.dot(preconditioned);
    direction = preconditioned + next / product * direction;
    product = next;
    ++result.iterations;
  }
  result.residual = relative_residual(metric, b, result.solution);
  result.solved = rest.norm() <= target && std::isfinite(result.residual);
  if (result.solved) result.status = "solved";
  return result;
}

MetricSolution solve_metric(const LowRankMetric& metric, const VectorXd& b) {
  if (double(metric.rows.cols()) <= metric.samples) return solve_in_parameter_space(metric, b);
  if (metric.sum || !(metric.shift > 0.0)) return solve_by_conjugate_gradients(metric, b);
  return solve_in_sample_space(metric, b);
}

}  // namespace markhor
