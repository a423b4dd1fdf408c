// What a Gaussian process sees of a geometry: inverse distances, or the coordinates themselves.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

namespace markhor {

// Features of the moving coordinates of a geometry. With pairs: u_p = 1/r_p, bohr^-1, for every
// pair of moving particles and every pair of a moving and a fixed one; pairs of the same two
// elements share a length scale. Without pairs (a single particle in an outer field): the moving
// coordinates, bohr, one length scale.
struct FeatureMap {
  std::vector<int> moving;                // indices into the 3n coordinates, ascending: D of them
  std::vector<std::array<int, 2>> pairs;  // particles; empty: the coordinates are the features
  std::vector<int> pair_types;            // 0 ... types - 1, one a pair
  int types = 1;

  Eigen::Index dimension() const { return static_cast<Eigen::Index>(moving.size()); }
};

// atomic_numbers: one a particle; frozen: one a particle, or empty for none. Pairs where there are
// at least two particles and `invariant`; pairs of fixed particles are left out.
FeatureMap make_features(const std::vector<int>& atomic_numbers, const std::vector<bool>& frozen,
                         bool invariant);

}  // namespace markhor
