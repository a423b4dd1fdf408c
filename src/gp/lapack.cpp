#include "gp/lapack.hpp"

#include <stdexcept>

// Debian's packages bring no C header that all BLAS libraries share. Characters without the hidden
// lengths of Fortran, as OpenBLAS and the reference library accept them.
extern "C" {
void dpotrf_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dpotri_(const char* uplo, const int* n, double* a, const int* lda, int* info);
void dtrsm_(const char* side, const char* uplo, const char* trans, const char* diagonal,
            const int* m, const int* n, const double* alpha, const double* a, const int* lda,
            double* b, const int* ldb);
void dsyrk_(const char* uplo, const char* trans, const int* n, const int* k, const double* alpha,
            const double* a, const int* lda, const double* beta, double* c, const int* ldc);
}

namespace markhor {

namespace {

using Eigen::MatrixXd;
using MatrixRef = Eigen::Ref<MatrixXd>;
using ConstMatrixRef = Eigen::Ref<const MatrixXd>;

int stride(const ConstMatrixRef& matrix) { return int(matrix.outerStride()); }

void solve(const char* side, const char* transposed, const ConstMatrixRef& l, MatrixRef b) {
  const int m = int(b.rows()), n = int(b.cols()), ldl = stride(l), ldb = int(b.outerStride());
  const double one = 1.0;
  if (m == 0 || n == 0) return;
  dtrsm_(side, "L", transposed, "N", &m, &n, &one, l.data(), &ldl, b.data(), &ldb);
}

}  // namespace

bool factorize_in_place(MatrixRef a) {
  const int n = int(a.rows()), lda = int(a.outerStride());
  int info = 0;
  if (n == 0) return true;
  dpotrf_("L", &n, a.data(), &lda, &info);
  // A NaN passes the test for a positive pivot.
  return info == 0 && a.diagonal().allFinite();
}

void solve_lower(const ConstMatrixRef& l, MatrixRef b) { solve("L", "N", l, b); }

void solve_transposed_right(const ConstMatrixRef& l, MatrixRef b) { solve("R", "T", l, b); }

void subtract_square(const ConstMatrixRef& b, MatrixRef c) {
  const int n = int(c.rows()), k = int(b.cols()), ldb = stride(b), ldc = int(c.outerStride());
  const double minus = -1.0, one = 1.0;
  if (n == 0 || k == 0) return;
  dsyrk_("L", "N", &n, &k, &minus, b.data(), &ldb, &one, c.data(), &ldc);
}

void invert_from_factor(MatrixRef l) {
  const int n = int(l.rows()), ldl = int(l.outerStride());
  int info = 0;
  if (n == 0) return;
  dpotri_("L", &n, l.data(), &ldl, &info);
  if (info != 0) throw std::invalid_argument("invert_from_factor: the factor is singular");
}

}  // namespace markhor
