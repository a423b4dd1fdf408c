#include "gp/reference_process.hpp"

#include <cmath>
#include <numbers>
#include <utility>

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

ReferenceProcess::ReferenceProcess(FeatureMap features, GpHyperparameters hyperparameters,
                                   double reference_energy, std::vector<GpObservation> observations)
    : features_(std::move(features)),
      hyperparameters_(std::move(hyperparameters)),
      observations_(std::move(observations)),
      reference_energy_(reference_energy) {
  const int count = int(observations_.size()), d = int(features_.dimension());
  for (int i = 0; i < count; ++i) data_.push_back({i, -1});
  for (int i = 0; i < count; ++i) {
    for (int a = 0; a < d; ++a) data_.push_back({i, a});
  }
  const Index n = Index(data_.size());
  matrix_.resize(n, n);
  values_.resize(n);
  for (Index m = 0; m < n; ++m) {
    const auto [i, a] = data_[std::size_t(m)];
    const GpObservation& one = observations_[std::size_t(i)];
    values_(m) = a < 0 ? one.energy - reference_energy : one.gradient(a);
    for (Index l = 0; l < n; ++l) {
      const auto [j, b] = data_[std::size_t(l)];
      matrix_(m, l) = covariance(one.positions, a, observations_[std::size_t(j)].positions, b);
    }
    matrix_(m, m) += a < 0 ? one.energy_variance : one.gradient_variance(a);
  }
}

std::size_t ReferenceProcess::feature_count() const {
  return features_.pairs.empty() ? features_.moving.size() : features_.pairs.size();
}

double ReferenceProcess::feature(const VectorXd& x, std::size_t p) const {
  if (features_.pairs.empty()) return x(features_.moving[p]);
  const auto [i, j] = features_.pairs[p];
  return 1.0 / (x.segment<3>(3 * i) - x.segment<3>(3 * j)).norm();
}

double ReferenceProcess::slope(const VectorXd& x, std::size_t p, int component) const {
  const int coordinate = features_.moving[std::size_t(component)];
  if (features_.pairs.empty()) return features_.moving[p] == coordinate ? 1.0 : 0.0;
  const auto [i, j] = features_.pairs[p];
  const int particle = coordinate / 3, axis = coordinate % 3;
  if (particle != i && particle != j) return 0.0;
  const double difference = x(3 * i + axis) - x(3 * j + axis);
  const double derivative = -difference * std::pow(feature(x, p), 3);
  return particle == i ? derivative : -derivative;
}

// The kernel of the distance r and (1/r d/dr) of it, once and twice; C. E. Rasmussen, C. K. I.
// Williams, Gaussian Processes for Machine Learning (2006), eqs. (4.9) and (4.17).
ReferenceProcess::Radial ReferenceProcess::radial(double r) const {
  const double s2 = hyperparameters_.signal_variance;
  if (hyperparameters_.shape == GpShape::squared_exponential) {
    const double k = s2 * std::exp(-0.5 * r * r);
    return {k, -k, k};
  }
  const double root = std::sqrt(5.0), k = s2 * std::exp(-root * r);
  return {k * (1.0 + root * r + 5.0 * r * r / 3.0), -k * 5.0 / 3.0 * (1.0 + root * r),
          k * 25.0 / 3.0};
}

double ReferenceProcess::covariance(const VectorXd& x, int component, const VectorXd& other,
                                    int other_component) const {
  double half_square = 0.0, s = 0.0, s_other = 0.0, jj = 0.0;
  for (std::size_t p = 0; p < feature_count(); ++p) {
    const int type = features_.pairs.empty() ? 0 : features_.pair_types[p];
    const double w = std::pow(hyperparameters_.length_scales(type), -2);
    const double difference = feature(x, p) - feature(other, p);
    const double j = component < 0 ? 0.0 : slope(x, p, component);
    const double j_other = other_component < 0 ? 0.0 : slope(other, p, other_component);
    half_square += w * difference * difference;
    s += w * difference * j;
    s_other += w * difference * j_other;
    jj += w * j * j_other;
  }
  const Radial k = radial(std::sqrt(2.0 * half_square));
  if (component < 0 && other_component < 0) return hyperparameters_.constant_variance + k.value;
  if (component < 0) return -2.0 * k.first * s_other;
  if (other_component < 0) return 2.0 * k.first * s;
  return -2.0 * k.first * jj - 4.0 * k.second * s * s_other;
}

ReferencePosterior ReferenceProcess::posterior(const VectorXd& positions) const {
  const Eigen::FullPivLU<MatrixXd> solver(matrix_);
  const VectorXd weights = solver.solve(values_);
  const int d = int(features_.dimension());
  VectorXd mean(1 + d), variance(1 + d);
  for (int a = -1; a < d; ++a) {
    VectorXd cross(values_.size());
    for (Index m = 0; m < cross.size(); ++m) {
      const auto [j, b] = data_[std::size_t(m)];
      cross(m) = covariance(positions, a, observations_[std::size_t(j)].positions, b);
    }
    mean(1 + a) = cross.dot(weights);
    variance(1 + a) = covariance(positions, a, positions, a) - cross.dot(solver.solve(cross));
  }
  return {{reference_energy_ + mean(0), mean.tail(d)}, {variance(0), variance.tail(d)}};
}

double ReferenceProcess::negative_log_likelihood() const {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(matrix_);
  const VectorXd projected = solver.eigenvectors().transpose() * values_;
  return 0.5 * (double(values_.size()) * std::log(2.0 * std::numbers::pi) +
                solver.eigenvalues().array().log().sum() +
                (projected.array().square() / solver.eigenvalues().array()).sum());
}

}  // namespace markhor
