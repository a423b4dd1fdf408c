#include "curvature/pencil.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>

#include "random_matrices.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXcd;
using Eigen::VectorXd;

extern "C" void dggev_(const char* left, const char* right, const int* n, double* a, const int* lda,
                       double* b, const int* ldb, double* alpha_real, double* alpha_imaginary,
                       double* beta, double* vl, const int* ldvl, double* vr, const int* ldvr,
                       double* work, const int* work_size, int* info);

namespace {

VectorXcd sorted(VectorXcd values) {
  std::sort(values.begin(), values.end(), [](std::complex<double> a, std::complex<double> b) {
    if (std::abs(a.real() - b.real()) > 1e-9) return a.real() < b.real();
    return a.imag() < b.imag();
  });
  return values;
}

VectorXcd lapack_eigenvalues(MatrixXd h, MatrixXd s) {
  const int n = int(h.rows()), one = 1, work_size = 16 * n;
  VectorXd real(n), imaginary(n), beta(n), work(work_size);
  double unused = 0.0;
  int info = 0;
  dggev_("N", "N", &n, h.data(), &n, s.data(), &n, real.data(), imaginary.data(), beta.data(),
         &unused, &one, &unused, &one, work.data(), &work_size, &info);
  REQUIRE(info == 0);
  VectorXcd values(n);
  for (int i = 0; i < n; ++i) values(i) = std::complex(real(i), imaginary(i)) / beta(i);
  return values;
}

// H with the given right eigenvectors (columns) and values: H = S V diag(values) V^-1.
MatrixXd with_roots(const MatrixXd& s, const MatrixXd& vectors, const VectorXd& values) {
  return s * vectors * values.asDiagonal() * vectors.inverse();
}

}  // namespace

TEST_CASE("pencil: all roots agree with LAPACK's QZ") {
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const Index n = 5 + 4 * Index(seed);
    const MatrixXd h = random_matrix(n, n, seed);
    const MatrixXd s = symmetric_matrix(VectorXd::LinSpaced(n, 0.1, 4.0), seed + 100);
    const PencilSpectrum spectrum = pencil_spectrum(h, s);
    REQUIRE(spectrum.solved);
    CHECK(spectrum.dropped == 0);
    const VectorXcd reference = lapack_eigenvalues(h, s);
    CHECK((sorted(spectrum.values) - sorted(reference)).norm() < 1e-9 * reference.norm());
    const Eigen::MatrixXcd residual =
        h * spectrum.vectors - s * spectrum.vectors * spectrum.values.asDiagonal();
    CHECK(residual.norm() < 1e-10 * h.norm());
    const Eigen::MatrixXcd norms = spectrum.vectors.adjoint() * s * spectrum.vectors;
    CHECK((norms.diagonal().array() - 1.0).abs().maxCoeff() < 1e-10);
  }
}

TEST_CASE("pencil: the linear method's lowest root agrees with LAPACK's QZ") {
  const SampledPencil pencil = sampled_pencil(60, 2000, 4);
  RootChoice choice;
  choice.reference = pencil.energy;
  const PencilRoot root = pencil_root(pencil.h, pencil.s, choice);
  REQUIRE(root.found);
  const VectorXcd reference = sorted(lapack_eigenvalues(pencil.h, pencil.s));
  CHECK(std::abs(root.value - reference(0).real()) < 1e-9);
  CHECK((pencil.h * root.vector - root.value * (pencil.s * root.vector)).norm() < 1e-9);
  CHECK(root.overlap == Approx(root.vector(0)));
  CHECK(root.overlap > 0.5);
}

TEST_CASE("pencil: redundant parameters and bad scales change nothing") {
  const SampledPencil pencil = sampled_pencil(10, 500, 7);
  RootChoice choice;
  choice.reference = pencil.energy;
  const PencilRoot plain = pencil_root(pencil.h, pencil.s, choice);
  REQUIRE(plain.found);

  // Three more parameters: two are combinations of the others, the last has no effect.
  MatrixXd expand = MatrixXd::Zero(11, 14);
  expand.leftCols(11).setIdentity();
  expand.block(1, 11, 10, 2) = random_matrix(10, 2, 8);
  for (Index i = 1; i < 14; ++i) expand.col(i) *= std::pow(10.0, double(i % 7) - 3.0);
  const MatrixXd h = expand.transpose() * pencil.h * expand;
  const MatrixXd s = expand.transpose() * pencil.s * expand;
  const PencilRoot redundant = pencil_root(h, s, choice);
  REQUIRE(redundant.found);
  CHECK(redundant.dropped == 3);
  CHECK(std::abs(redundant.value - plain.value) < 1e-9);
  CHECK((expand * redundant.vector - plain.vector).norm() < 1e-7);
}

TEST_CASE("pencil: the root is real, in the window and the preferred one") {
  const MatrixXd s = symmetric_matrix(VectorXd::LinSpaced(6, 0.5, 2.0), 3);
  VectorXd values(6);
  values << -9.0, -1.4, -1.2, -1.05, 0.0, 5.0;
  // The root at -1.2 is nearest to the first basis vector of those in the window; that at 5 nearest
  // of all.
  MatrixXd vectors = random_matrix(6, 6, 5);
  vectors.col(2) += 10.0 * VectorXd::Unit(6, 0);
  vectors.col(5) = 0.01 * vectors.col(5) + VectorXd::Unit(6, 0);
  const MatrixXd h = with_roots(s, vectors, values);
  RootChoice choice;
  choice.reference = -1.1;
  choice.window_below = 0.5;
  PencilRoot root = pencil_root(h, s, choice);
  REQUIRE(root.found);
  CHECK(root.widenings == 0);
  CHECK(root.value == Approx(-1.2));
  const VectorXd expected = vectors.col(2) / std::sqrt(vectors.col(2).dot(s * vectors.col(2)));
  CHECK((root.vector - expected).norm() < 1e-8);

  choice.preference = RootPreference::lowest;
  CHECK(pencil_root(h, s, choice).value == Approx(-1.4));

  // Nothing near -4: the window must reach -1.4 (up by 2.6) or -9 (down by 5).
  choice.reference = -4.0;
  root = pencil_root(h, s, choice);
  REQUIRE(root.found);
  CHECK(root.value == Approx(-9.0));
  CHECK(root.widenings == 4);
  choice.max_widenings = 3;
  root = pencil_root(h, s, choice);
  CHECK_FALSE(root.found);
  CHECK(root.real);
}

TEST_CASE("pencil: no real root, and matrices that make no sense, are reported") {
  MatrixXd h(2, 2);
  h << 1.0, 2.0, -2.0, 1.0;
  PencilRoot root = pencil_root(h, MatrixXd::Identity(2, 2), {});
  CHECK_FALSE(root.found);
  CHECK_FALSE(root.real);
  CHECK(root.value == Approx(1.0));
  CHECK(std::abs(root.imaginary) == Approx(2.0));
  CHECK(root.vector.norm() == Approx(1.0));

  root = pencil_root(h, MatrixXd::Zero(2, 2), {});
  CHECK_FALSE(root.found);
  CHECK(root.status == "S is zero");
  h(0, 1) = std::numeric_limits<double>::quiet_NaN();
  CHECK_FALSE(pencil_root(h, MatrixXd::Identity(2, 2), {}).found);
  CHECK_THROWS_AS(pencil_root(h, MatrixXd::Identity(3, 3), {}), std::invalid_argument);
}
