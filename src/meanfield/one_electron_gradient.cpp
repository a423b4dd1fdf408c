#include "meanfield/one_electron_gradient.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

#include "meanfield/cartesian.hpp"
#include "meanfield/hermite.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::Vector3d;

// Pairs of primitives whose product, times the largest element of D or W, is smaller than this are
// left out.
constexpr double product_threshold = 1e-15;

constexpr int max_l = max_angular_momentum;

struct PrimitivePair {
  int la = 0, lb = 0;
  double a = 0.0, b = 0.0, p = 0.0;  // exponents, and their sum
  Vector3d center;
};

// Overlap and kinetic energy of one dimension, and their derivatives with respect to the first
// centre.
struct LineIntegrals {
  double overlap[max_l + 1][max_l + 1], d_overlap[max_l + 1][max_l + 1];
  double kinetic[max_l + 1][max_l + 1], d_kinetic[max_l + 1][max_l + 1];
};

class OneElectronGradient {
 public:
  OneElectronGradient(const Molecule& molecule, const BasisSet& basis)
      : molecule_(molecule),
        basis_(basis),
        gradient_(Eigen::VectorXd::Zero(3 * static_cast<Eigen::Index>(molecule.atoms.size()))) {
    for (int l = 0; l <= max_l; ++l) powers_.push_back(cartesian_powers(l));
  }

  Eigen::VectorXd run(const MatrixXd& density, const MatrixXd& weighted);

 private:
  const std::vector<std::array<int, 3>>& powers(int l) const {
    return powers_[static_cast<std::size_t>(l)];
  }
  Vector3d position(int atom) const {
    return Vector3d::Map(molecule_.atoms[static_cast<std::size_t>(atom)].position.data());
  }
  void add_shells(const Shell& a, const Shell& b);
  void add_overlap_and_kinetic(const PrimitivePair& pair, const Shell& a, const Shell& b);
  void add_attraction(const PrimitivePair& pair, const Shell& a, const Shell& b);
  LineIntegrals line_integrals(const PrimitivePair& pair, std::size_t axis) const;
  void expand_density(const PrimitivePair& pair);
  Vector3d add_fields(const PrimitivePair& pair);

  const Molecule& molecule_;
  const BasisSet& basis_;
  const HermiteCoulomb coulomb_;
  std::vector<std::vector<std::array<int, 3>>> powers_;  // by l
  Eigen::VectorXd gradient_;
  // Of the pair of shells: D and W; of the pair of primitives: expansions of the three
  // dimensions, the density in Hermite Gaussians and its three derivatives with respect to the
  // first centre, the potential of the nuclei.
  MatrixXd density_, weighted_;
  std::array<HermiteExpansion, 3> expansion_;
  std::array<double, hermite_count(max_hermite_degree)> hermite_density_, potential_, nucleus_;
  std::array<std::array<double, hermite_count(max_hermite_degree)>, 3> derivative_;
};

Eigen::VectorXd OneElectronGradient::run(const MatrixXd& density, const MatrixXd& weighted) {
  Eigen::Index row = 0;
  for (std::size_t i = 0; i < basis_.shells.size(); ++i) {
    const Shell& a = basis_.shells[i];
    Eigen::Index column = 0;
    for (std::size_t j = 0; j <= i; ++j) {
      const Shell& b = basis_.shells[j];
      const double twice = i == j ? 1.0 : 2.0;
      density_ = twice * density.block(row, column, a.size(), b.size());
      weighted_ = twice * weighted.block(row, column, a.size(), b.size());
      add_shells(a, b);
      column += b.size();
    }
    row += a.size();
  }
  return std::move(gradient_);
}

void OneElectronGradient::add_shells(const Shell& a, const Shell& b) {
  const double largest = std::max(density_.cwiseAbs().maxCoeff(), weighted_.cwiseAbs().maxCoeff());
  const Vector3d at_a = position(a.atom), at_b = position(b.atom);
  PrimitivePair pair;
  pair.la = a.angular_momentum;
  pair.lb = b.angular_momentum;
  for (std::size_t i = 0; i < a.exponents.size(); ++i) {
    for (std::size_t j = 0; j < b.exponents.size(); ++j) {
      pair.a = a.exponents[i];
      pair.b = b.exponents[j];
      pair.p = pair.a + pair.b;
      const double product = a.coefficients[i] * b.coefficients[j] *
                             std::exp(-pair.a * pair.b / pair.p * (at_a - at_b).squaredNorm());
      if (std::abs(product) * largest < product_threshold) continue;
      pair.center = (pair.a * at_a + pair.b * at_b) / pair.p;
      for (int k = 0; k < 3; ++k) {
        // The factors that all three dimensions share go into the first.
        expansion_[static_cast<std::size_t>(k)].compute(
            pair.la + 1, pair.lb + 2, pair.p, pair.center[k] - at_a[k], pair.center[k] - at_b[k],
            k == 0 ? product : 1.0);
      }
      if (a.atom != b.atom) add_overlap_and_kinetic(pair, a, b);
      add_attraction(pair, a, b);
    }
  }
}

