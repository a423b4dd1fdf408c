#include "curvature/low_rank_metric.hpp"

#include <barrier>
#include <cmath>
#include <thread>

#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

MatrixXd centred_rows(Index samples, Index parameters, unsigned seed) {
  MatrixXd rows = random_matrix(samples, parameters, seed);
  rows.rowwise() -= rows.colwise().mean();
  return rows;
}

VectorXd dense_solution(const LowRankMetric& metric, const VectorXd& b) {
  MatrixXd a = metric.rows.transpose() * metric.rows / metric.samples;
  a.diagonal() += metric.shift * metric.diagonal;
  return a.partialPivLu().solve(b);
}

}  // namespace

TEST_CASE("low-rank metric: three ways, one answer") {
  struct Shape {
    Index samples, parameters;
  };
  for (const Shape shape : {Shape{400, 30}, Shape{60, 60}, Shape{30, 400}}) {
    for (const double shift : {1.0, 1e-2, 1e-4}) {
      const MatrixXd rows = centred_rows(shape.samples, shape.parameters, 1);
      const VectorXd diagonal = random_vector(shape.parameters, 2).cwiseAbs().array() + 0.3;
      const VectorXd b = random_vector(shape.parameters, 3);
      const LowRankMetric metric{rows, double(shape.samples), diagonal, shift, nullptr};
      const VectorXd expected = dense_solution(metric, b);
      for (const MetricSolution& found :
           {solve_in_parameter_space(metric, b), solve_in_sample_space(metric, b),
            solve_by_conjugate_gradients(metric, b, {1e-13, 2000}), solve_metric(metric, b)}) {
        INFO(shape.samples << " " << shape.parameters << " " << shift << ": " << found.status);
        CHECK(found.solved);
        CHECK((found.solution - expected).norm() < 1e-10 * expected.norm());
        CHECK(found.residual < 1e-10);
      }
    }
  }
}

TEST_CASE("low-rank metric: parameters of very different scale") {
  MatrixXd rows = centred_rows(200, 20, 4);
  VectorXd scale(20);
  for (Index i = 0; i < 20; ++i) scale(i) = std::pow(10.0, double(i % 9) - 4.0);
  const VectorXd diagonal = scale.cwiseAbs2();
  const VectorXd b = random_vector(20, 5);
  const VectorXd ones = VectorXd::Ones(20);
  const VectorXd expected = dense_solution({rows, 200.0, ones, 1e-3, nullptr}, b);
  const MatrixXd scaled = rows * scale.asDiagonal();
  const LowRankMetric metric{scaled, 200.0, diagonal, 1e-3, nullptr};
  const VectorXd right = scale.cwiseProduct(b);
  for (const MetricSolution& found :
       {solve_in_parameter_space(metric, right), solve_in_sample_space(metric, right),
        solve_by_conjugate_gradients(metric, right)}) {
    CHECK(found.solved);
    CHECK((scale.cwiseProduct(found.solution) - expected).norm() < 1e-9 * expected.norm());
  }
}

TEST_CASE("low-rank metric: samples spread over ranks") {
  // Two threads play the ranks.
  const MatrixXd rows = centred_rows(100, 12, 6);
  const MatrixXd parts[] = {rows.topRows(40), rows.bottomRows(60)};
  const VectorXd diagonal = VectorXd::Ones(12), b = random_vector(12, 7);
  const VectorXd expected = dense_solution({rows, 100.0, diagonal, 0.1, nullptr}, b);
  MatrixXd shared[2];
  std::barrier meet(2);
  MetricSolution direct[2], iterated[2];
  const auto run = [&](int rank) {
    const SumOverRanks sum = [&, rank](MatrixXd& matrix) {
      shared[rank] = matrix;
      meet.arrive_and_wait();
      matrix = shared[0] + shared[1];
      meet.arrive_and_wait();
    };
    const LowRankMetric metric{parts[rank], 100.0, diagonal, 0.1, sum};
    direct[rank] = solve_metric(metric, b);
    iterated[rank] = solve_by_conjugate_gradients(metric, b);
  };
  std::thread other(run, 1);
  run(0);
  other.join();
  for (const MetricSolution& found : {direct[0], direct[1], iterated[0], iterated[1]}) {
    CHECK(found.solved);
    CHECK((found.solution - expected).norm() < 1e-10 * expected.norm());
  }
  CHECK(direct[0].solution == direct[1].solution);
  CHECK(iterated[0].solution == iterated[1].solution);
}

TEST_CASE("low-rank metric: what cannot be solved is said") {
  const MatrixXd rows = centred_rows(10, 20, 8);
  const VectorXd diagonal = VectorXd::Ones(20), b = random_vector(20, 9);
  LowRankMetric metric{rows, 10.0, diagonal, 0.0, nullptr};
  CHECK_FALSE(solve_in_parameter_space(metric, b).solved);
  CHECK_FALSE(solve_by_conjugate_gradients(metric, b).solved);
  CHECK_THROWS_AS(solve_in_sample_space(metric, b), std::invalid_argument);
  metric.shift = 1e-6;
  const MetricSolution stopped = solve_by_conjugate_gradients(metric, b, {1e-12, 2});
  CHECK_FALSE(stopped.solved);
  CHECK(stopped.iterations == 2);
  CHECK(solve_metric(metric, VectorXd::Zero(20)).solution.norm() == 0.0);
  const VectorXd bad = b / 0.0;
  CHECK_FALSE(solve_metric(metric, bad).solved);
  CHECK_FALSE(solve_by_conjugate_gradients(metric, bad).solved);
  CHECK_THROWS_AS(solve_metric(metric, VectorXd::Zero(3)), std::invalid_argument);
  metric.shift = -1.0;
  CHECK_THROWS_AS(solve_metric(metric, b), std::invalid_argument);
}
