// The linear assignment problem: one column for every row at the least cost.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace markhor {

struct Assignment {
  std::vector<int> columns;  // of every row
  double cost = 0.0;
};

// cost: n x n, finite. Shortest augmenting paths with dual prices (H. W. Kuhn, Nav. Res. Logist. Q.
// 2, 83 (1955); R. Jonker, A. Volgenant, Computing 38, 325 (1987)), O(n^3).
// Throws std::invalid_argument if the matrix is not square or not finite.
Assignment best_assignment(const Eigen::MatrixXd& cost);

}  // namespace markhor
