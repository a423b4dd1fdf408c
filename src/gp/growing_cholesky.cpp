#include "gp/growing_cholesky.hpp"

#include <stdexcept>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;

bool GrowingCholesky::extend(const MatrixXd& rows) {
  const Index added = rows.rows(), total = size_ + added;
  if (rows.cols() != total) {
    throw std::invalid_argument("GrowingCholesky: new rows reach from the first column on");
  }
  if (storage_.rows() < total) {
    const Index capacity = size_ == 0 ? total : total + total / 2;
    MatrixXd larger(capacity, capacity);
    larger.topLeftCorner(size_, size_) = lower();
    storage_.swap(larger);
  }
  storage_.block(size_, 0, added, total) = rows;
  auto off = storage_.block(size_, 0, added, size_);
  auto diagonal = storage_.block(size_, size_, added, added);
  if (size_ > 0) {
    const auto old = storage_.topLeftCorner(size_, size_);
    old.transpose().triangularView<Eigen::Upper>().solveInPlace<Eigen::OnTheRight>(off);
    diagonal.selfadjointView<Eigen::Lower>().rankUpdate(off, -1.0);
  }
  const Eigen::LLT<Eigen::Ref<MatrixXd>> in_place(diagonal);
  // A NaN passes Eigen's test for a positive pivot.
  if (in_place.info() != Eigen::Success || !diagonal.diagonal().allFinite()) return false;
  size_ = total;
  return true;
}

MatrixXd GrowingCholesky::forward(const MatrixXd& b) const {
  return lower().triangularView<Eigen::Lower>().solve(b);
}

MatrixXd GrowingCholesky::solve(const MatrixXd& b) const {
  return lower().transpose().triangularView<Eigen::Upper>().solve(forward(b));
}

double GrowingCholesky::log_determinant() const {
  return 2.0 * lower().diagonal().array().log().sum();
}

}  // namespace markhor
