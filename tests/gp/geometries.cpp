#include "gp/geometries.hpp"

#include <cmath>
#include <random>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::Vector3d;
using Eigen::VectorXd;

namespace {

bool keeps_distance(const VectorXd& positions, int atoms, const Vector3d& place) {
  for (int i = 0; i < atoms; ++i) {
    if ((positions.segment<3>(3 * i) - place).norm() < 1.8) return false;
  }
  return true;
}

}  // namespace

Cluster random_cluster(int atoms, unsigned seed) {
  constexpr int elements[] = {1, 6, 8};
  std::mt19937_64 generator(seed);
  const double edge = 2.6 * std::cbrt(double(atoms));
  std::uniform_real_distribution<double> uniform(0.0, edge);
  Cluster cluster;
  cluster.positions.resize(3 * atoms);
  for (int i = 0; i < atoms;) {
    const Vector3d place(uniform(generator), uniform(generator), uniform(generator));
    if (!keeps_distance(cluster.positions, i, place)) continue;
    cluster.positions.segment<3>(3 * i) = place;
    cluster.atomic_numbers.push_back(elements[i % 3]);
    ++i;
  }
  return cluster;
}

VectorXd random_numbers(Index size, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::normal_distribution<double> normal;
  VectorXd numbers(size);
  for (double& x : numbers) x = normal(generator);
  return numbers;
}

VectorXd moved_together(const VectorXd& positions) {
  const Eigen::AngleAxisd turn(0.7, Vector3d(1.0, -2.0, 0.5).normalized());
  VectorXd result(positions.size());
  for (Index i = 0; i < positions.size(); i += 3) {
    result.segment<3>(i) = turn * Vector3d(positions.segment<3>(i)) + Vector3d(0.3, 4.0, -1.0);
  }
  return result;
}

GpPrediction morse_surface(const VectorXd& positions) {
  constexpr double depth = 0.1, width = 0.6, length = 2.8;
  GpPrediction result{0.0, VectorXd::Zero(positions.size())};
  for (Index i = 0; i < positions.size(); i += 3) {
    for (Index j = 0; j < i; j += 3) {
      const Vector3d r = positions.segment<3>(i) - positions.segment<3>(j);
      const double e = std::exp(-width * (r.norm() - length));
      result.energy += depth * (e * e - 2.0 * e);
      const Vector3d slope = depth * 2.0 * width * (e - e * e) / r.norm() * r;
      result.gradient.segment<3>(i) += slope;
      result.gradient.segment<3>(j) -= slope;
    }
  }
  return result;
}

GpObservation observe(const FeatureMap& features, const VectorXd& positions, double energy_variance,
                      double gradient_variance) {
  const GpPrediction value = morse_surface(positions);
  return {positions, value.energy, value.gradient(features.moving), energy_variance,
          VectorXd::Constant(features.dimension(), gradient_variance)};
}

MatrixXd difference_quotient(const FeatureMap& features, const VectorXd& positions, double step,
                             const std::function<VectorXd(const VectorXd&)>& function) {
  MatrixXd result(features.dimension(), function(positions).size());
  for (Index a = 0; a < features.dimension(); ++a) {
    VectorXd shift = VectorXd::Zero(positions.size());
    shift(features.moving[std::size_t(a)]) = step;
    // Fourth order: the step may be long and the rounding error small.
    result.row(a) = (8.0 * (function(positions + shift) - function(positions - shift)) -
                     (function(positions + 2.0 * shift) - function(positions - 2.0 * shift))) /
                    (12.0 * step);
  }
  return result;
}

}  // namespace markhor
