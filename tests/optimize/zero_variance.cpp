// Strong zero variance: where the wave function and its derivatives span an eigenstate, one step of
// the linear method lands on it, whatever the samples (Nightingale and Melik-Alaverdian 2001).
#include <cmath>

#include "montecarlo/vmc.hpp"
#include "optimize/factory.hpp"
#include "optimize/sampler.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"
#include "wavefunction/factory.hpp"

using namespace markhor;

namespace {

// The helium ion with the orbitals exp(-2 r) + 0.4 exp(-r) and exp(-r): the configuration
// coefficients (1, -0.4) make the exact ground state, -2 Hartree.
TrialWaveFunction perturbed_ion() {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{2, {0.0, 0.0, 0.0}}};
  trial.molecule.charge = 1;
  trial.molecule.multiplicity = 2;
  trial.basis.shells = {{0, 0, false, {2.0}, {1.0}, {0}}, {0, 0, false, {1.0}, {1.0}, {0}}};
  trial.up = Eigen::Matrix2d{{1.0, 0.0}, {0.4, 1.0}};
  trial.down = trial.up;
  trial.restricted = true;
  trial.expansion.determinants = {{{0}, {}}, {{1}, {}}};
  trial.expansion.csfs = {{1.0, {{0, 1.0}}}, {0.2, {{1, 1.0}}}};
  trial.options = {};
  trial.options.jastrow = {};
  trial.options.cusp_correction = false;
  complete_trial(trial);
  return trial;
}

}  // namespace

TEST_CASE("linear method: one step lands on an eigenstate in the space", "[contract]") {
  TrialWaveFunction trial = perturbed_ion();
  const ParameterSelection ci{false, true, false, false};
  const Communicator alone;
  Sampler sampler(trial.molecule, 64, 5, alone);
  sampler.use(trial, ci);
  sampler.equilibrate(20);
  const Eigen::Array<bool, Eigen::Dynamic, 1> linear =
      Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(1, true);
  SampledDerivatives sampled = sampler.sample(256, linear);
  CHECK(sampled.variance.value > 1e-2);
  const auto optimizer = make_optimizer("linear", "auto", 0.0);
  const ProposedStep step =
      optimizer->prepare(centre(std::move(sampled.samples), false, alone), alone)({0.0}).front();
  REQUIRE(step.found);
  REQUIRE_FALSE(change_parameters(trial, ci, step.change).has_value());
  CHECK(std::abs(trial.expansion.csfs[1].coefficient + 0.4) < 1e-8);
  sampler.use(trial, ci);
  const SampledDerivatives after = sampler.sample(256, linear);
  CHECK(std::abs(after.energy.value + 2.0) < 1e-8);
  CHECK(after.variance.value < 1e-8);
}
