#include "optimize/samples.hpp"

#include <cmath>

#include "optimize/reduction.hpp"

namespace markhor {

namespace {

template <class Rows>
void append_rows(Rows& rows, const Rows& more) {
  const Eigen::Index had = rows.rows();
  rows.conservativeResize(had + more.rows(), rows.cols());
  rows.bottomRows(more.rows()) = more;
}

}  // namespace

void append(DerivativeSamples& samples, const DerivativeSamples& more) {
  append_rows(samples.energies, more.energies);
  append_rows(samples.weights, more.weights);
  append_rows(samples.log_derivatives, more.log_derivatives);
  append_rows(samples.energy_derivatives, more.energy_derivatives);
}

CentredSamples centre(DerivativeSamples samples, bool with_variance,
                      const Communicator& communicator) {
  const Eigen::Index p = samples.parameters();
  const Eigen::VectorXd& w = samples.weights;
  CentredSamples c;
  Eigen::VectorXd totals(2 * p + 3);
  totals.head(p).noalias() = samples.log_derivatives.transpose() * w;
  totals.segment(p, p).noalias() = samples.energy_derivatives.transpose() * w;
  totals[2 * p] = w.dot(samples.energies);
  totals[2 * p + 1] = w.sum();
  totals[2 * p + 2] = static_cast<double>(w.size());
  sum_over_ranks(totals, communicator);
  c.total_weight = totals[2 * p + 1];
  c.samples = totals[2 * p + 2];
  c.mean_log = totals.head(p) / c.total_weight;
  c.energy = totals[2 * p] / c.total_weight;
  c.linear = samples.linear;
  c.walkers = samples.walkers;

  c.one = w.cwiseSqrt();
  const Eigen::VectorXd& root = c.one;
  c.o = std::move(samples.log_derivatives);
  c.o.rowwise() -= c.mean_log.transpose();
  c.o = root.asDiagonal() * c.o;
  const Eigen::VectorXd deviation = (samples.energies.array() - c.energy).matrix();
  c.e = root.cwiseProduct(deviation);
  Eigen::VectorXd squares(p + 1);
  squares.head(p) = c.o.colwise().squaredNorm().transpose();
  squares[p] = c.e.squaredNorm();
  sum_over_ranks(squares, communicator);
  c.variance = squares[p] / c.total_weight;
  c.scale = (squares.head(p) / c.total_weight).cwiseSqrt();
  for (double& s : c.scale) {
    if (!(s > 1e-10)) s = 1.0;
  }
  const Eigen::VectorXd inverse = c.scale.cwiseInverse();
  c.shift_weight = Eigen::VectorXd::Ones(p);
  for (Eigen::Index i = 0; i < samples.reach.size(); ++i) {
    if (samples.reach[i] > 0.0) c.shift_weight[i] += std::pow(inverse[i] / samples.reach[i], 2);
  }
  c.o = c.o * inverse.asDiagonal();
  // In place: these two arrays are all the memory a large optimization takes.
  c.r = std::move(samples.energy_derivatives);
  c.r = root.asDiagonal() * c.r * inverse.asDiagonal();
  c.mean_energy_slope = totals.segment(p, p).cwiseProduct(inverse) / c.total_weight;

  Eigen::VectorXd columns(2 * p);
  columns.head(p).noalias() = c.o.transpose() * c.e;
  // <e dE_i> + <o_i e^2>: half of what centring leaves of the variance's gradient.
  columns.tail(p).noalias() = c.r.transpose() * c.e;
  columns.tail(p).noalias() += c.o.transpose() * c.e.cwiseProduct(deviation);
  sum_over_ranks(columns, communicator);
  c.column = columns.head(p) / c.total_weight;
  c.variance_column = columns.tail(p) / c.total_weight;
  if (with_variance) {
    // dE_i - g_i with g_i = 2 <o_i e>: the Gram matrix of the Levenberg-Marquardt Hessian.
    c.de = c.r;
    c.de.noalias() -= 2.0 * root * c.column.transpose();
  }
  c.r += deviation.asDiagonal() * c.o;
  return c;
}

}  // namespace markhor
