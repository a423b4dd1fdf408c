// The centred, scaled columns against the matrix elements as the papers write them.
#include <cmath>

#include "optimize/linear_method.hpp"
#include "optimize/oscillators.hpp"
#include "optimize/samples.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;
using namespace markhor::testing;

TEST_CASE("samples: columns reproduce S and H of the linear method", "[unit]") {
  const Eigen::VectorXd alpha = Eigen::Vector3d(0.7, 1.2, 0.9);
  DerivativeSamples samples = oscillator_samples(alpha, 50, 3);
  for (Eigen::Index s = 0; s < 50; ++s) samples.weights[s] = 0.5 + 0.01 * double(s);
  const CentredSamples c = centre(samples, true, Communicator());
  const double total = samples.weights.sum();
  const auto mean = [&](const Eigen::VectorXd& values) {
    return samples.weights.dot(values) / total;
  };
  const Eigen::VectorXd& e = samples.energies;
  const double energy = mean(e), variance = mean(e.cwiseProduct(e)) - energy * energy;
  CHECK(std::abs(c.energy - energy) < 1e-12);
  CHECK(std::abs(c.variance - variance) < 1e-12);
  for (Eigen::Index i = 0; i < 3; ++i) {
    const Eigen::VectorXd oi = samples.log_derivatives.col(i),
                          di = samples.energy_derivatives.col(i);
    const double si = c.scale[i];
    // H_i0 = <O_i E> - <O_i> E.
    const double hi0 = mean(oi.cwiseProduct(e)) - mean(oi) * energy;
    CHECK(std::abs(c.column[i] * si - hi0) < 1e-12);
    CHECK(std::abs(c.mean_energy_slope[i] * si - mean(di)) < 1e-12);
    // Half of 2 [cov(E, dE_i) + <O_i E^2> - <O_i><E^2> - 2 E <O_i E> + 2 E^2 <O_i>].
    const Eigen::VectorXd e2 = e.cwiseProduct(e);
    const double half_gradient = mean(e.cwiseProduct(di)) - energy * mean(di) +
                                 mean(oi.cwiseProduct(e2)) - mean(oi) * mean(e2) -
                                 2.0 * energy * hi0;
    CHECK(std::abs(c.variance_column[i] * si - half_gradient) < 1e-11);
    for (Eigen::Index j = 0; j < 3; ++j) {
      const Eigen::VectorXd oj = samples.log_derivatives.col(j),
                            dj = samples.energy_derivatives.col(j);
      const double sj = c.scale[j];
      const double s = mean(oi.cwiseProduct(oj)) - mean(oi) * mean(oj);
      const double h = mean(oi.cwiseProduct(oj).cwiseProduct(e)) -
                       mean(oi) * mean(oj.cwiseProduct(e)) - mean(oj) * mean(oi.cwiseProduct(e)) +
                       mean(oi) * mean(oj) * energy + mean(oi.cwiseProduct(dj)) -
                       mean(oi) * mean(dj);
      CHECK(std::abs(c.o.col(i).dot(c.o.col(j)) / total * si * sj - s) < 1e-12);
      CHECK(std::abs(c.o.col(i).dot(c.r.col(j)) / total * si * sj - (h - energy * s)) < 1e-12);
      const double gi = 2.0 * hi0, gj = 2.0 * (mean(oj.cwiseProduct(e)) - mean(oj) * energy);
      const double gram = mean(((di.array() - gi) * (dj.array() - gj)).matrix());
      CHECK(std::abs(c.de.col(i).dot(c.de.col(j)) / total * si * sj - gram) < 1e-12);
    }
  }
}

TEST_CASE("linear method: a parameter of short reach moves little, the others as before",
          "[unit]") {
  const Eigen::VectorXd alpha = Eigen::Vector3d(0.7, 1.3, 0.8);
  DerivativeSamples samples = oscillator_samples(alpha, 2000, 8);
  const Communicator alone;
  Eigen::VectorXd dense;
  for (const LinearSolver solver : {LinearSolver::dense, LinearSolver::matrix_free}) {
    const LinearMethod method(solver, 0.0);
    samples.reach = Eigen::VectorXd();
    const Eigen::VectorXd far =
        method.prepare(centre(samples, false, alone), alone)({0.1}).front().change;
    // 0.1/(s reach)^2 Hartree, s of order 0.5, is then thousands of its excitation energy.
    samples.reach = Eigen::VectorXd::Zero(3);
    samples.reach[1] = 0.01;
    const Eigen::VectorXd near =
        method.prepare(centre(samples, false, alone), alone)({0.1}).front().change;
    CHECK(std::abs(near[1]) < 1e-2 * std::abs(far[1]));
    CHECK(std::abs(near[0] - far[0]) < 0.1 * std::abs(far[0]));
    if (solver == LinearSolver::dense) dense = near;
    CHECK((near - dense).norm() < 1e-6 * dense.norm());
  }
}

// The same samples several times over have the same averages, but smaller errors: the step grows
// towards what they promise, and less of it is left out.
TEST_CASE("linear method: what samples cannot tell is left out, and how much is said", "[unit]") {
  const LinearMethod method(LinearSolver::dense, 0.0);
  const DerivativeSamples once = many_parameters(40, 500, 8);
  DerivativeSamples repeated = once;
  std::vector<ProposedStep> steps;
  for (const int times : {1, 2, 8}) {
    while (repeated.energies.size() < 500 * times) append(repeated, once);
    const Communicator alone;
    steps.push_back(method.prepare(centre(repeated, false, alone), alone)({0.1}).front());
    REQUIRE(steps.back().found);
    CHECK(steps.back().left_out < 0.0);
    CHECK(steps.back().predicted < 0.0);
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    CHECK(steps[i].left_out > steps[i - 1].left_out);
    CHECK(steps[i].change.norm() > steps[i - 1].change.norm());
    CHECK(steps[i].predicted + steps[i].left_out ==
          Approx(steps[0].predicted + steps[0].left_out).epsilon(1e-9));
  }
}
