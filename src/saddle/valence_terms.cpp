#include "saddle/valence_terms.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/covalent_radius.hpp"
#include "saddle/internal_coordinates.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

// Hat functions stand on these; the last one is where they have ended.
constexpr std::array<double, 11> stretch_knots = {0.75, 0.9, 1.0,  1.1, 1.2, 1.35,
                                                  1.5,  1.7, 1.95, 2.3, 2.8};
constexpr std::array<double, 5> angle_knots = {0.9, 1.1, 1.35, 1.7, 2.2};
// Bonds of dihedrals: exp(-3 (t - 1)) each, up to these t.
constexpr double torsion_decay = 3.0, longest_middle = 1.8, longest_end = 1.6;
constexpr double on_a_line = 0.1;  // sine of an angle next to which a dihedral one has no sense

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
  void add_stretch(Index i, Index j);
  void add_around(Index i, Index j, Index k);
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
    return covalent_radius(atomic_numbers[static_cast<std::size_t>(i)]);
  };
  for (const int number : atomic_numbers) heavy_.push_back(number == 1 ? 0 : 1);
  for (Index i = 0; i < atoms_; ++i) {
    for (Index j = 0; j < atoms_; ++j) {
      if (i != j) length_(i, j) = difference(positions_, i, j).norm() / (radius(i) + radius(j));
    }
  }
}

template <std::size_t Count>
VectorXd joined(const std::array<Vector3d, Count>& parts) {
  VectorXd all(3 * static_cast<Index>(Count));
  for (std::size_t i = 0; i < Count; ++i) all.segment<3>(3 * static_cast<Index>(i)) = parts[i];
  return all;
}

void ValenceField::add_stretch(Index i, Index j) {
  const std::size_t kind =
      heavy_[static_cast<std::size_t>(i)] + heavy_[static_cast<std::size_t>(j)];
  const Vector3d u = difference(positions_, j, i).normalized();
  ValencePiece piece{{i, j}, joined<2>({u, -u}), {}, {}};
  piece.c = piece.b;
  for (const auto& [knot, weight] :
       hats(length_(i, j), stretch_knots.data(), stretch_knots.size())) {
    piece.terms.push_back({10 * kind + knot, weight});
  }
  if (!piece.terms.empty()) pieces_.push_back(std::move(piece));
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
  for (const auto& vectors : angle_derivatives(positions_, i, j, k)) {
    const VectorXd b = joined(vectors);
    pieces_.push_back({{i, j, k}, b, b, angle});
  }
  const Vector3d u = difference(positions_, j, i).normalized(),
                 v = difference(positions_, j, k).normalized();
  pieces_.push_back({{i, j, k},
                     joined<3>({u, -u, Vector3d::Zero()}),
                     joined<3>({Vector3d::Zero(), -v, v}),
                     std::move(coupling)});
}

void ValenceField::add_torsion(Index i, Index j, Index k, Index l) {
  const double middle = std::exp(-torsion_decay * (length_(j, k) - 1.0));
  const double weight = middle * std::exp(-torsion_decay * (length_(i, j) + length_(k, l) - 2.0));
  const std::size_t kind =
      heavy_[static_cast<std::size_t>(j)] + heavy_[static_cast<std::size_t>(k)];
  for (const auto& vectors : dihedral_derivatives(positions_, i, j, k, l, on_a_line)) {
    const VectorXd b = joined(vectors);
    pieces_.push_back(
        {{i, j, k, l},
         b,
         b,
         {{first_torsion + kind, weight}, {first_torsion + 3 + kind, weight * middle * middle}}});
  }
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
