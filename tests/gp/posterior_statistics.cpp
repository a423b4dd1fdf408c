// Whether the error bars of the posterior are right: surfaces are drawn from the prior itself.
#include <cmath>
#include <random>

#include "gp/gaussian_process.hpp"
#include "gp/geometries.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// Values and gradients at all geometries of one surface drawn from the prior.
class PriorDraws {
 public:
  PriorDraws(const FeatureMap& features, const GpHyperparameters& hyperparameters,
             const std::vector<VectorXd>& geometries) {
    const FeatureSpace space(features);
    const Kernel kernel = make_kernel(space, hyperparameters);
    const Index b = 1 + space.dimension(), count = Index(geometries.size());
    MatrixXd matrix(count * b, count * b);
    for (Index i = 0; i < count; ++i) {
      for (Index j = 0; j < count; ++j) {
        covariance_block(space, kernel, space.at(geometries[std::size_t(i)]),
                         space.at(geometries[std::size_t(j)]), matrix.block(i * b, j * b, b, b));
      }
    }
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(matrix);
    root_ = solver.eigenvectors() * solver.eigenvalues().cwiseMax(0.0).cwiseSqrt().asDiagonal();
  }
  VectorXd draw(unsigned seed) const { return root_ * random_numbers(root_.cols(), seed); }

 private:
  MatrixXd root_;
};

}  // namespace

TEST_CASE("posterior: its errors are distributed as its variance says", "[statistical]") {
  constexpr int draws = 400, known = 4;
  const Cluster cluster = random_cluster(3, 44);
  const FeatureMap features = make_features(cluster.atomic_numbers, {}, true);
  const GpHyperparameters hyperparameters{0.1, 0.5, VectorXd::Constant(features.types, 0.2)};
  const double energy_error = 0.02, gradient_error = 0.03;
  std::vector<VectorXd> geometries;
  for (unsigned i = 0; i <= known; ++i) {
    geometries.push_back(cluster.positions + 0.3 * random_numbers(9, 300 + i));
  }
  const PriorDraws surfaces(features, hyperparameters, geometries);
  std::mt19937_64 generator(5);
  std::normal_distribution<double> normal;
  double energy_chi = 0.0, gradient_chi = 0.0;
  for (unsigned draw = 0; draw < draws; ++draw) {
    const VectorXd truth = surfaces.draw(1000 + draw);
    GaussianProcess process(features);
    process.set_hyperparameters(hyperparameters);
    for (int i = 0; i < known; ++i) {
      VectorXd gradient = truth.segment(10 * i + 1, 9);
      for (double& g : gradient) g += gradient_error * normal(generator);
      process.add({geometries[std::size_t(i)], truth(10 * i) + energy_error * normal(generator),
                   gradient, energy_error * energy_error,
                   VectorXd::Constant(9, gradient_error * gradient_error)});
    }
    const GpPrediction mean = process.predict(geometries.back());
    const GpVariance variance = process.variance(geometries.back());
    energy_chi += std::pow(mean.energy - truth(10 * known), 2) / variance.energy;
    gradient_chi += std::pow(mean.gradient(2) - truth(10 * known + 3), 2) / variance.gradient(2);
  }
  // chi^2 of 400 degrees of freedom: four sigma are 4 sqrt(2 / 400) of the mean.
  const double four_sigma = 4.0 * std::sqrt(2.0 / draws);
  CHECK(std::abs(energy_chi / draws - 1.0) < four_sigma);
  CHECK(std::abs(gradient_chi / draws - 1.0) < four_sigma);
}
