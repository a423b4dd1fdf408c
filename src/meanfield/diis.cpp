#include "meanfield/diis.hpp"

namespace markhor {

namespace {

double inner_product(const std::vector<Eigen::MatrixXd>& a,
                     const std::vector<Eigen::MatrixXd>& b) {
  double sum = 0.0;
  for (std::size_t c = 0; c < a.size(); ++c) sum += a[c].cwiseProduct(b[c]).sum();
  return sum;
}

}  // namespace

Eigen::VectorXd Diis::coefficients() const {
  const auto n = static_cast<Eigen::Index>(entries_.size());
  Eigen::MatrixXd b = Eigen::MatrixXd::Zero(n + 1, n + 1);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) {
      b(i, j) = b(j, i) = inner_product(entries_[static_cast<std::size_t>(i)].errors,
                                        entries_[static_cast<std::size_t>(j)].errors);
    }
  }
  // Near convergence the products sink to 1e-20; without scaling they would drown beside the
  // ones of the constraint.
  const double scale = b.diagonal().head(n).maxCoeff();
  if (scale <= 0.0) return Eigen::VectorXd::Unit(n, n - 1);
  b /= scale;
  b.row(n).head(n).setConstant(1.0);
  b.col(n).head(n).setConstant(1.0);
  const Eigen::VectorXd solution =
      b.completeOrthogonalDecomposition().solve(Eigen::VectorXd::Unit(n + 1, n));
  return solution.head(n);
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
