// What every optimizer must do, looped over the table and its solvers.
#include <cmath>

#include "core/errors.hpp"
#include "optimize/factory.hpp"
#include "optimize/oscillators.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

// (1 - p) energy + p variance of the oscillators, exactly: <x^2> = 1/(2 alpha).
double exact_objective(const Eigen::VectorXd& alpha, double p) {
  double sum = 0.0;
  for (const double a : alpha) {
    if (a <= 0.0) return 1e9;
    const double slope = a - 1.0 / a;
    sum += (1.0 - p) * 0.25 * (a + 1.0 / a) + p * slope * slope / 8.0;
  }
  return sum;
}

ProposedStep propose(const Optimizer& optimizer, DerivativeSamples samples, double shift) {
  const Communicator alone;
  return optimizer
      .prepare(centre(std::move(samples), optimizer.needs_variance(), alone), alone)({shift})
      .front();
}

template <class Check>
void for_every_optimizer(double variance_weight, Check check) {
  for (const OptimizerKind& kind : optimizer_kinds()) {
    for (const std::string& solver : kind.solvers) {
      INFO(kind.name << " " << solver << " variance weight " << variance_weight);
      check(*make_optimizer(kind.name, solver, variance_weight));
    }
  }
}

}  // namespace

// The samples are noisy, but the ground state has no variance: every optimizer must end in it
// exactly, whatever the noise. The shift follows the exact objective, which stands for the
// comparison that the program makes.
TEST_CASE("optimizer: reaches the known minimum from noisy samples", "[contract]") {
  for (const double p : {0.0, 0.3}) {
    for_every_optimizer(p, [p](const Optimizer& optimizer) {
      Eigen::VectorXd alpha = Eigen::Vector4d(0.6, 1.5, 0.9, 1.2);
      double shift = optimizer.first_shift();
      for (int iteration = 0; iteration < 150; ++iteration) {
        const ProposedStep step = propose(
            optimizer, oscillator_samples(alpha, 1000, 10 + std::uint64_t(iteration)), shift);
        REQUIRE(step.found);
        const bool falls = exact_objective(alpha + step.change, p) <= exact_objective(alpha, p);
        if (falls) alpha += step.change;
        shift *= falls ? 0.8 : 4.0;
      }
      CHECK((alpha.array() - 1.0).abs().maxCoeff() < 1e-6);
    });
  }
}

TEST_CASE("optimizer: a larger shift makes a shorter step downhill", "[contract]") {
  for_every_optimizer(0.0, [](const Optimizer& optimizer) {
    const DerivativeSamples samples = oscillator_samples(Eigen::Vector3d(0.7, 1.4, 1.1), 4000, 5);
    const Communicator alone;
    const CentredSamples c = centre(samples, false, alone);
    const std::vector<ProposedStep> steps = optimizer.prepare(c, alone)({0.1, 100.0, 10000.0});
    REQUIRE(steps.size() == 3);
    for (std::size_t i = 0; i < 3; ++i) {
      REQUIRE(steps[i].found);
      CHECK(steps[i].change.cwiseProduct(c.scale).dot(c.column) < 0.0);
      if (i > 0) CHECK(steps[i].norm < steps[i - 1].norm);
    }
    // Far out the step is -S^-1 g/(2 shift) for all of them.
    CHECK(std::abs(steps[2].norm * 100.0 / steps[1].norm - 1.0) < 0.1);
  });
}

TEST_CASE("optimizer: samples that are not numbers are no step, and said so", "[contract]") {
  for_every_optimizer(0.0, [](const Optimizer& optimizer) {
    DerivativeSamples samples = oscillator_samples(Eigen::Vector2d(0.7, 1.4), 100, 5);
    samples.energy_derivatives(3, 1) = std::nan("");
    samples.log_derivatives(3, 1) = std::nan("");
    const ProposedStep step = propose(optimizer, samples, 1.0);
    CHECK_FALSE(step.found);
    CHECK_FALSE(step.status.empty());
  });
}

TEST_CASE("optimizer: solvers of one method agree", "[contract]") {
  for (const OptimizerKind& kind : optimizer_kinds()) {
    for (const Eigen::Index parameters : {40, 300}) {
      const Eigen::Index samples = 2000;
      Eigen::VectorXd reference;
      for (const std::string& solver : kind.solvers) {
        INFO(kind.name << " " << solver << " " << parameters << " parameters");
        const auto optimizer = make_optimizer(kind.name, solver, 0.0);
        const ProposedStep step = propose(*optimizer, many_parameters(parameters, samples, 8), 1.0);
        REQUIRE(step.found);
        if (reference.size() == 0) reference = step.change;
        CHECK((step.change - reference).norm() < 1e-6 * reference.norm());
      }
    }
  }
}

TEST_CASE("optimizer: names that are not in the table are refused", "[unit]") {
  CHECK_THROWS_AS(make_optimizer("newton", "auto", 0.0), InputError);
  CHECK_THROWS_AS(make_optimizer("linear", "sample-space", 0.0), InputError);
}
