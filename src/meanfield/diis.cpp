#include "meanfield/diis.hpp"

#include <cmath>

namespace markhor {

namespace {

// Of the cosines between error differences; below, they count as linearly dependent.
constexpr double smallest_eigenvalue = 1e-10;

double inner_product(const std::vector<Eigen::MatrixXd>& a, const std::vector<Eigen::MatrixXd>& b) {
  double sum = 0.0;
  for (std::size_t c = 0; c < a.size(); ++c) sum += a[c].cwiseProduct(b[c]).sum();
  return sum;
}

}  // namespace

// Minimizes |e_n + sum_i t_i (e_i - e_n)|^2 over the older entries i, n being the newest. In terms
// of differences the constraint on the sum is gone, and linear dependence shows in the matrix of
// their cosines; the oldest entries, which the present ones know least about, then go.
Eigen::VectorXd Diis::coefficients() {
  while (true) {
    const auto n = static_cast<Eigen::Index>(entries_.size());
    if (n == 1) return Eigen::VectorXd::Ones(1);
    const std::vector<Eigen::MatrixXd>& newest = entries_.back().errors;
    std::vector<std::vector<Eigen::MatrixXd>> differences;
    for (std::size_t i = 0; i + 1 < entries_.size(); ++i) {
      differences.push_back(entries_[i].errors);
      for (std::size_t c = 0; c < newest.size(); ++c) differences[i][c] -= newest[c];
    }
    Eigen::MatrixXd cosines(n - 1, n - 1);
    Eigen::VectorXd lengths(n - 1), slopes(n - 1);
    for (Eigen::Index i = 0; i < n - 1; ++i) {
      const auto& difference = differences[static_cast<std::size_t>(i)];
      lengths[i] = std::sqrt(inner_product(difference, difference));
      slopes[i] = -inner_product(difference, newest) / lengths[i];
      for (Eigen::Index j = 0; j <= i; ++j) {
        cosines(i, j) = cosines(j, i) =
            inner_product(difference, differences[static_cast<std::size_t>(j)]) /
            (lengths[i] * lengths[j]);
      }
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(cosines);
    // Not >: a vanishing difference makes everything NaN and goes, too.
    if (!(solver.eigenvalues()[0] > smallest_eigenvalue)) {
      entries_.pop_front();
      continue;
    }
    Eigen::VectorXd weights(n);
    weights.head(n - 1) =
        (solver.eigenvectors() * solver.eigenvalues().cwiseInverse().asDiagonal() *
         (solver.eigenvectors().transpose() * slopes))
            .cwiseQuotient(lengths);
    weights[n - 1] = 1.0 - weights.head(n - 1).sum();
    return weights;
  }
}

std::vector<Eigen::MatrixXd> Diis::extrapolate(const std::vector<Eigen::MatrixXd>& matrices,
                                               const std::vector<Eigen::MatrixXd>& errors) {
  entries_.push_back({matrices, errors});
  if (entries_.size() > history_) entries_.pop_front();
  const Eigen::VectorXd weights = coefficients();
  std::vector<Eigen::MatrixXd> result;
  for (std::size_t c = 0; c < matrices.size(); ++c) {
    result.push_back(Eigen::MatrixXd::Zero(matrices[c].rows(), matrices[c].cols()));
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      result.back() += weights[static_cast<Eigen::Index>(i)] * entries_[i].matrices[c];
    }
  }
  return result;
}

}  // namespace markhor