// d/dA of a Gaussian is 2 a times the one of i + 1 less i times the one of i - 1; -1/2 d^2/dx^2
// acts on the second in the same way twice (Helgaker et al., equation 9.3.31).
LineIntegrals OneElectronGradient::line_integrals(const PrimitivePair& pair,
                                                  std::size_t axis) const {
  const HermiteExpansion& e = expansion_[axis];
  const double b = pair.b, norm = std::sqrt(std::numbers::pi / pair.p);
  const auto overlap = [&](int i, int j) { return norm * e.row(i, j)[0]; };
  const auto kinetic = [&](int i, int j) {
    double sum = -2.0 * b * b * overlap(i, j + 2) + b * (2 * j + 1) * overlap(i, j);
    if (j > 1) sum -= 0.5 * j * (j - 1) * overlap(i, j - 2);
    return sum;
  };
  const auto derivative = [&](const auto& integral, int i, int j) {
    return 2.0 * pair.a * integral(i + 1, j) - (i > 0 ? i * integral(i - 1, j) : 0.0);
  };
  LineIntegrals line;
  for (int i = 0; i <= pair.la; ++i) {
    for (int j = 0; j <= pair.lb; ++j) {
      line.overlap[i][j] = overlap(i, j);
      line.kinetic[i][j] = kinetic(i, j);
      line.d_overlap[i][j] = derivative(overlap, i, j);
      line.d_kinetic[i][j] = derivative(kinetic, i, j);
    }
  }
  return line;
}

// Both depend on the distance of the two centres only.
void OneElectronGradient::add_overlap_and_kinetic(const PrimitivePair& pair, const Shell& a,
                                                  const Shell& b) {
  const std::array<LineIntegrals, 3> lines{line_integrals(pair, 0), line_integrals(pair, 1),
                                           line_integrals(pair, 2)};
  Vector3d sum = Vector3d::Zero();
  Eigen::Index row = 0;
  for (const auto& i : powers(pair.la)) {
    Eigen::Index column = 0;
    for (const auto& j : powers(pair.lb)) {
      const double d = density_(row, column), w = weighted_(row, column);
      for (std::size_t x = 0; x < 3; ++x) {
        const std::size_t y = (x + 1) % 3, z = (x + 2) % 3;
        const double sy = lines[y].overlap[i[y]][j[y]], sz = lines[z].overlap[i[z]][j[z]];
        const double ty = lines[y].kinetic[i[y]][j[y]], tz = lines[z].kinetic[i[z]][j[z]];
        const double ds = lines[x].d_overlap[i[x]][j[x]], dt = lines[x].d_kinetic[i[x]][j[x]];
        sum[static_cast<Eigen::Index>(x)] +=
            d * (dt * sy * sz + ds * (ty * sz + sy * tz)) - w * ds * sy * sz;
      }
      ++column;
    }
    ++row;
  }
  gradient_.segment<3>(3 * a.atom) += sum;
  gradient_.segment<3>(3 * b.atom) -= sum;
}

