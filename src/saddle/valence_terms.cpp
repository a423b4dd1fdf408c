#include "saddle/valence_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/units.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

// B. Cordero et al., Dalton Trans. 2008, 2832, Table 2, of H to Rn, angstrom.
constexpr std::array<double, 86> covalent_radii = {
    0.31, 0.28, 1.28, 0.96, 0.84, 0.76, 0.71, 0.66, 0.57, 0.58, 1.66, 1.41, 1.21, 1.11, 1.07,
    1.05, 1.02, 1.06, 2.03, 1.76, 1.70, 1.60, 1.53, 1.39, 1.39, 1.32, 1.26, 1.24, 1.32, 1.22,
    1.22, 1.20, 1.19, 1.20, 1.20, 1.16, 2.20, 1.95, 1.90, 1.75, 1.64, 1.54, 1.47, 1.46, 1.42,
    1.39, 1.45, 1.44, 1.42, 1.39, 1.39, 1.38, 1.39, 1.40, 2.44, 2.15, 2.07, 2.04, 2.03, 2.01,
    1.99, 1.98, 1.98, 1.96, 1.94, 1.92, 1.92, 1.89, 1.90, 1.87, 1.87, 1.75, 1.70, 1.62, 1.51,
    1.44, 1.41, 1.36, 1.36, 1.32, 1.45, 1.46, 1.48, 1.40, 1.50, 1.50};

// Hat functions stand on these; the last one is where they have ended.
constexpr std::array<double, 11> stretch_knots = {0.75, 0.9, 1.0,  1.1, 1.2, 1.35,
                                                  1.5,  1.7, 1.95, 2.3, 2.8};
constexpr std::array<double, 5> angle_knots = {0.9, 1.1, 1.35, 1.7, 2.2};
// Bonds of dihedrals: exp(-3 (t - 1)) each, up to these t.
constexpr double torsion_decay = 3.0, longest_middle = 1.8, longest_end = 1.6;
constexpr double on_a_line = 0.05, dihedral_on_a_line = 0.1;  // sines of angles

constexpr std::size_t first_angle = 30, first_coupling = 90, first_torsion = 150;

// The one or two hat functions that are not zero at t.
std::vector<WeightedTerm> hats(double t, const double* knots, std::size_t count) {
  if (t >= knots[count - 1]) return {};
  if (t <= knots[0]) return {{0, 1.0}};
  const std::size_t next =
      static_cast<std::size_t>(std::upper_bound(knots, knots + count, t) - knots);
  const double share = (t - knots[next - 1]) / (knots[next] - knots[next - 1]);
  if (next == count - 1) return {{next - 1, 1.0 - share}};
  return {{next - 1, 1.0 - share}, {next, share}};
}

// 0 ... 9 for an unordered pair of the four hat functions of angles.
std::size_t pair_number(std::size_t one, std::size_t other) {
  const std::size_t low = std::min(one, other), high = std::max(one, other);
  return high * (high + 1) / 2 + low;
}

class ValenceField {
 public:
  ValenceField(const std::vector<int>& atomic_numbers, const VectorXd& positions);
  std::vector<ValencePiece> pieces();

 private:
  Vector3d between(Index from, Index to) const {
    return positions_.segment<3>(3 * to) - positions_.segment<3>(3 * from);
  }
  void add_stretch(Index i, Index j);
  void add_around(Index i, Index j, Index k);
  void add_angle(Index i, Index j, Index k, const std::vector<WeightedTerm>& terms);
  void add_torsion(Index i, Index j, Index k, Index l);
  void add_torsions(Index j, Index k);

  const VectorXd& positions_;
  Index atoms_;
  std::vector<std::size_t> heavy_;  // 0 for hydrogen, 1 for the others
  MatrixXd length_;                 // in sums of covalent radii
  std::vector<ValencePiece> pieces_;
};

ValenceField::ValenceField(const std::vector<int>& atomic_numbers, const VectorXd& positions)
    : positions_(positions),
      atoms_(static_cast<Index>(atomic_numbers.size())),
      length_(MatrixXd::Zero(atoms_, atoms_)) {
  const auto radius = [&](Index i) {
    const int z = atomic_numbers[static_cast<std::size_t>(i)];
    const bool known = z >= 1 && z <= static_cast<int>(covalent_radii.size());
    return units::bohr_per_angstrom *
           (known ? covalent_radii[static_cast<std::size_t>(z - 1)] : 1.5);
  };
  for (const int number : atomic_numbers) heavy_.push_back(number == 1 ? 0 : 1);
  for (Index i = 0; i < atoms_; ++i) {
    for (Index j = 0; j < atoms_; ++j) {
      if (i != j) length_(i, j) = between(i, j).norm() / (radius(i) + radius(j));
    }
  }
}

VectorXd joined(const Vector3d& a, const Vector3d& b) {
  VectorXd all(6);
  all << a, b;
  return all;
}

VectorXd joined(const Vector3d& a, const Vector3d& b, const Vector3d& c) {
  VectorXd all(9);
  all << a, b, c;
  return all;
}

void ValenceField::add_stretch(Index i, Index j) {
  const std::size_t kind =
      heavy_[static_cast<std::size_t>(i)] + heavy_[static_cast<std::size_t>(j)];
  const Vector3d u = between(j, i).normalized();
  ValencePiece piece{{i, j}, joined(u, -u), {}, {}};
  piece.c = piece.b;
  for (const auto& [knot, weight] :
       hats(length_(i, j), stretch_knots.data(), stretch_knots.size())) {
    piece.terms.push_back({10 * kind + knot, weight});
  }
  if (!piece.terms.empty()) pieces_.push_back(std::move(piece));
}

