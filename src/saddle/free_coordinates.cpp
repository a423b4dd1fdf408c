#include "saddle/free_coordinates.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Singular values below this fraction of the largest, or of the size of a translation, count as
// zero.
constexpr double rank_threshold = 1e-6;
// A rotation that moves all particles together by less than this for a radian, bohr, is none: those
// of a molecule that is straight but for what a search leaves are its bends.
constexpr double smallest_lever = 0.05;

Index rank_of(const VectorXd& values, double zero) {
  Index rank = 0;
  while (rank < values.size() && values[rank] > zero) ++rank;
  return rank;
}

// Translations and rotations about the centre, 3n x 6, of similar size.
MatrixXd all_rigid_motions(const VectorXd& positions) {
  const Index particles = positions.size() / 3;
  Eigen::Vector3d centre = Eigen::Vector3d::Zero();
  for (Index i = 0; i < particles; ++i) centre += positions.segment<3>(3 * i);
  centre /= static_cast<double>(particles);
  MatrixXd motions = MatrixXd::Zero(positions.size(), 6);
  for (Index i = 0; i < particles; ++i) {
    const Eigen::Vector3d r = positions.segment<3>(3 * i) - centre;
    for (int axis = 0; axis < 3; ++axis) {
      motions(3 * i + axis, axis) = 1.0;
      motions.block<3, 1>(3 * i, 3 + axis) = Eigen::Vector3d::Unit(axis).cross(r);
    }
  }
  return motions;
}

MatrixXd orthonormal_range(const MatrixXd& columns) {
  const Eigen::JacobiSVD<MatrixXd> svd(columns, Eigen::ComputeThinU);
  return svd.matrixU().leftCols(rank_of(svd.singularValues(), smallest_lever));
}

// Combinations of the columns that vanish in the given rows.
MatrixXd vanishing_in(const MatrixXd& rows) {
  const Eigen::JacobiSVD<MatrixXd> svd(rows, Eigen::ComputeFullV);
  const double zero = rank_threshold * std::max(1.0, svd.singularValues()[0]);
  return svd.matrixV().rightCols(rows.cols() - rank_of(svd.singularValues(), zero));
}

}  // namespace

FreeCoordinates::FreeCoordinates(SurfaceSystem system, std::vector<bool> frozen)
    : system_(std::move(system)), frozen_(std::move(frozen)) {
  if (frozen_.empty()) frozen_.assign(system_.atomic_numbers.size(), false);
  if (frozen_.size() != system_.atomic_numbers.size()) {
    throw std::invalid_argument("one flag a particle says whether it is frozen");
  }
  for (std::size_t i = 0; i < frozen_.size(); ++i) {
    if (frozen_[i]) continue;
    for (int k = 0; k < 3; ++k) moving_.push_back(3 * static_cast<int>(i) + k);
  }
  if (moving_.empty()) throw std::invalid_argument("every particle is frozen");
}

VectorXd FreeCoordinates::reduced(const VectorXd& full) const { return full(moving_); }

VectorXd FreeCoordinates::moved(const VectorXd& full, const VectorXd& step) const {
  VectorXd positions = full;
  positions(moving_) += step;
  return positions;
}

VectorXd FreeCoordinates::expanded(const VectorXd& reduced) const {
  VectorXd full = VectorXd::Zero(system_.coordinates());
  full(moving_) = reduced;
  return full;
}

MatrixXd FreeCoordinates::rigid_motions(const VectorXd& full) const {
  if (!system_.invariant) return MatrixXd(size(), 0);
  const MatrixXd motions = all_rigid_motions(full);
  std::vector<int> fixed;
  for (int i = 0; i < static_cast<int>(full.size()); ++i) {
    if (frozen_[static_cast<std::size_t>(i / 3)]) fixed.push_back(i);
  }
  MatrixXd allowed = motions(moving_, Eigen::all);
  if (!fixed.empty()) allowed *= vanishing_in(motions(fixed, Eigen::all));
  return allowed.cols() == 0 ? MatrixXd(size(), 0) : orthonormal_range(allowed);
}

MatrixXd FreeCoordinates::internal_motions(const VectorXd& full) const {
  const MatrixXd rigid = rigid_motions(full);
  if (rigid.cols() == 0) return MatrixXd::Identity(size(), size());
  const Eigen::HouseholderQR<MatrixXd> qr(rigid);
  return MatrixXd(qr.householderQ()).rightCols(size() - rigid.cols());
}

double largest_on_a_particle(const VectorXd& forces) { return largest_on_a_particle(forces, {}); }

double largest_on_a_particle(const VectorXd& forces, const std::vector<bool>& frozen) {
  double largest = 0.0;
  for (Index i = 0; i < forces.size() / 3; ++i) {
    if (!frozen.empty() && frozen[static_cast<std::size_t>(i)]) continue;
    largest = std::max(largest, forces.segment<3>(3 * i).norm());
  }
  return largest;
}

}  // namespace markhor
