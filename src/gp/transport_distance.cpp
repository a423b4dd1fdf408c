#include "gp/transport_distance.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "core/units.hpp"
#include "gp/assignment.hpp"

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

double pair_distance(const VectorXd& positions, int i, int j) {
  return (positions.segment<3>(3 * i) - positions.segment<3>(3 * j)).norm();
}

}  // namespace

TransportDistance::TransportDistance(const std::vector<int>& atomic_numbers,
                                     const std::vector<bool>& frozen) {
  if (!frozen.empty() && frozen.size() != atomic_numbers.size()) {
    throw std::invalid_argument("TransportDistance: as many flags as particles, or none");
  }
  std::map<int, std::vector<int>> atoms_of;
  for (std::size_t i = 0; i < atomic_numbers.size(); ++i) {
    if (frozen.empty() || !frozen[i]) atoms_of[atomic_numbers[i]].push_back(int(i));
  }
  for (const auto& [element, atoms] : atoms_of) elements_.push_back(atoms);
}

double TransportDistance::operator()(const VectorXd& one, const VectorXd& other) const {
  double largest = 0.0;
  for (const std::vector<int>& atoms : elements_) {
    const Index n = Index(atoms.size());
    MatrixXd cost(n, n);
    for (Index i = 0; i < n; ++i) {
      for (Index j = 0; j < n; ++j) {
        cost(i, j) = (one.segment<3>(3 * atoms[std::size_t(i)]) -
                      other.segment<3>(3 * atoms[std::size_t(j)]))
                         .norm();
      }
    }
    largest = std::max(largest, best_assignment(cost).cost / double(n));
  }
  return largest;
}

int TransportDistance::atoms() const {
  std::size_t sum = 0;
  for (const std::vector<int>& atoms : elements_) sum += atoms.size();
  return int(sum);
}

double log_distance(const FeatureMap& features, const VectorXd& one, const VectorXd& other) {
  if (features.pairs.empty()) {
    throw std::invalid_argument("log_distance: the features are no pair distances");
  }
  double largest = 0.0;
  for (const auto& [i, j] : features.pairs) {
    const double ratio = pair_distance(one, i, j) / pair_distance(other, i, j);
    largest = std::max(largest, std::abs(std::log(ratio)));
  }
  return largest;
}

double nearest_distance(const std::vector<VectorXd>& geometries, const VectorXd& positions,
                        const GeometryDistance& distance) {
  double nearest = std::numeric_limits<double>::infinity();
  for (const VectorXd& geometry : geometries) {
    nearest = std::min(nearest, distance(positions, geometry));
  }
  return nearest;
}

std::vector<int> farthest_points(const std::vector<VectorXd>& geometries, int count,
                                 const GeometryDistance& distance, int newest) {
  const int available = int(geometries.size());
  VectorXd nearest = VectorXd::Constant(available, std::numeric_limits<double>::infinity());
  std::vector<int> chosen;
  const auto choose = [&](int next) {
    chosen.push_back(next);
    for (int i = 0; i < available; ++i) {
      const double found = distance(geometries[std::size_t(i)], geometries[std::size_t(next)]);
      nearest(i) = std::min(nearest(i), found);
    }
    nearest(next) = -1.0;  // not again, though another may be at distance zero of it
  };
  while (int(chosen.size()) < std::min(count, available)) {
    Index next = available - 1 - Index(chosen.size());
    if (int(chosen.size()) >= newest) nearest.maxCoeff(&next);
    choose(int(next));
  }
  std::sort(chosen.begin(), chosen.end());
  return chosen;
}

double transport_trust_radius(int observations, int moving_atoms) {
  const double grown = 0.15 + 0.35 * (1.0 - std::exp2(-observations / 50.0));
  const double largest = std::max(0.25, 1.3 / std::sqrt(double(moving_atoms)));
  return std::min(grown, largest) * units::bohr_per_angstrom;
}

}  // namespace markhor
