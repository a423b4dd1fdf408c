#include "optimize/stochastic_reconfiguration.hpp"

#include "curvature/low_rank_metric.hpp"
#include "optimize/reduction.hpp"
#include "optimize/step_scaling.hpp"

namespace markhor {

namespace {

// Of the unit diagonal: where samples are few, their noise makes directions of no metric.
constexpr double regularization = 1e-3;

MetricSolution solve(ReconfigurationSolver solver, const LowRankMetric& metric,
                     const Eigen::VectorXd& right, bool one_rank) {
  constexpr Eigen::Index most_dense = 1500;
  const auto parameters = metric.rows.cols();
  if (solver == ReconfigurationSolver::automatic) {
    const bool enough = static_cast<double>(parameters) <= metric.samples;
    solver = enough && parameters <= most_dense ? ReconfigurationSolver::dense
             : !enough && one_rank              ? ReconfigurationSolver::sample_space
                                                : ReconfigurationSolver::conjugate_gradient;
  }
  // The solution in sample space needs all samples in one place: spread ones are iterated on.
  if (solver == ReconfigurationSolver::dense) return solve_in_parameter_space(metric, right);
  if (solver == ReconfigurationSolver::sample_space && one_rank) {
    // The smaller of the two spaces: with more samples than parameters it is the other one.
    return static_cast<double>(parameters) <= metric.samples
               ? solve_in_parameter_space(metric, right)
               : solve_in_sample_space(metric, right);
  }
  return solve_by_conjugate_gradients(metric, right, {1e-9, 1000});
}

ProposedStep step_of(const CentredSamples& samples, const MetricSolution& solution, double shift,
                     const Communicator& communicator) {
  ProposedStep step;
  step.found = solution.solution.size() > 0 && solution.solution.allFinite();
  step.status = step.found ? solution.status : "no solution: " + solution.status;
  if (step.found) {
    const Eigen::VectorXd v = -solution.solution / shift;
    fill_change(samples, v, communicator, step);
  }
  return step;
}

}  // namespace

StepsOfShifts StochasticReconfiguration::prepare(const CentredSamples& samples,
                                                 const Communicator& communicator) const {
  const double p = variance_weight_;
  const Eigen::VectorXd half_gradient = (1.0 - p) * samples.column + p * samples.variance_column;
  const Eigen::VectorXd unit = Eigen::VectorXd::Ones(samples.parameters());
  const bool one_rank = communicator.size() == 1;
  LowRankMetric metric{samples.o, samples.total_weight, unit, regularization, {}};
  if (!one_rank) {
    metric.sum = [&communicator](Eigen::MatrixXd& matrix) { sum_over_ranks(matrix, communicator); };
  }
  return [&samples, &communicator, solution = solve(solver_, metric, half_gradient, one_rank)](
             const std::vector<double>& shifts) {
    std::vector<ProposedStep> steps;
    for (const double shift : shifts) {
      steps.push_back(step_of(samples, solution, shift, communicator));
    }
    return steps;
  };
}

}  // namespace markhor