// On a line the angle has two directions in which to bend.
void ValenceField::add_angle(Index i, Index j, Index k, const std::vector<WeightedTerm>& terms) {
  const double ri = between(j, i).norm(), rk = between(j, k).norm();
  const Vector3d u = between(j, i) / ri, v = between(j, k) / rk;
  const double cosine = u.dot(v), sine = u.cross(v).norm();
  const auto add = [&](const Vector3d& at_i, const Vector3d& at_k) {
    const VectorXd b = joined(at_i, -at_i - at_k, at_k);
    pieces_.push_back({{i, j, k}, b, b, terms});
  };
  if (sine > on_a_line) {
    add((cosine * u - v) / (ri * sine), (cosine * v - u) / (rk * sine));
  } else if (cosine < 0.0) {
    const Vector3d first = u.unitOrthogonal(), second = u.cross(first);
    add(first / ri, first / rk);
    add(second / ri, second / rk);
  }
}

// Angle and coupling of the stretches j-i and j-k.
void ValenceField::add_around(Index i, Index j, Index k) {
  const std::size_t ends =
      heavy_[static_cast<std::size_t>(i)] + heavy_[static_cast<std::size_t>(k)];
  const std::size_t family = 10 * (3 * heavy_[static_cast<std::size_t>(j)] + ends);
  std::vector<WeightedTerm> angle, coupling;
  for (const auto& [one, weight] : hats(length_(i, j), angle_knots.data(), angle_knots.size())) {
    for (const auto& [other, factor] :
         hats(length_(k, j), angle_knots.data(), angle_knots.size())) {
      const std::size_t number = family + pair_number(one, other);
      angle.push_back({first_angle + number, weight * factor});
      coupling.push_back({first_coupling + number, 2.0 * weight * factor});
    }
  }
  if (angle.empty()) return;
  add_angle(i, j, k, angle);
  const Vector3d u = between(j, i).normalized(), v = between(j, k).normalized();
  pieces_.push_back({{i, j, k},
                     joined(u, -u, Vector3d::Zero()),
                     joined(Vector3d::Zero(), -v, v),
                     std::move(coupling)});
}

// The dihedral angle about the bond j-k; none where three of the atoms are on a line.
void ValenceField::add_torsion(Index i, Index j, Index k, Index l) {
  const Vector3d f = between(j, i), g = between(k, j), h = between(k, l);
  const Vector3d a = f.cross(g), b = h.cross(g);
  const double length = g.norm(), a2 = a.squaredNorm(), b2 = b.squaredNorm();
  if (std::sqrt(a2) < dihedral_on_a_line * f.norm() * length ||
      std::sqrt(b2) < dihedral_on_a_line * h.norm() * length) {
    return;
  }
  // A. Blondel, M. Karplus, J. Comput. Chem. 17, 1132 (1996), eq. 27.
  const Vector3d at_i = -length / a2 * a, at_l = length / b2 * b;
  const Vector3d shared = f.dot(g) / (a2 * length) * a - h.dot(g) / (b2 * length) * b;
  VectorXd derivative(12);
  derivative << at_i, -at_i + shared, -at_l - shared, at_l;
  const double middle = std::exp(-torsion_decay * (length_(j, k) - 1.0));
  const double weight = middle * std::exp(-torsion_decay * (length_(i, j) + length_(k, l) - 2.0));
  const std::size_t kind =
      heavy_[static_cast<std::size_t>(j)] + heavy_[static_cast<std::size_t>(k)];
  pieces_.push_back(
      {{i, j, k, l},
       derivative,
       derivative,
       {{first_torsion + kind, weight}, {first_torsion + 3 + kind, weight * middle * middle}}});
}

void ValenceField::add_torsions(Index j, Index k) {
  if (length_(j, k) > longest_middle) return;
  for (Index i = 0; i < atoms_; ++i) {
    if (i == j || i == k || length_(i, j) > longest_end) continue;
    for (Index l = 0; l < atoms_; ++l) {
      if (l == i || l == j || l == k || length_(l, k) > longest_end) continue;
      add_torsion(i, j, k, l);
    }
  }
}

std::vector<ValencePiece> ValenceField::pieces() {
  for (Index j = 0; j < atoms_; ++j) {
    for (Index i = 0; i < atoms_; ++i) {
      if (i == j) continue;
      if (i < j) {
        add_stretch(i, j);
        add_torsions(j, i);
      }
      for (Index k = 0; k < i; ++k) {
        if (k != j) add_around(i, j, k);
      }
    }
  }
  return std::move(pieces_);
}

}  // namespace

std::vector<ValencePiece> valence_pieces(const std::vector<int>& atomic_numbers,
                                         const VectorXd& positions) {
  return ValenceField(atomic_numbers, positions).pieces();
}

MatrixXd valence_hessian(const std::vector<ValencePiece>& pieces,
                         const std::vector<double>& coefficients, Index size) {
  MatrixXd hessian = MatrixXd::Zero(size, size);
  for (const ValencePiece& piece : pieces) {
    double stiffness = 0.0;
    for (const auto& [number, weight] : piece.terms) stiffness += coefficients[number] * weight;
    for (std::size_t i = 0; i < piece.atoms.size(); ++i) {
      for (std::size_t j = 0; j < piece.atoms.size(); ++j) {
        const Index at_i = 3 * static_cast<Index>(i), at_j = 3 * static_cast<Index>(j);
        const Eigen::Matrix3d part =
            piece.b.segment<3>(at_i) * piece.c.segment<3>(at_j).transpose() +
            piece.c.segment<3>(at_i) * piece.b.segment<3>(at_j).transpose();
        hessian.block<3, 3>(3 * piece.atoms[i], 3 * piece.atoms[j]) += 0.5 * stiffness * part;
      }
    }
  }
  return hessian;
}

}  // namespace markhor
