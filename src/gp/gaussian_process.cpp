#include "gp/gaussian_process.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>

#include "core/errors.hpp"

namespace markhor {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// To the variances of one observation, 1 + D.
void add_noise(const GpNoise& noise, Eigen::Ref<VectorXd, 0, Eigen::InnerStride<>> variances) {
  variances(0) += noise.energy_variance;
  variances.tail(variances.size() - 1).array() += noise.gradient_variance;
}

}  // namespace

GaussianProcess::GaussianProcess(FeatureMap features, GpPrior prior)
    : space_(std::move(features)), prior_(std::move(prior)) {
  hyperparameters_.length_scales = VectorXd::Ones(space_.map().types);
  kernel_ = make_kernel(space_, hyperparameters_);
}

void GaussianProcess::set_reference_energy(double energy) {
  for (GpDatum& datum : data_) datum.values(0) += reference_energy_ - energy;
  reference_energy_ = energy;
  weights_current_ = false;
}

void GaussianProcess::set_hyperparameters(GpHyperparameters hyperparameters) {
  kernel_ = make_kernel(space_, hyperparameters);
  hyperparameters_ = std::move(hyperparameters);
  factor_.clear();
  weights_current_ = false;
}

void GaussianProcess::set_noise(const GpNoise& noise) {
  noise_ = noise;
  factor_.clear();
  weights_current_ = false;
}

void GaussianProcess::add(GpObservation observation) {
  const Index d = space_.dimension();
  if (observation.gradient.size() != d || observation.gradient_variance.size() != d) {
    throw std::invalid_argument("GaussianProcess: a gradient and its variance, D numbers each");
  }
  GpDatum datum{space_.at(observation.positions), VectorXd(1 + d), VectorXd(1 + d)};
  datum.values << observation.energy - reference_energy_, observation.gradient;
  datum.noise << observation.energy_variance, observation.gradient_variance;
  if (prior_.mean) {
    const GpPrediction mean = prior_.mean(observation.positions);
    datum.values(0) -= mean.energy;
    datum.values.tail(d) -= mean.gradient;
  }
  if (!datum.values.allFinite() || !datum.noise.allFinite() || !datum.point.values.allFinite()) {
    throw std::invalid_argument("GaussianProcess: an observation with numbers that are not finite");
  }
  data_.push_back(std::move(datum));
  observations_.push_back(std::move(observation));
  weights_current_ = false;
}

void GaussianProcess::keep_newest(int count) {
  const int old = size() - count;
  if (old <= 0) return;
  observations_.erase(observations_.begin(), observations_.begin() + old);
  data_.erase(data_.begin(), data_.begin() + old);
  factor_.clear();
  weights_current_ = false;
}

std::vector<GpDatum> GaussianProcess::data_of(const std::vector<int>& observations,
                                              const GpNoise& added) const {
  std::vector<GpDatum> chosen;
  if (observations.empty()) chosen = data_;
  for (const int i : observations) {
    if (i < 0 || i >= size()) throw std::invalid_argument("GaussianProcess: no such observation");
    chosen.push_back(data_[std::size_t(i)]);
  }
  if (chosen.empty()) throw std::invalid_argument("GaussianProcess: no observations");
  for (GpDatum& datum : chosen) add_noise(added, datum.noise);
  return chosen;
}

bool GaussianProcess::extend_factor() const {
  const Index b = 1 + space_.dimension();
  const int known = int(factor_.size() / b);
  if (known == size()) return true;
  MatrixXd rows = covariance_rows(space_, kernel_, data_, known);
  auto diagonal = rows.rightCols(rows.rows()).diagonal();
  for (Index i = 0; i < rows.rows(); i += b) add_noise(noise_, diagonal.segment(i, b));
  return factor_.extend(std::move(rows));
}

// Rows that fit badly to an old factor may be well in a new one, of other rounding errors.
bool GaussianProcess::factorize() const {
  if (extend_factor()) return true;
  if (factor_.size() == 0) return false;
  factor_.clear();
  return extend_factor();
}

void GaussianProcess::need_factor() const {
  if (factorize()) return;
  throw CalculationError("The covariance of " + std::to_string(size()) +
                         " observations is not positive definite: two of them are at the same "
                         "place, or their noise is too small for the length scales.");
}

void GaussianProcess::need_weights() const {
  if (weights_current_) return;
  need_factor();
  const Index b = 1 + space_.dimension();
  const VectorXd weights = factor_.solve(stacked_values(data_));
  weights_.energies.resize(size());
  weights_.slopes.resize(space_.size(), size());
  weights_.positions.resize(space_.size(), size());
  for (Index i = 0; i < size(); ++i) {
    const FeaturePoint& point = data_[std::size_t(i)].point;
    weights_.energies(i) = weights(i * b);
    weights_.slopes.col(i) =
        kernel_.weights.cwiseProduct(space_.along(point, weights.segment(i * b + 1, b - 1)));
    weights_.positions.col(i) = point.values;
  }
  weights_current_ = true;
}

// The terms of the posterior mean at a point: D_i = u - u_i and what of phi_i is needed.
struct GaussianProcess::Expansion {
  MatrixXd weighted;      // P x N, the W D_i
  VectorXd value, first;  // N, s^2 phi and s^2 phi'
  VectorXd second;        // N, s^2 phi''
  VectorXd along;         // N, z_i . D_i
  VectorXd amplitudes;    // N, a_i s^2 phi' - 2 s^2 phi'' z_i . D_i
  VectorXd bends;         // N, the same with one derivative more
  VectorXd slope;         // P, dE/du
};

