#include "saddle/reaction_hessian.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "core/units.hpp"
#include "saddle/valence_terms.hpp"
#include "surface/surface.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

constexpr double angstrom = units::bohr_per_angstrom;

VectorXd in_bohr(std::vector<double> coordinates) {
  return angstrom * Eigen::Map<VectorXd>(coordinates.data(), Eigen::Index(coordinates.size()));
}

// CH4 + H -> CH3 + H2, C-H 1.4, H-H 0.9 angstrom: nearly the saddle point of any theory.
const std::vector<int> abstraction_atoms = {6, 1, 1, 1, 1, 1};
const VectorXd abstraction = in_bohr({0, 0, 0, 0, 0, 1.40, 0, 0, 2.30, 1.02, 0, -0.35,  //
                                      -0.51, 0.8833, -0.35, -0.51, -0.8833, -0.35});

}  // namespace

TEST_CASE("reaction Hessian: turning and moving the molecule turns it along and costs nothing") {
  const FreeCoordinates space({abstraction_atoms, true}, {});
  const MatrixXd hessian = reaction_hessian(space, abstraction);
  CHECK((hessian - hessian.transpose()).norm() < 1e-12);
  const Eigen::Matrix3d turn =
      Eigen::AngleAxisd(0.7, Eigen::Vector3d(1, 2, -1).normalized()).toRotationMatrix();
  VectorXd moved = abstraction;
  MatrixXd turns = MatrixXd::Zero(moved.size(), moved.size());
  for (Eigen::Index i = 0; i < moved.size(); i += 3) {
    moved.segment<3>(i) = turn * abstraction.segment<3>(i) + Eigen::Vector3d(0.3, -1.0, 2.0);
    turns.block<3, 3>(i, i) = turn;
  }
  CHECK((reaction_hessian(space, moved) - turns * hessian * turns.transpose()).norm() < 1e-10);
  // Translations, which change no internal coordinate.
  for (int axis = 0; axis < 3; ++axis) {
    VectorXd shift = VectorXd::Zero(moved.size());
    for (Eigen::Index i = axis; i < shift.size(); i += 3) shift[i] = 1.0;
    CHECK((hessian * shift).norm() < 1e-10);
  }
}

TEST_CASE("reaction Hessian: the lowest mode of an abstraction carries the hydrogen over") {
  const FreeCoordinates space({abstraction_atoms, true}, {});
  const MatrixXd internal = space.internal_motions(abstraction);
  const MatrixXd reduced = internal.transpose() * reaction_hessian(space, abstraction) * internal;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(reduced);
  CHECK(solver.eigenvalues()[0] < 0.0);
  const VectorXd mode = internal * solver.eigenvectors().col(0);
  CHECK(std::abs(mode[5]) > 0.7);  // z of the atom between
}

TEST_CASE("valence terms: derivatives of internal coordinates against finite differences") {
  const std::vector<int> atoms = {8, 6, 1, 1};
  const VectorXd x = in_bohr({0.1, 0, 1.2, 0, 0.05, 0, 0.95, 0.1, -0.55, -0.93, 0.2, -0.6});
  const auto distance = [](const VectorXd& at, Eigen::Index i, Eigen::Index j) {
    return (at.segment<3>(3 * i) - at.segment<3>(3 * j)).norm();
  };
  const auto angle = [&](const VectorXd& at, Eigen::Index i, Eigen::Index j, Eigen::Index k) {
    const Eigen::Vector3d u = at.segment<3>(3 * i) - at.segment<3>(3 * j);
    const Eigen::Vector3d v = at.segment<3>(3 * k) - at.segment<3>(3 * j);
    return std::acos(u.dot(v) / (u.norm() * v.norm()));
  };
  const double h = 1e-5;
  int stretches = 0, angles = 0;
  for (const ValencePiece& piece : valence_pieces(atoms, x)) {
    if (piece.atoms.size() > 3 || (piece.b - piece.c).norm() > 0.0) continue;
    (piece.atoms.size() == 2 ? stretches : angles) += 1;
    for (std::size_t i = 0; i < piece.atoms.size(); ++i) {
      for (Eigen::Index axis = 0; axis < 3; ++axis) {
        VectorXd up = x, down = x;
        up[3 * piece.atoms[i] + axis] += h;
        down[3 * piece.atoms[i] + axis] -= h;
        const auto value = [&](const VectorXd& at) {
          return piece.atoms.size() == 2
                     ? distance(at, piece.atoms[0], piece.atoms[1])
                     : angle(at, piece.atoms[0], piece.atoms[1], piece.atoms[2]);
        };
        CHECK(piece.b[3 * Eigen::Index(i) + axis] ==
              Approx((value(up) - value(down)) / (2 * h)).margin(1e-7));
      }
    }
  }
  CHECK(stretches == 5);  // the two hydrogens are too far apart
  CHECK(angles >= 3);
}

TEST_CASE("reaction Hessian: what was not fitted is not known") {
  CHECK(reaction_hessian_knows({1, 6, 8, 10}));
  CHECK_FALSE(reaction_hessian_knows({1, 17}));
  CHECK_FALSE(reaction_hessian_knows({0}));
  CHECK_FALSE(reaction_hessian_knows({1, 1, 1}));
}
