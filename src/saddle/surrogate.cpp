#include "saddle/surrogate.hpp"

#include <memory>

#include "core/covalent_radius.hpp"
#include "gp/feature_space.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct Quadratic {
  FeatureSpace space;
  VectorXd centre, linear;  // u0, f
  MatrixXd curvature;       // K
};

// J: P x D.
MatrixXd jacobian(const FeatureSpace& space, const FeaturePoint& point) {
  MatrixXd rows(space.size(), space.dimension());
  for (Index p = 0; p < space.size(); ++p) {
    rows.row(p) = space.pulled_back(point, VectorXd::Unit(space.size(), p)).transpose();
  }
  return rows;
}

MatrixXd pseudo_inverse(const MatrixXd& matrix, double rank_threshold) {
  const Eigen::JacobiSVD<MatrixXd> svd(matrix, Eigen::ComputeThinU | Eigen::ComputeThinV);
  VectorXd inverse = svd.singularValues();
  const double smallest = rank_threshold * inverse[0];
  for (double& value : inverse) value = value > smallest ? 1.0 / value : 0.0;
  return svd.matrixV() * inverse.asDiagonal() * svd.matrixU().transpose();
}

VectorXd feature_slope(const Quadratic& model, const FeaturePoint& point) {
  return model.linear + model.curvature * (point.values - model.centre);
}

}  // namespace

GpPrior quadratic_prior(const FeatureMap& features, const VectorXd& positions,
                        const VectorXd& gradient, const MatrixXd& hessian, double rank_threshold) {
  auto model = std::make_shared<Quadratic>(Quadratic{FeatureSpace(features), {}, {}, {}});
  const FeaturePoint centre = model->space.at(positions);
  const MatrixXd inverse = pseudo_inverse(jacobian(model->space, centre), rank_threshold);
  model->centre = centre.values;
  model->linear = inverse.transpose() * gradient;
  MatrixXd bending = MatrixXd::Zero(hessian.rows(), hessian.cols());
  model->space.add_curvature(centre, model->linear, bending);
  model->curvature = inverse.transpose() * (hessian - bending) * inverse;
  GpPrior prior;
  prior.mean = [model](const VectorXd& x) {
    const FeaturePoint point = model->space.at(x);
    const VectorXd slope = feature_slope(*model, point), change = point.values - model->centre;
    return GpPrediction{0.5 * (slope + model->linear).dot(change),
                        model->space.pulled_back(point, slope)};
  };
  prior.hessian = [model](const VectorXd& x) {
    const FeaturePoint point = model->space.at(x);
    const MatrixXd rows = jacobian(model->space, point);
    MatrixXd result = rows.transpose() * model->curvature * rows;
    model->space.add_curvature(point, feature_slope(*model, point), result);
    return result;
  };
  return prior;
}

VectorXd relative_lengths(const FeatureMap& features, const std::vector<int>& atomic_numbers) {
  const double carbon = covalent_radius(6);
  const auto radius = [&](int particle) {
    const int number = atomic_numbers[std::size_t(particle)];
    return number > 0 ? covalent_radius(number) : carbon;
  };
  VectorXd lengths(features.pairs.empty() ? 0 : features.types);
  for (std::size_t p = 0; p < features.pairs.size(); ++p) {
    const auto [a, b] = features.pairs[p];
    lengths[features.pair_types[p]] = 2.0 * carbon / (radius(a) + radius(b));
  }
  return lengths;
}

CallContext forecast(const GaussianProcess& process, const GpPrediction& prediction,
                     double trust_radius) {
  const GpHyperparameters& parameters = process.hyperparameters();
  CallContext context;
  context.predicted_energy = prediction.energy;
  context.predicted_force = largest_on_a_particle(prediction.gradient);
  context.trust_radius = trust_radius;
  context.hyperparameters.push_back(parameters.signal_variance);
  for (const double l : parameters.length_scales) context.hyperparameters.push_back(l);
  return context;
}

GpObservation observation_of(const SearchPoint& point, const FreeCoordinates& space) {
  GpObservation observation;
  observation.positions = point.positions;
  observation.energy = point.value.energy;
  observation.gradient = -point.forces;
  observation.energy_variance = point.value.energy_error * point.value.energy_error;
  observation.gradient_variance = space.reduced(point.value.force_errors).array().square();
  return observation;
}

}  // namespace markhor
