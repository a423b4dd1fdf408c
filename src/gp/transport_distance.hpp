// Distances between geometries by which a search judges whether its model still knows where it is.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "gp/features.hpp"

namespace markhor {

// The intensive earth mover's distance of R. Goswami, H. Jonsson, arXiv:2510.06030 (2025): for
// every element the least mean distance over which its moving atoms must be carried, equal atoms
// being exchangeable, and of these the largest. The paper says sum where its released program has
// the maximum, which is done here. Geometries are not aligned.
class TransportDistance {
 public:
  // As for make_features. Throws std::invalid_argument if the sizes do not fit.
  TransportDistance(const std::vector<int>& atomic_numbers, const std::vector<bool>& frozen);

  // All 3n coordinates of both, bohr.
  double operator()(const Eigen::VectorXd& one, const Eigen::VectorXd& other) const;
  int atoms() const;  // that move

 private:
  std::vector<std::vector<int>> elements_;  // their moving atoms
};

// max_p |ln(r_p / r'_p)|, the distance of O.-P. Koistinen et al., J. Chem. Theory Comput. 16, 499
// (2020). Throws std::invalid_argument if the features are not those of pairs.
double log_distance(const FeatureMap& features, const Eigen::VectorXd& one,
                    const Eigen::VectorXd& other);

using GeometryDistance =
    std::function<double(const Eigen::VectorXd& one, const Eigen::VectorXd& other)>;

// The smallest distance to any of the geometries; infinity if there are none.
double nearest_distance(const std::vector<Eigen::VectorXd>& geometries,
                        const Eigen::VectorXd& positions, const GeometryDistance& distance);

// Indices, ascending, of `count` geometries that represent all: the `newest` last ones and, one by
// one, that with the largest distance to those chosen. All of them if there are no more than
// `count`.
std::vector<int> farthest_points(const std::vector<Eigen::VectorXd>& geometries, int count,
                                 const GeometryDistance& distance, int newest = 2);

// min{ 0.15 + 0.35 (1 - 2^(-N/50)), max(0.25, 1.3 / sqrt(atoms)) } angstrom in bohr: how far in
// transport distance a model of N observations is trusted (Goswami and Jonsson).
double transport_trust_radius(int observations, int moving_atoms);

}  // namespace markhor