// Fills hermite_density_ and derivative_; both up to degree la + lb + 1, the former with zeros.
void OneElectronGradient::expand_density(const PrimitivePair& pair) {
  const int count = hermite_count(pair.la + pair.lb + 1);
  std::fill_n(hermite_density_.begin(), count, 0.0);
  for (auto& derivative : derivative_) std::fill_n(derivative.begin(), count, 0.0);
  // e: E_t of a dimension; d: that of the derivative of the first function.
  struct Line {
    int end = 0;
    const double* e = nullptr;
    double d[2 * max_l + 2];
  };
  const auto fill = [&pair](const HermiteExpansion& expansion, int i, int j, Line& line) {
    line.end = i + j + 1;
    line.e = expansion.row(i, j);
    const double* up = expansion.row(i + 1, j);
    for (int t = 0; t <= line.end; ++t) line.d[t] = 2.0 * pair.a * up[t];
    if (i == 0) return;
    const double* down = expansion.row(i - 1, j);
    for (int t = 0; t < line.end; ++t) line.d[t] -= i * down[t];
  };
  Eigen::Index row = 0;
  std::array<Line, 3> lines;
  for (const auto& i : powers(pair.la)) {
    Eigen::Index column = 0;
    for (const auto& j : powers(pair.lb)) {
      const double weight = density_(row, column++);
      for (std::size_t k = 0; k < 3; ++k) fill(expansion_[k], i[k], j[k], lines[k]);
      for (int t = 0; t <= lines[0].end; ++t) {
        const double ex = weight * lines[0].e[t], dx = weight * lines[0].d[t];
        for (int u = 0; u <= lines[1].end; ++u) {
          const double ey = lines[1].e[u], dy = lines[1].d[u];
          // Degrees beyond la + lb + 1 have a zero in every product.
          const int end = std::min(lines[2].end, pair.la + pair.lb + 1 - t - u);
          for (int v = 0; v <= end; ++v) {
            const auto q = static_cast<std::size_t>(hermite_index(t, u, v));
            const double ez = lines[2].e[v];
            hermite_density_[q] += ex * ey * ez;
            derivative_[0][q] += dx * ey * ez;
            derivative_[1][q] += ex * dy * ez;
            derivative_[2][q] += ex * ey * lines[2].d[v];
          }
        }
      }
    }
    ++row;
  }
}

// The force on the nuclei; sums up their potential on the way. Returns the sum of what was added.
Vector3d OneElectronGradient::add_fields(const PrimitivePair& pair) {
  const int degree = pair.la + pair.lb, count = hermite_count(degree + 1);
  std::fill_n(potential_.begin(), count, 0.0);
  Vector3d sum = Vector3d::Zero();
  for (std::size_t c = 0; c < molecule_.atoms.size(); ++c) {
    const Vector3d r = pair.center - position(static_cast<int>(c));
    coulomb_.evaluate(degree + 1, pair.p, {r[0], r[1], r[2]}, nucleus_.data());
    const double charge = -2.0 * std::numbers::pi / pair.p * molecule_.atoms[c].atomic_number;
    for (std::size_t q = 0; q < static_cast<std::size_t>(count); ++q) {
      potential_[q] += charge * nucleus_[q];
    }
    Vector3d field = Vector3d::Zero();
    std::size_t q = 0;
    for (int n = 0; n <= degree; ++n) {
      // Raising t leaves the place within a degree as it is, see hermite_index.
      const double* above = nucleus_.data() + hermite_count(n);
      for (int m = 0, place = 0; m <= n; ++m) {
        for (int v = 0; v <= m; ++v, ++place, ++q) {
          const double h = hermite_density_[q];
          field[0] += h * above[place];
          field[1] += h * above[place + m + 1];
          field[2] += h * above[place + m + 2];
        }
      }
    }
    // d/dC is -d/dP.
    gradient_.segment<3>(3 * static_cast<Eigen::Index>(c)) -= charge * field;
    sum -= charge * field;
  }
  return sum;
}

void OneElectronGradient::add_attraction(const PrimitivePair& pair, const Shell& a,
                                         const Shell& b) {
  expand_density(pair);
  const Vector3d on_nuclei = add_fields(pair);
  const Eigen::Index count = hermite_count(pair.la + pair.lb + 1);
  Vector3d on_a;
  for (std::size_t k = 0; k < 3; ++k) {
    on_a[static_cast<Eigen::Index>(k)] = Eigen::VectorXd::Map(derivative_[k].data(), count)
                                             .dot(Eigen::VectorXd::Map(potential_.data(), count));
  }
  gradient_.segment<3>(3 * a.atom) += on_a;
  gradient_.segment<3>(3 * b.atom) -= on_a + on_nuclei;
}

}  // namespace

Eigen::VectorXd one_electron_gradient(const Molecule& molecule, const BasisSet& basis,
                                      const MatrixXd& density,
                                      const MatrixXd& energy_weighted_density) {
  return OneElectronGradient(molecule, basis).run(density, energy_weighted_density);
}

}  // namespace markhor
