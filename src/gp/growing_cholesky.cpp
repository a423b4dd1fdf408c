#include "gp/growing_cholesky.hpp"

#include <stdexcept>
#include <utility>

#include "gp/lapack.hpp"

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;

bool GrowingCholesky::extend(MatrixXd rows) {
  const Index added = rows.rows(), total = size_ + added;
  if (rows.cols() != total) {
    throw std::invalid_argument("GrowingCholesky: new rows reach from the first column on");
  }
  // A whole matrix is kept as it is: to copy it takes as long as half the factorization.
  if (size_ == 0) {
    storage_ = std::move(rows);
  } else {
    reserve(total);
    storage_.block(size_, 0, added, total) = rows;
  }
  auto off = storage_.block(size_, 0, added, size_);
  auto diagonal = storage_.block(size_, size_, added, added);
  solve_transposed_right(lower(), off);
  subtract_square(off, diagonal);
  if (!factorize_in_place(diagonal)) return false;
  size_ = total;
  return true;
}

void GrowingCholesky::reserve(Index rows) {
  if (storage_.rows() >= rows) return;
  const Index capacity = rows + rows / 2;
  MatrixXd larger(capacity, capacity);
  larger.topLeftCorner(size_, size_) = lower();
  storage_.swap(larger);
}

MatrixXd GrowingCholesky::forward(const MatrixXd& b) const {
  MatrixXd result = b;
  solve_lower(lower(), result);
  return result;
}

MatrixXd GrowingCholesky::solve(const MatrixXd& b) const {
  return lower().transpose().triangularView<Eigen::Upper>().solve(forward(b));
}

double GrowingCholesky::log_determinant() const {
  return 2.0 * lower().diagonal().array().log().sum();
}

}  // namespace markhor
