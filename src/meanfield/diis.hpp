// Extrapolation of Fock matrices by direct inversion in the iterative subspace (P. Pulay,
// J. Comput. Chem. 3, 556 (1982)).
#pragma once

#include <Eigen/Dense>
#include <deque>
#include <vector>

namespace markhor {

class Diis {
 public:
  explicit Diis(std::size_t history) : history_(history) {}

  // Adds a set of matrices (one a channel) with their error matrices and returns the linear
  // combination of all kept sets, coefficients summing to 1, whose error is smallest.
  std::vector<Eigen::MatrixXd> extrapolate(const std::vector<Eigen::MatrixXd>& matrices,
                                           const std::vector<Eigen::MatrixXd>& errors);

 private:
  struct Entry {
    std::vector<Eigen::MatrixXd> matrices, errors;
  };
  // One an entry; drops entries whose errors are linearly dependent on those of later ones.
  Eigen::VectorXd coefficients();

  std::size_t history_;
  std::deque<Entry> entries_;
};

}  // namespace markhor
