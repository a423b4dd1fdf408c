#include "saddle/model_hessian.hpp"

#include <array>
#include <cmath>

#include "saddle/internal_coordinates.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

// Table 1 of the paper, by rows of the periodic table; bohr^-2 and bohr.
constexpr std::array<std::array<double, 3>, 3> alpha = {
    {{1.0000, 0.3949, 0.3949}, {0.3949, 0.2800, 0.2800}, {0.3949, 0.2800, 0.2800}}};
constexpr std::array<std::array<double, 3>, 3> reference_distance = {
    {{1.35, 2.10, 2.53}, {2.10, 2.87, 3.40}, {2.53, 3.40, 3.40}}};
constexpr double stretch = 0.45, bend = 0.15, torsion = 0.005;
// Terms with a smaller rho, or product of rhos, are left out.
constexpr double negligible = 1e-4;
// sin(angle) below which three atoms count as being on a line, where a dihedral angle has no sense.
constexpr double on_a_line = 0.05;

std::size_t row_of(int atomic_number) {
  if (atomic_number >= 1 && atomic_number <= 2) return 0;
  return atomic_number >= 3 && atomic_number <= 10 ? 1 : 2;
}

// A row of Wilson's B matrix that touches a few atoms.
template <std::size_t Count>
struct Derivatives {
  std::array<Index, Count> atoms;
  std::array<Vector3d, Count> vectors;
};

template <std::size_t Count>
void add_spring(MatrixXd& hessian, double stiffness, const Derivatives<Count>& b) {
  for (std::size_t i = 0; i < Count; ++i) {
    for (std::size_t j = 0; j < Count; ++j) {
      hessian.block<3, 3>(3 * b.atoms[i], 3 * b.atoms[j]) +=
          stiffness * b.vectors[i] * b.vectors[j].transpose();
    }
  }
}

class ModelHessian {
 public:
  ModelHessian(const std::vector<int>& atomic_numbers, const VectorXd& positions)
      : positions_(positions),
        atoms_(static_cast<Index>(atomic_numbers.size())),
        rho_(MatrixXd::Zero(atoms_, atoms_)),
        hessian_(MatrixXd::Zero(positions.size(), positions.size())) {
    for (Index i = 0; i < atoms_; ++i) {
      for (Index j = 0; j < atoms_; ++j) {
        if (i == j) continue;
        const std::size_t a = row_of(atomic_numbers[static_cast<std::size_t>(i)]),
                          b = row_of(atomic_numbers[static_cast<std::size_t>(j)]);
        const double r0 = reference_distance[a][b];
        rho_(i, j) = std::exp(alpha[a][b] * (r0 * r0 - difference(positions_, j, i).squaredNorm()));
      }
    }
  }
  MatrixXd build();

 private:
  void add_stretch(Index i, Index j);
  void add_bend(Index i, Index j, Index k);
  void add_torsion(Index i, Index j, Index k, Index l);

  const VectorXd& positions_;
  Index atoms_;
  MatrixXd rho_, hessian_;
};

void ModelHessian::add_stretch(Index i, Index j) {
  const Vector3d u = difference(positions_, j, i).normalized();
  add_spring<2>(hessian_, stretch * rho_(i, j), {{i, j}, {u, -u}});
}

void ModelHessian::add_bend(Index i, Index j, Index k) {
  const double stiffness = bend * rho_(i, j) * rho_(j, k);
  for (const auto& vectors : angle_derivatives(positions_, i, j, k)) {
    add_spring<3>(hessian_, stiffness, {{i, j, k}, vectors});
  }
}

void ModelHessian::add_torsion(Index i, Index j, Index k, Index l) {
  const double stiffness = torsion * rho_(i, j) * rho_(j, k) * rho_(k, l);
  for (const auto& vectors : dihedral_derivatives(positions_, i, j, k, l, on_a_line)) {
    add_spring<4>(hessian_, stiffness, {{i, j, k, l}, vectors});
  }
}

MatrixXd ModelHessian::build() {
  for (Index j = 0; j < atoms_; ++j) {
    for (Index i = 0; i < atoms_; ++i) {
      if (i == j) continue;
      if (i < j) add_stretch(i, j);
      for (Index k = 0; k < atoms_; ++k) {
        if (k == j || k == i || rho_(i, j) * rho_(j, k) < negligible) continue;
        if (i < k) add_bend(i, j, k);
        for (Index l = 0; j < k && l < atoms_; ++l) {
          if (l == i || l == j || l == k) continue;
          if (rho_(i, j) * rho_(j, k) * rho_(k, l) > negligible) add_torsion(i, j, k, l);
        }
      }
    }
  }
  return hessian_;
}

}  // namespace

MatrixXd model_hessian(const std::vector<int>& atomic_numbers, const VectorXd& positions) {
  return ModelHessian(atomic_numbers, positions).build();
}

MatrixXd model_hessian(const FreeCoordinates& space, const VectorXd& positions) {
  return model_hessian(space.system().atomic_numbers, positions)(space.moving(), space.moving());
}

}  // namespace markhor
