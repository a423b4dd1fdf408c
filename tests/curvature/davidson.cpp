#include "curvature/davidson.hpp"

#include <cmath>

#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

LinearMap times(const MatrixXd& matrix) {
  return [matrix](const MatrixXd& x) -> MatrixXd { return matrix * x; };
}

Preconditioner none() {
  return [](const VectorXd& residual, double) { return residual; };
}

// Diagonal 1, 2, ..., n with random couplings.
MatrixXd diagonally_dominant(Index n, unsigned seed) {
  const MatrixXd random = random_matrix(n, n, seed);
  MatrixXd matrix = 0.05 * (random + random.transpose());
  matrix.diagonal() += VectorXd::LinSpaced(n, 1.0, double(n));
  return matrix;
}

void check_lowest(const MatrixXd& matrix, const Eigenpairs& found, int roots, double tolerance) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> exact(matrix);
  REQUIRE(found.converged);
  REQUIRE(found.values.size() == roots);
  CHECK((found.values - exact.eigenvalues().head(roots)).cwiseAbs().maxCoeff() < tolerance);
  const MatrixXd residual =
      matrix * found.vectors - found.vectors * found.values.asDiagonal().toDenseMatrix();
  CHECK(residual.colwise().norm().maxCoeff() < 1.1e-8);
  CHECK((found.vectors.transpose() * found.vectors - MatrixXd::Identity(roots, roots)).norm() <
        1e-10);
}

}  // namespace

TEST_CASE("Davidson: lowest roots of a symmetric matrix") {
  const MatrixXd matrix = diagonally_dominant(300, 1);
  for (const int roots : {1, 3, 6}) {
    DavidsonOptions options;
    options.roots = roots;
    const Eigenpairs found =
        lowest_eigenpairs(times(matrix), diagonal_preconditioner(matrix.diagonal()),
                          MatrixXd::Identity(300, roots), options);
    check_lowest(matrix, found, roots, 1e-10);
    CHECK(found.products < 40 * roots);
  }
}

TEST_CASE("Davidson: clustered roots, few vectors held, no preconditioner") {
  VectorXd values = VectorXd::LinSpaced(80, 1.0, 9.0);
  values.head(4) << -1.0, -1.0 + 1e-6, -1.0 + 1e-4, -1.0 + 1e-4;
  const MatrixXd matrix = symmetric_matrix(values, 2);
  DavidsonOptions options;
  options.roots = 4;
  options.max_space = 12;
  const Eigenpairs found =
      lowest_eigenpairs(times(matrix), none(), random_matrix(80, 4, 3), options);
  check_lowest(matrix, found, 4, 1e-10);
}

TEST_CASE("Davidson: an exact preconditioner, one guess for two roots, a space as large as all") {
  const MatrixXd matrix = diagonally_dominant(30, 4);
  const Preconditioner exact = [&](const VectorXd& residual, double value) -> VectorXd {
    return (matrix - value * MatrixXd::Identity(30, 30)).partialPivLu().solve(residual);
  };
  DavidsonOptions options;
  // With the inverse the iteration is the Rayleigh quotient's: cubic, three or four steps.
  const Eigenpairs one =
      lowest_eigenpairs(times(matrix), exact, MatrixXd::Identity(30, 1), options);
  check_lowest(matrix, one, 1, 1e-10);
  CHECK(one.iterations < 7);

  options.roots = 2;
  options.max_space = 100;
  check_lowest(matrix, lowest_eigenpairs(times(matrix), none(), random_matrix(30, 1, 5), options),
               2, 1e-10);
  options.roots = 30;
  check_lowest(matrix, lowest_eigenpairs(times(matrix), none(), random_matrix(30, 30, 6), options),
               30, 1e-10);
}

TEST_CASE("Davidson: what goes wrong is a status") {
  const MatrixXd matrix = diagonally_dominant(100, 7);
  DavidsonOptions options;
  options.max_iterations = 3;
  Eigenpairs found = lowest_eigenpairs(times(matrix), none(), random_matrix(100, 1, 8), options);
  CHECK_FALSE(found.converged);
  CHECK(found.iterations == 3);
  CHECK(found.residuals(0) > 1e-8);

  // An exact eigenvector leaves no residual to find a second root with.
  const Eigen::SelfAdjointEigenSolver<MatrixXd> exact(matrix);
  options.roots = 2;
  options.max_iterations = 50;
  found = lowest_eigenpairs(times(matrix), none(), exact.eigenvectors().col(0), options);
  CHECK_FALSE(found.converged);
  CHECK_THROWS_AS(lowest_eigenpairs(times(matrix), none(), MatrixXd::Zero(100, 1), options),
                  std::invalid_argument);
}

