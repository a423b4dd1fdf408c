// Molecules that are none, and a surface to learn: for the tests and the benchmark of gp.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <vector>

#include "gp/gaussian_process.hpp"

namespace markhor {

inline constexpr GpShape kernel_shapes[] = {GpShape::squared_exponential, GpShape::matern_5_2};

struct Cluster {
  std::vector<int> atomic_numbers;
  Eigen::VectorXd positions;  // bohr
};

// Atoms of elements 1, 6, 8 in turn, at least 1.8 bohr apart; the same for the same seed.
Cluster random_cluster(int atoms, unsigned seed);

Eigen::VectorXd random_numbers(Eigen::Index size, unsigned seed);  // normal, of variance 1

// All atoms turned about the origin and moved together.
Eigen::VectorXd moved_together(const Eigen::VectorXd& positions);

// A Morse bond between all atoms: invariant and smooth. Gradient of all coordinates.
GpPrediction morse_surface(const Eigen::VectorXd& positions);

// The surface at these positions, with the given variances of the noise that is claimed; none is
// added. Gradient of the coordinates that move.
GpObservation observe(const FeatureMap& features, const Eigen::VectorXd& positions,
                      double energy_variance, double gradient_variance);

// Central difference of a function of the given moving coordinates, D x (size of the result).
Eigen::MatrixXd difference_quotient(
    const FeatureMap& features, const Eigen::VectorXd& positions, double step,
    const std::function<Eigen::VectorXd(const Eigen::VectorXd&)>& function);

}  // namespace markhor
