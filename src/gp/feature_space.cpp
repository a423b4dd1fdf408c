#include "gp/feature_space.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <utility>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::Matrix3d;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

// First column of every moving particle.
std::map<int, Index> columns_of(const std::vector<int>& moving) {
  std::map<int, Index> columns;
  for (std::size_t k = 0; k < moving.size(); k += 3) {
    const int first = moving[k];
    if (k + 2 >= moving.size() || first % 3 != 0 || moving[k + 1] != first + 1 ||
        moving[k + 2] != first + 2) {
      throw std::invalid_argument("FeatureSpace: pairs need whole particles that move");
    }
    columns[first / 3] = Index(k);
  }
  return columns;
}

// Adds a term of a pair to the blocks of its particles: it depends on their difference only.
template <typename Matrix>
void add_pair(const Matrix3d& term, Index first, Index second, Matrix& matrix) {
  matrix.template block<3, 3>(first, first) += term;
  if (second < 0) return;
  matrix.template block<3, 3>(second, second) += term;
  matrix.template block<3, 3>(first, second) -= term;
  matrix.template block<3, 3>(second, first) -= term;
}

}  // namespace

FeatureSpace::FeatureSpace(FeatureMap map) : map_(std::move(map)) {
  if (map_.pairs.size() != map_.pair_types.size()) {
    throw std::invalid_argument("FeatureSpace: one type a pair");
  }
  if (!map_.moving.empty()) coordinates_ = map_.moving.back() + 1;
  if (!has_pairs()) {
    types_.assign(map_.moving.size(), 0);
    return;
  }
  types_ = map_.pair_types;
  build_ends();
}

void FeatureSpace::build_ends() {
  const std::map<int, Index> columns = columns_of(map_.moving);
  for (auto& pair : map_.pairs) {
    if (columns.count(pair[0]) == 0) std::swap(pair[0], pair[1]);
    const auto first = columns.find(pair[0]), second = columns.find(pair[1]);
    if (first == columns.end()) {
      throw std::invalid_argument("FeatureSpace: a pair of particles that do not move");
    }
    ends_.push_back({first->second, second == columns.end() ? Index(-1) : second->second});
    coordinates_ = std::max({coordinates_, Index(3 * pair[0] + 3), Index(3 * pair[1] + 3)});
  }
}

FeaturePoint FeatureSpace::at(const VectorXd& positions) const {
  if (positions.size() < coordinates_) {
    throw std::invalid_argument("FeatureSpace: positions of all particles are needed");
  }
  FeaturePoint point;
  point.values.resize(size());
  if (!has_pairs()) {
    for (Index p = 0; p < size(); ++p) point.values(p) = positions(map_.moving[std::size_t(p)]);
    return point;
  }
  point.slopes.resize(3, size());
  for (Index p = 0; p < size(); ++p) {
    const auto& [i, j] = map_.pairs[std::size_t(p)];
    const Vector3d r = positions.segment<3>(3 * i) - positions.segment<3>(3 * j);
    const double u = 1.0 / r.norm();
    point.values(p) = u;
    point.slopes.col(p) = -(u * u * u) * r;
  }
  return point;
}

VectorXd FeatureSpace::along(const FeaturePoint& point, const VectorXd& direction) const {
  if (!has_pairs()) return direction;
  VectorXd result(size());
  for (Index p = 0; p < size(); ++p) {
    const auto [first, second] = ends_[std::size_t(p)];
    Vector3d d = direction.segment<3>(first);
    if (second >= 0) d -= direction.segment<3>(second);
    result(p) = point.slopes.col(p).dot(d);
  }
  return result;
}

VectorXd FeatureSpace::pulled_back(const FeaturePoint& point, const VectorXd& covector) const {
  if (!has_pairs()) return covector;
  VectorXd result = VectorXd::Zero(dimension());
  for (Index p = 0; p < size(); ++p) {
    const auto [first, second] = ends_[std::size_t(p)];
    const Vector3d term = covector(p) * point.slopes.col(p);
    result.segment<3>(first) += term;
    if (second >= 0) result.segment<3>(second) -= term;
  }
  return result;
}

void FeatureSpace::add_product(const FeaturePoint& point, const FeaturePoint& other,
                               const VectorXd& weights, Eigen::Ref<MatrixXd> matrix) const {
  if (!has_pairs()) {
    matrix.diagonal() += weights;
    return;
  }
  for (Index p = 0; p < size(); ++p) {
    const auto [first, second] = ends_[std::size_t(p)];
    const Matrix3d term = (weights(p) * point.slopes.col(p)) * other.slopes.col(p).transpose();
    add_pair(term, first, second, matrix);
  }
}

VectorXd FeatureSpace::sandwich(const FeaturePoint& point, const FeaturePoint& other,
                                const Eigen::Ref<const MatrixXd>& matrix) const {
  if (!has_pairs()) return matrix.diagonal();
  VectorXd result(size());
  for (Index p = 0; p < size(); ++p) {
    const auto [first, second] = ends_[std::size_t(p)];
    Matrix3d m = matrix.block<3, 3>(first, first);
    if (second >= 0) {
      m += matrix.block<3, 3>(second, second) - matrix.block<3, 3>(first, second) -
           matrix.block<3, 3>(second, first);
    }
    result(p) = point.slopes.col(p).dot(m * other.slopes.col(p));
  }
  return result;
}

void FeatureSpace::add_curvature(const FeaturePoint& point, const VectorXd& covector,
                                 MatrixXd& matrix) const {
  if (!has_pairs()) return;  // the coordinates have none
  for (Index p = 0; p < size(); ++p) {
    const auto [first, second] = ends_[std::size_t(p)];
    const double u = point.values(p);
    const Vector3d g = point.slopes.col(p);
    Matrix3d term = (3.0 / u) * g * g.transpose();
    term.diagonal().array() -= u * u * u;
    add_pair(Matrix3d(covector(p) * term), first, second, matrix);
  }
}

}  // namespace markhor