GaussianProcess::Expansion GaussianProcess::expand(const FeaturePoint& point) const {
  const MatrixXd difference = (-weights_.positions).colwise() + point.values;
  Expansion terms;
  terms.weighted = kernel_.weights.asDiagonal() * difference;
  terms.along = weights_.slopes.cwiseProduct(difference).colwise().sum();
  terms.value.resize(size());
  terms.first = terms.second = terms.amplitudes = terms.bends = terms.value;
  for (Index i = 0; i < size(); ++i) {
    const RadialFactors k = radial_factors(kernel_, terms.weighted.col(i).dot(difference.col(i)));
    terms.value(i) = k.value;
    terms.first(i) = k.first;
    terms.second(i) = k.second;
    terms.amplitudes(i) = weights_.energies(i) * k.first - 2.0 * k.second * terms.along(i);
    terms.bends(i) = weights_.energies(i) * k.second - 2.0 * k.third * terms.along(i);
  }
  terms.slope = 2.0 * (terms.weighted * terms.amplitudes - weights_.slopes * terms.first);
  return terms;
}

GpPrediction GaussianProcess::predict(const VectorXd& positions) const {
  GpPrediction prediction{reference_energy_, VectorXd::Zero(space_.dimension())};
  if (size() > 0) {
    need_weights();
    const FeaturePoint point = space_.at(positions);
    const Expansion terms = expand(point);
    prediction.energy += kernel_.constant_variance * weights_.energies.sum() +
                         weights_.energies.dot(terms.value) - 2.0 * terms.first.dot(terms.along);
    prediction.gradient = space_.pulled_back(point, terms.slope);
  }
  if (prior_.mean) {
    const GpPrediction mean = prior_.mean(positions);
    prediction.energy += mean.energy;
    prediction.gradient += mean.gradient;
  }
  return prediction;
}

// In features, with s = W D, amplitude A and bend B of each term,
//   d2E/du du = sum_i [ 4 B s s^T - 4 s^2 phi'' (s z^T + z s^T) + 2 A W ],
// and d2E/dx dx = J^T (d2E/du du) J + sum_p dE/du_p d2u_p/dx dx.
MatrixXd GaussianProcess::hessian(const VectorXd& positions) const {
  const Index d = space_.dimension();
  MatrixXd hessian = MatrixXd::Zero(d, d);
  if (prior_.mean && !prior_.hessian) {
    throw std::invalid_argument("GaussianProcess: the prior has a mean but no Hessian");
  }
  if (size() > 0) {
    need_weights();
    const FeaturePoint point = space_.at(positions);
    const Expansion terms = expand(point);
    MatrixXd s(d, size()), z(d, size());
    for (Index i = 0; i < size(); ++i) {
      s.col(i) = space_.pulled_back(point, terms.weighted.col(i));
      z.col(i) = space_.pulled_back(point, weights_.slopes.col(i));
    }
    const MatrixXd half = s * (2.0 * terms.bends.asDiagonal() * s.transpose() -
                               4.0 * terms.second.asDiagonal() * z.transpose());
    hessian = half + half.transpose();
    space_.add_product(point, point, 2.0 * terms.amplitudes.sum() * kernel_.weights, hessian);
    space_.add_curvature(point, terms.slope, hessian);
  }
  if (prior_.hessian) hessian += prior_.hessian(positions);
  return hessian;
}

// Rows: the observations; columns: energy and gradient at the point.
MatrixXd GaussianProcess::cross_covariance(const FeaturePoint& point) const {
  const Index b = 1 + space_.dimension();
  MatrixXd cross(size() * b, b);
  for (Index i = 0; i < size(); ++i) {
    covariance_block(space_, kernel_, data_[std::size_t(i)].point, point,
                     cross.middleRows(i * b, b));
  }
  return cross;
}

GpVariance GaussianProcess::variance(const VectorXd& positions) const {
  const FeaturePoint point = space_.at(positions);
  VectorXd variance = prior_variance(space_, kernel_, point);
  if (size() > 0) {
    need_factor();
    variance -= factor_.forward(cross_covariance(point)).colwise().squaredNorm().transpose();
  }
  // At an observation the difference of two large numbers.
  variance = variance.cwiseMax(0.0);
  return {variance(0), variance.tail(space_.dimension())};
}

MatrixXd GaussianProcess::covariance(const VectorXd& positions) const {
  return joint_covariance({positions});
}

MatrixXd GaussianProcess::joint_covariance(const std::vector<VectorXd>& points) const {
  const Index b = 1 + space_.dimension(), count = Index(points.size());
  std::vector<FeaturePoint> features;
  for (const VectorXd& positions : points) features.push_back(space_.at(positions));
  MatrixXd covariance(count * b, count * b), cross(size() * b, count * b);
  for (Index i = 0; i < count; ++i) {
    const FeaturePoint& point = features[std::size_t(i)];
    for (Index j = 0; j < count; ++j) {
      covariance_block(space_, kernel_, point, features[std::size_t(j)],
                       covariance.block(i * b, j * b, b, b));
    }
    cross.middleCols(i * b, b) = cross_covariance(point);
  }
  if (size() > 0) {
    need_factor();
    const MatrixXd known = factor_.forward(cross);
    covariance.noalias() -= known.transpose() * known;
  }
  return covariance;
}

}  // namespace markhor
