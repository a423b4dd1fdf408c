// A Cholesky factor to which rows can be added: after k rows, m more cost O(k^2 m) instead of the
// O((k + m)^3) of a new factorization.
#pragma once

#include <Eigen/Dense>

namespace markhor {

class GrowingCholesky {
 public:
  void clear() { size_ = 0; }
  Eigen::Index size() const { return size_; }

  // rows: m x (size + m), the new rows of the symmetric matrix up to its diagonal block, of which
  // the lower triangle is read. Returns false, and leaves the factor as it was, where the enlarged
  // matrix is not positive definite in the arithmetic used.
  bool extend(Eigen::MatrixXd rows);

  // L^-1 b, and A^-1 b; b: size x any.
  Eigen::MatrixXd forward(const Eigen::MatrixXd& b) const;
  Eigen::MatrixXd solve(const Eigen::MatrixXd& b) const;
  // size x size; above the diagonal there is anything.
  Eigen::Ref<const Eigen::MatrixXd> lower() const { return storage_.topLeftCorner(size_, size_); }
  double log_determinant() const;  // of A

 private:
  void reserve(Eigen::Index rows);

  Eigen::MatrixXd storage_;  // room for more rows than are used: growing it copies
  Eigen::Index size_ = 0;
};

}  // namespace markhor
