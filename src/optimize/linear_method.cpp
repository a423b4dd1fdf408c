#include "optimize/linear_method.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <utility>

#include "curvature/davidson.hpp"
#include "curvature/noise_filter.hpp"
#include "curvature/pencil.hpp"
#include "optimize/reduction.hpp"
#include "optimize/step_scaling.hpp"

namespace markhor {

namespace {

// The borders of the augmented Hessian: energy and variance mixed.
struct Borders {
  Eigen::VectorXd column, row;  // p
};

Borders make_borders(const CentredSamples& samples, double p) {
  Borders b;
  b.column = (1.0 - p) * samples.column + p * samples.variance_column;
  b.row = b.column + (1.0 - p) * samples.mean_energy_slope;
  return b;
}

// Where the physical root lies: below the present energy, at most by its spread on a walker.
RootChoice root_choice(const CentredSamples& samples) {
  RootChoice choice;
  const double spread = std::sqrt(samples.variance);
  choice.reference = 0.0;
  choice.window_below = spread + 1e-6;
  choice.window_above = 0.01 * spread + 1e-9;
  return choice;
}

// H - E S without borders and shift, and S, both p x p.
struct DenseMatrices {
  Eigen::MatrixXd h, s;
};

DenseMatrices dense_matrices(const CentredSamples& samples, double p,
                             const Communicator& communicator) {
  DenseMatrices m;
  m.s = Eigen::MatrixXd::Zero(samples.o.cols(), samples.o.cols());
  m.s.selfadjointView<Eigen::Lower>().rankUpdate(samples.o.transpose());
  m.s.triangularView<Eigen::StrictlyUpper>() = m.s.transpose();
  m.h.noalias() = (1.0 - p) * (samples.o.transpose() * samples.r);
  if (p > 0.0) m.h.noalias() += p * (samples.de.transpose() * samples.de);
  sum_over_ranks(m.s, communicator);
  sum_over_ranks(m.h, communicator);
  m.s /= samples.total_weight;
  m.h /= samples.total_weight;
  // A parameter without effect on the samples has an empty row: a unit there keeps S regular.
  for (Eigen::Index i = 0; i < m.s.rows(); ++i) {
    if (!(m.s(i, i) > 0.5)) m.s(i, i) = m.h(i, i) = 1.0;
  }
  return m;
}

DenseMatrices augment(const DenseMatrices& inner, const Borders& borders) {
  const Eigen::Index p = inner.h.rows();
  DenseMatrices m{Eigen::MatrixXd::Zero(p + 1, p + 1), Eigen::MatrixXd::Zero(p + 1, p + 1)};
  m.h.topRightCorner(1, p) = borders.row.transpose();
  m.h.bottomLeftCorner(p, 1) = borders.column;
  m.h.bottomRightCorner(p, p) = inner.h;
  m.s(0, 0) = 1.0;
  m.s.bottomRightCorner(p, p) = inner.s;
  return m;
}

// The linear wave function Psi_0 + sum_i v_i Psi_i of one level shift.
struct LinearSolution {
  bool found = false;
  std::string status;
  Eigen::VectorXd v;      // p
  double value = 0.0;     // dE, Hartree
  double left_out = 0.0;  // of it, by the filter
};

LinearSolution solution(bool found, const std::string& status, const Eigen::VectorXd& vector,
                        double value) {
  if (vector.size() == 0 || !vector.allFinite() || !(std::abs(vector[0]) > 1e-8)) {
    return {false, "the eigenvector has nothing of the present wave function", {}};
  }
  return {found, status, vector.tail(vector.size() - 1) / vector[0], value};
}

// The bordered matrix with the shift's Cholesky-like factor: (H - value S)^-1 near value 0.
Preconditioner inverse_preconditioner(const Eigen::MatrixXd& h, const Eigen::MatrixXd& s,
                                      double value) {
  auto factors = std::make_shared<Eigen::PartialPivLU<Eigen::MatrixXd>>(h - value * s);
  return [factors](const Eigen::VectorXd& residual, double) -> Eigen::VectorXd {
    return factors->solve(residual);
  };
}

LinearSolution solve_iteratively(const CentredSamples& samples, const LinearMap& h,
                                 const LinearMap& s, const Preconditioner& precondition) {
  const Eigen::Index size = samples.parameters() + 1;
  DavidsonOptions options;
  // Relative to the spread of the local energy: far below what the samples can tell.
  options.tolerance = 1e-9 * (1.0 + std::sqrt(samples.variance));
  options.max_iterations = 200;
  options.max_space = 60;
  const Eigenpairs pairs = pencil_eigenpairs(h, s, precondition, Eigen::VectorXd::Unit(size, 0),
                                             options, root_choice(samples));
  if (pairs.values.size() == 0) return {false, pairs.status, {}};
  return solution(true, pairs.status, pairs.vectors.col(0), pairs.values[0]);
}

// Below this size all roots are cheap, and choosing among all of them is safest.
constexpr Eigen::Index all_roots_size = 150;

LinearSolution solve_densely(const CentredSamples& samples, const DenseMatrices& m, double shift) {
  Eigen::MatrixXd h = m.h;
  h.diagonal().tail(samples.parameters()) += shift * samples.shift_weight;
  if (h.rows() <= all_roots_size) {
    const PencilRoot root = pencil_root(h, m.s, root_choice(samples));
    return solution(root.found, root.status, root.vector, root.value);
  }
  const LinearMap h_map = [&](const Eigen::MatrixXd& x) -> Eigen::MatrixXd { return h * x; };
  const LinearMap s_map = [&](const Eigen::MatrixXd& x) -> Eigen::MatrixXd { return m.s * x; };
  return solve_iteratively(samples, h_map, s_map,
                           inverse_preconditioner(h, m.s, -0.1 * std::sqrt(samples.variance)));
}

std::vector<LinearSolution> solve_matrix_free(const CentredSamples& samples, double p,
                                              const std::vector<double>& shifts,
                                              const Communicator& communicator) {
  const Eigen::Index n = samples.parameters();
  const Borders borders = make_borders(samples, p);
  Eigen::MatrixXd diagonal(n, 2);
  diagonal.col(0) = (1.0 - p) * samples.o.cwiseProduct(samples.r).colwise().sum().transpose();
  if (p > 0.0) diagonal.col(0) += p * samples.de.colwise().squaredNorm().transpose();
  diagonal.col(1) = samples.o.colwise().squaredNorm().transpose();
  sum_over_ranks(diagonal, communicator);
  diagonal /= samples.total_weight;
  // x -> the inner block's product, summed over the ranks' samples.
  const auto inner = [&](const Eigen::MatrixXd& x, const Eigen::MatrixXd& left,
                         const Eigen::MatrixXd& right) {
    const Eigen::MatrixXd on_samples = right * x;
    Eigen::MatrixXd y = left.transpose() * on_samples;
    sum_over_ranks(y, communicator);
    return Eigen::MatrixXd(y / samples.total_weight);
  };
  const LinearMap s_map = [&](const Eigen::MatrixXd& x) {
    Eigen::MatrixXd y = x;
    y.bottomRows(n) = inner(x.bottomRows(n), samples.o, samples.o);
    return y;
  };
  std::vector<LinearSolution> solutions;
  for (const double shift : shifts) {
    const LinearMap h_map = [&](const Eigen::MatrixXd& x) {
      Eigen::MatrixXd y(x.rows(), x.cols());
      const Eigen::MatrixXd tail = x.bottomRows(n);
      y.row(0) = borders.row.transpose() * tail;
      y.bottomRows(n) = (1.0 - p) * inner(tail, samples.o, samples.r) +
                        shift * samples.shift_weight.asDiagonal() * tail +
                        borders.column * x.row(0);
      if (p > 0.0) y.bottomRows(n) += p * inner(tail, samples.de, samples.de);
      return y;
    };
    Eigen::VectorXd h_diagonal(n + 1), s_diagonal(n + 1);
    h_diagonal << 0.0, diagonal.col(0) + shift * samples.shift_weight;
    s_diagonal << 1.0, diagonal.col(1);
    solutions.push_back(
        solve_iteratively(samples, h_map, s_map, diagonal_preconditioner(h_diagonal, s_diagonal)));
  }
  return solutions;
}

// Rows of every so many-th round: about 4096 samples are enough to tell an error by, and whole
// rounds are the same ones on any number of ranks.
std::vector<Eigen::Index> counted_rows(const CentredSamples& samples) {
  const auto stride = static_cast<Eigen::Index>(std::ceil(samples.samples / 4096.0));
  std::vector<Eigen::Index> rows;
  for (Eigen::Index i = 0; i < samples.o.rows(); ++i) {
    if (i / samples.walkers % stride == 0) rows.push_back(i);
  }
  return rows;
}

// Of the equations that v solves (linear_method.hpp; with the variance's beside them for p > 0):
// what the statistical errors of their sampled sides are, p x p, the lower triangle. An eigenstate
// has no residual, and no errors.
Eigen::MatrixXd covariance_of_equations(const CentredSamples& samples, double p,
                                        const LinearSolution& linear,
                                        const Communicator& communicator) {
  const std::vector<Eigen::Index> rows = counted_rows(samples);
  const Eigen::MatrixXd o = samples.o(rows, Eigen::all), r = samples.r(rows, Eigen::all);
  const Eigen::VectorXd rho = (1.0 - p) * (samples.e(rows) + r * linear.v) -
                              linear.value * (samples.one(rows) + o * linear.v);
  Eigen::MatrixXd terms = rho.asDiagonal() * o;
  if (p > 0.0) {
    const Eigen::MatrixXd de = samples.de(rows, Eigen::all);
    terms += p * samples.e(rows).asDiagonal() * r;
    terms += p * (de * linear.v).asDiagonal() * de;
    // The means that were taken off have errors as well.
    terms -= p * samples.variance * samples.one(rows).asDiagonal() * o;
    terms -= p * samples.e(rows) * (samples.mean_energy_slope + 2.0 * samples.column).transpose();
  }
  Eigen::MatrixXd squares = Eigen::MatrixXd::Zero(terms.cols(), terms.cols());
  squares.selfadjointView<Eigen::Lower>().rankUpdate(terms.transpose());
  Eigen::VectorXd sums(terms.cols() + 1);
  sums << terms.colwise().sum().transpose(), static_cast<double>(terms.rows());
  sum_over_ranks(squares, communicator);
  sum_over_ranks(sums, communicator);
  const double counted = sums[terms.cols()];
  squares.selfadjointView<Eigen::Lower>().rankUpdate(sums.head(terms.cols()), -1.0 / counted);
  return squares * (samples.samples / counted / std::pow(samples.total_weight, 2));
}

// Above this size the modes cost more than the samples.
constexpr Eigen::Index most_filtered = 500;

// What the matrices promise of the linear wave function, by its Rayleigh quotient.
double promised(const DenseMatrices& inner, const Borders& borders, const Eigen::VectorXd& v) {
  return ((borders.row + borders.column).dot(v) + v.dot(inner.h * v)) / (1.0 + v.dot(inner.s * v));
}

// The matrix left non-symmetric has no modes of its own; its symmetric part has, as long as few
// samples make the two alike. Where they do not, what is left promises a rise: nothing is left out.
void filter(const CentredSamples& samples, double p, const DenseMatrices& inner, double shift,
            const Communicator& communicator, LinearSolution& linear) {
  if (!linear.found) return;
  Eigen::MatrixXd curvature = 0.5 * (inner.h + inner.h.transpose()) - linear.value * inner.s;
  curvature.diagonal() += shift * samples.shift_weight;
  const Eigen::VectorXd filtered = without_noise(
      linear.v, curvature, inner.s, covariance_of_equations(samples, p, linear, communicator));
  const Borders borders = make_borders(samples, p);
  const double before = promised(inner, borders, linear.v);
  const double after = promised(inner, borders, filtered);
  if (after > 0.0) return;
  linear.v = filtered;
  linear.value = after;
  linear.left_out = std::min(before - after, 0.0);
}

ProposedStep step_of(const CentredSamples& samples, const LinearSolution& linear,
                     const Communicator& communicator) {
  ProposedStep step;
  step.found = linear.found;
  step.status = linear.status;
  if (linear.v.size() > 0) fill_change(samples, linear.v, communicator, step);
  step.predicted = linear.value;
  step.left_out = linear.left_out;
  return step;
}

}  // namespace

StepsOfShifts LinearMethod::prepare(const CentredSamples& samples,
                                    const Communicator& communicator) const {
  constexpr Eigen::Index most_dense = 1500;
  const double p = variance_weight_;
  const bool dense = solver_ == LinearSolver::dense ||
                     (solver_ == LinearSolver::automatic && samples.parameters() <= most_dense);
  const bool filtered = samples.parameters() <= most_filtered;
  DenseMatrices inner;
  if (dense || filtered) inner = dense_matrices(samples, p, communicator);
  return [&samples, &communicator, p, dense, filtered,
          inner = std::move(inner)](const std::vector<double>& shifts) {
    std::vector<LinearSolution> solutions;
    if (dense) {
      const DenseMatrices m = augment(inner, make_borders(samples, p));
      for (const double shift : shifts) solutions.push_back(solve_densely(samples, m, shift));
    } else {
      solutions = solve_matrix_free(samples, p, shifts, communicator);
    }
    std::vector<ProposedStep> steps;
    for (std::size_t i = 0; i < shifts.size(); ++i) {
      if (filtered) filter(samples, p, inner, shifts[i], communicator, solutions[i]);
      steps.push_back(step_of(samples, solutions[i], communicator));
    }
    return steps;
  };
}

}  // namespace markhor
