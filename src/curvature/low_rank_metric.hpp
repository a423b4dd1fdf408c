// Linear equations with a sampled metric, (X^T X / n + shift D) y = b: X holds one centred row per
// sample, D is diagonal. Stochastic reconfiguration and natural gradients are of this form (S.
// Sorella, Phys. Rev. B 64, 024512 (2001)). Where parameters outnumber samples the parameters^2
// matrix is never formed: the Woodbury identity moves the problem to sample space (A. Chen, M.
// Heyl, Nat. Phys. 20, 1476 (2024)), or conjugate gradients multiply by the stored samples. Memory
// is then samples x parameters, and samples^2 for Woodbury.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <string>

namespace markhor {

// Adds a matrix over the ranks that hold the samples, in place, the same result on all.
using SumOverRanks = std::function<void(Eigen::MatrixXd&)>;

// Refers to the matrix and vector it is made of.
struct LowRankMetric {
  const Eigen::MatrixXd&
      rows;              // samples of this rank x parameters; sqrt(weight) times, if weighted
  double samples = 0.0;  // n, of all ranks
  const Eigen::VectorXd& diagonal;  // D, positive, of parameters
  double shift = 0.0;               // not negative
  SumOverRanks sum;  // empty: all samples are here. Not for the solution in sample space
};

struct MetricSolution {
  bool solved = false;
  std::string status;
  Eigen::VectorXd solution;  // parameters
  double residual = 0.0;     // |b - A y| / |b|; 0 for b = 0
  int iterations = 0;        // of conjugate gradients
};

// A y, through the samples; sums over the ranks.
Eigen::VectorXd metric_product(const LowRankMetric& metric, const Eigen::VectorXd& y);

// The functions below throw std::invalid_argument if shapes do not fit, samples or D are not
// positive or the shift is negative. A matrix that is not positive definite to rounding (shift 0
// and too few samples) or a number that is not finite is a status.

// Cholesky decomposition of the parameters x parameters matrix, one step of iterative refinement.
MetricSolution solve_in_parameter_space(const LowRankMetric& metric, const Eigen::VectorXd& b);

// Woodbury: A^-1 = W - W X^T (n + X W X^T)^-1 X W with W = (shift D)^-1; one step of iterative
// refinement, as both terms grow like 1/shift and cancel. Needs shift > 0 and no sum.
MetricSolution solve_in_sample_space(const LowRankMetric& metric, const Eigen::VectorXd& b);

struct ConjugateGradientOptions {
  // |b - A y| / |b| as the iteration carries it along; rounding leaves the true one, which is
  // reported, at about |A| |y| / |b| times the machine precision or more.
  double tolerance = 1e-12;
  int max_iterations = 1000;  // about the rank of X in exact arithmetic, more where A is stiff
};

// Preconditioned by the diagonal of A. Needs two passes over the samples for each iteration.
MetricSolution solve_by_conjugate_gradients(const LowRankMetric& metric, const Eigen::VectorXd& b,
                                            const ConjugateGradientOptions& options = {});

// In parameter space if parameters do not outnumber samples; else in sample space, or by conjugate
// gradients if the samples are spread over ranks or the shift is zero.
MetricSolution solve_metric(const LowRankMetric& metric, const Eigen::VectorXd& b);

}  // namespace markhor
