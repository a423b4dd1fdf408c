#include "slater_atom.hpp"

#include <cmath>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

double factorial(int n) { return std::tgamma(n + 1.0); }

// The integral of r^p exp(-a r).
double moment(int p, double a) { return factorial(p) / std::pow(a, p + 1); }

// The integral of r1^p exp(-a r1) r2^q exp(-b r2) over r1 < r2, divided by r2: the inner integral
// by parts, then the outer one term by term.
double inner_first(int p, double a, int q, double b) {
  double sum = 0.0;
  for (int j = 0; j < q; ++j) {
    sum += factorial(q - 1) / factorial(j) * std::pow(b, j - q) * moment(p + j, a + b);
  }
  return sum;
}

class Atom {
 public:
  Atom(int charge, const std::vector<SlaterFunction>& functions)
      : charge_(charge), functions_(functions) {}

  MatrixXd overlap() const {
    return matrix([](int n, int m, double, double sum) { return moment(n + m, sum); });
  }
  // T on the second function: -1/2 (m (m - 1) / r^2 - 2 m zeta / r + zeta^2).
  MatrixXd core() const {
    const MatrixXd half = matrix([this](int n, int m, double zeta, double sum) {
      const double second = m > 1 ? m * (m - 1) * moment(n + m - 2, sum) : 0.0;
      return -0.5 * (second - 2.0 * m * zeta * moment(n + m - 1, sum) +
                     zeta * zeta * moment(n + m, sum)) -
             charge_ * moment(n + m - 1, sum);
    });
    return 0.5 * (half + half.transpose());
  }
  // (ij|kl) of s functions.
  double repulsion(Index i, Index j, Index k, Index l) const {
    const SlaterFunction &f = at(i), &g = at(j), &h = at(k), &e = at(l);
    const int p = f.n + g.n, q = h.n + e.n;
    const double a = f.zeta + g.zeta, b = h.zeta + e.zeta;
    return norm(f) * norm(g) * norm(h) * norm(e) *
           (inner_first(p, a, q, b) + inner_first(q, b, p, a));
  }
  Index size() const { return std::ssize(functions_); }

 private:
  const SlaterFunction& at(Index i) const { return functions_[static_cast<std::size_t>(i)]; }
  static double norm(const SlaterFunction& f) {
    return 1.0 / std::sqrt(moment(2 * f.n, 2.0 * f.zeta));
  }
  template <class Element>
  MatrixXd matrix(const Element& element) const {
    return MatrixXd::NullaryExpr(size(), size(), [&](Index i, Index j) {
      const SlaterFunction &f = at(i), &g = at(j);
      return norm(f) * norm(g) * element(f.n, g.n, g.zeta, f.zeta + g.zeta);
    });
  }

  int charge_ = 0;
  std::vector<SlaterFunction> functions_;
};

MatrixXd two_electron(const Atom& atom, const MatrixXd& density) {
  MatrixXd result = MatrixXd::Zero(atom.size(), atom.size());
  for (Index i = 0; i < atom.size(); ++i) {
    for (Index j = 0; j < atom.size(); ++j) {
      for (Index k = 0; k < atom.size(); ++k) {
        for (Index l = 0; l < atom.size(); ++l) {
          result(i, j) +=
              density(k, l) * (atom.repulsion(i, j, k, l) - 0.5 * atom.repulsion(i, k, j, l));
        }
      }
    }
  }
  return result;
}

}  // namespace

SlaterAtom slater_atom(int charge, const std::vector<SlaterFunction>& functions) {
  const Atom atom(charge, functions);
  const MatrixXd overlap = atom.overlap(), core = atom.core();
  const Index occupied = charge / 2;
  MatrixXd fock = core, density;
  SlaterAtom result;
  for (int i = 0; i < 100; ++i) {
    const Eigen::GeneralizedSelfAdjointEigenSolver<MatrixXd> solver(fock, overlap);
    result.orbitals = solver.eigenvectors();
    const MatrixXd next =
        2.0 * result.orbitals.leftCols(occupied) * result.orbitals.leftCols(occupied).transpose();
    density = i == 0 ? next : MatrixXd(0.3 * density + 0.7 * next);
    fock = core + two_electron(atom, density);
    result.energy = 0.5 * density.cwiseProduct(core + fock).sum();
  }
  return result;
}

}  // namespace markhor