TEST_CASE("Davidson: the linear method's root agrees with the dense solver") {
  for (unsigned seed = 10; seed < 15; ++seed) {
    const SampledPencil pencil = sampled_pencil(120, 3000, seed);
    RootChoice choice;
    choice.reference = pencil.energy;
    const PencilRoot dense = pencil_root(pencil.h, pencil.s, choice);
    REQUIRE(dense.found);
    DavidsonOptions options;
    options.max_space = 15;
    const Eigenpairs found =
        pencil_eigenpairs(times(pencil.h), times(pencil.s),
                          diagonal_preconditioner(pencil.h.diagonal(), pencil.s.diagonal()),
                          MatrixXd::Identity(121, 1), options, choice);
    REQUIRE(found.converged);
    CHECK(std::abs(found.values(0) - dense.value) < 1e-8);
    CHECK((found.vectors.col(0) - dense.vector).norm() < 1e-6);
    CHECK(found.products < 80);
  }
}

TEST_CASE("Davidson: a singular overlap matrix, and several roots of a pencil") {
  const SampledPencil pencil = sampled_pencil(40, 3000, 20);
  MatrixXd expand = MatrixXd::Zero(41, 46);
  expand.leftCols(41).setIdentity();
  expand.block(1, 41, 40, 5) = random_matrix(40, 5, 21);
  const MatrixXd h = expand.transpose() * pencil.h * expand;
  const MatrixXd s = expand.transpose() * pencil.s * expand;
  RootChoice choice;
  choice.reference = pencil.energy;
  choice.window_above = 3.0;
  choice.preference = RootPreference::lowest;
  const PencilSpectrum spectrum = pencil_spectrum(pencil.h, pencil.s);
  const RootRanking ranking = rank_roots(spectrum, choice);
  REQUIRE(ranking.acceptable >= 3);
  DavidsonOptions options;
  options.roots = 3;
  const Eigenpairs found =
      pencil_eigenpairs(times(h), times(s), diagonal_preconditioner(h.diagonal(), s.diagonal()),
                        MatrixXd::Identity(46, 4), options, choice);
  REQUIRE(found.converged);
  for (Index k = 0; k < 3; ++k) {
    const double expected = spectrum.values(ranking.order[std::size_t(k)]).real();
    CHECK(std::abs(found.values(k) - expected) < 1e-8);
    CHECK(found.vectors.col(k).dot(s * found.vectors.col(k)) == Approx(1.0));
  }
}

// A soft root beside others: the loose tolerance alone would take its sign from a Ritz value that
// lies above it.
TEST_CASE("Davidson: with signs, residuals are below the roots") {
  Eigen::MatrixXd matrix = diagonally_dominant(40, 12);
  const Eigen::VectorXd lowest =
      Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd>(matrix).eigenvalues();
  matrix -= (lowest[1] - 2e-3) * Eigen::MatrixXd::Identity(40, 40);
  DavidsonOptions options;
  options.roots = 2;
  options.tolerance = 0.05;
  const Preconditioner simple = diagonal_preconditioner(matrix.diagonal());
  const Eigen::MatrixXd guess = Eigen::MatrixXd::Identity(40, 2);
  const Eigenpairs loose = lowest_eigenpairs(times(matrix), simple, guess, options);
  CHECK(loose.converged);
  CHECK(loose.residuals[1] > std::abs(loose.values[1]));
  options.sign_floor = 1e-4;
  const Eigenpairs sure = lowest_eigenpairs(times(matrix), simple, guess, options);
  CHECK(sure.converged);
  CHECK((sure.residuals.array() <= sure.values.array().abs()).all());
  CHECK(sure.values[0] < 0.0);
  CHECK(sure.values[1] > 0.0);
  CHECK(sure.products > loose.products);
}
