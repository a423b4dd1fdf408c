#include "gp/assignment.hpp"

#include <limits>
#include <stdexcept>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr Index nobody = -1;

// Rows are assigned one after the other, each along the cheapest path of reassignments. Prices keep
// cost(i, j) - row(i) - column(j) >= 0, and = 0 for what is assigned.
class AssignmentSearch {
 public:
  explicit AssignmentSearch(const MatrixXd& cost)
      : cost_(cost),
        n_(cost.rows()),
        row_price_(VectorXd::Zero(n_)),
        column_price_(VectorXd::Zero(n_)),
        owner_(std::size_t(n_), nobody) {}

  void assign(Index row) {
    distance_ = VectorXd::Constant(n_, std::numeric_limits<double>::infinity());
    previous_.assign(std::size_t(n_), nobody);
    reached_.assign(std::size_t(n_), false);
    Index column = nobody;
    for (Index now = row; now != nobody; now = owner_[std::size_t(column)]) {
      const Index next = nearest_from(now, column);
      raise_prices(row, distance_(next));
      reached_[std::size_t(next)] = true;
      column = next;
    }
    hand_over(row, column);
  }

  Index owner(Index column) const { return owner_[std::size_t(column)]; }

 private:
  // The cheapest column not yet reached, given that `row` was reached through column `through`.
  Index nearest_from(Index row, Index through) {
    Index nearest = nobody;
    for (Index j = 0; j < n_; ++j) {
      if (reached_[std::size_t(j)]) continue;
      const double reduced = cost_(row, j) - row_price_(row) - column_price_(j);
      if (reduced < distance_(j)) {
        distance_(j) = reduced;
        previous_[std::size_t(j)] = through;
      }
      if (nearest == nobody || distance_(j) < distance_(nearest)) nearest = j;
    }
    return nearest;
  }

  void raise_prices(Index row, double by) {
    row_price_(row) += by;
    for (Index j = 0; j < n_; ++j) {
      if (reached_[std::size_t(j)]) {
        row_price_(owner_[std::size_t(j)]) += by;
        column_price_(j) -= by;
      } else {
        distance_(j) -= by;
      }
    }
  }

  void hand_over(Index row, Index column) {
    while (column != nobody) {
      const Index before = previous_[std::size_t(column)];
      owner_[std::size_t(column)] = before == nobody ? row : owner_[std::size_t(before)];
      column = before;
    }
  }

  const MatrixXd& cost_;
  Index n_;
  VectorXd row_price_, column_price_;
  std::vector<Index> owner_;  // the row of a column
  // Of the path that is being sought.
  VectorXd distance_;
  std::vector<Index> previous_;  // column before a column
  std::vector<bool> reached_;
};

}  // namespace

Assignment best_assignment(const MatrixXd& cost) {
  if (cost.rows() != cost.cols() || !cost.allFinite()) {
    throw std::invalid_argument("best_assignment: a square matrix of finite costs");
  }
  AssignmentSearch search(cost);
  for (Index i = 0; i < cost.rows(); ++i) search.assign(i);
  Assignment result;
  result.columns.resize(std::size_t(cost.rows()));
  for (Index j = 0; j < cost.cols(); ++j) {
    result.columns[std::size_t(search.owner(j))] = int(j);
    result.cost += cost(search.owner(j), j);
  }
  return result;
}

}  // namespace markhor
