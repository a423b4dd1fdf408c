#include "gp/assignment.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "gp/geometries.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::Index;
using Eigen::MatrixXd;

namespace {

double cheapest_permutation(const MatrixXd& cost) {
  std::vector<int> columns(std::size_t(cost.rows()));
  std::iota(columns.begin(), columns.end(), 0);
  double best = std::numeric_limits<double>::infinity();
  do {
    double sum = 0.0;
    for (Index i = 0; i < cost.rows(); ++i) sum += cost(i, columns[std::size_t(i)]);
    best = std::min(best, sum);
  } while (std::next_permutation(columns.begin(), columns.end()));
  return best;
}

}  // namespace

TEST_CASE("assignment: the best of all permutations") {
  for (Index n = 1; n <= 7; ++n) {
    for (unsigned seed = 0; seed < 20; ++seed) {
      MatrixXd cost = random_numbers(n * n, 10 * unsigned(n) + seed).reshaped(n, n);
      if (seed % 4 == 0) cost = cost.array().round();  // many equal costs
      const Assignment found = best_assignment(cost);
      CHECK(found.cost == Approx(cheapest_permutation(cost)).margin(1e-12));
      double sum = 0.0;
      std::vector<int> sorted = found.columns;
      std::sort(sorted.begin(), sorted.end());
      for (Index i = 0; i < n; ++i) {
        sum += cost(i, found.columns[std::size_t(i)]);
        CHECK(sorted[std::size_t(i)] == i);
      }
      CHECK(sum == Approx(found.cost).margin(1e-12));
    }
  }
  CHECK(best_assignment(MatrixXd(0, 0)).cost == 0.0);
  CHECK_THROWS_AS(best_assignment(MatrixXd::Zero(2, 3)), std::invalid_argument);
}
