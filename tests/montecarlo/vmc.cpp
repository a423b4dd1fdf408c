// Variational Monte Carlo against exact and Hartree-Fock energies.
#include "montecarlo/vmc.hpp"

#include <cmath>

#include "montecarlo/hartree_fock.hpp"
#include "montecarlo/hydrogen.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"
#include "wavefunction/three_body_terms.hpp"

using namespace markhor;
using testing::hartree_fock;
using testing::HartreeFockCase;
using testing::water;

namespace {

VmcResult run(const TrialWaveFunction& trial, const VmcOptions& options) {
  return run_vmc(make_wave_function(trial), trial.molecule, options, Communicator());
}

}  // namespace

TEST_CASE("vmc: the exact hydrogen orbital has no variance", "[statistical]") {
  for (const VmcMove move : {VmcMove::drift, VmcMove::accelerated}) {
    VmcOptions options;
    options.walkers = 64;
    options.steps = 500;
    options.move = move;
    const VmcResult result = run(testing::exact_hydrogen(), options);
    CHECK(std::abs(result.energy.value + 0.5) < 1e-10);
    CHECK(std::abs(result.variance.value) < 1e-10);
  }
}

TEST_CASE("vmc: Hartree-Fock energies without Jastrow factor and cusps", "[statistical]") {
  // Two-sided at four sigmas, sigma below 0.01 Hartree, one fixed seed each. Without cusps a local
  // energy has no finite fourth moment: one visit to a nucleus (-100,000 Hartree for neon at 1e-4
  // bohr) can take many times the usual number of steps to average out, and which walker makes it
  // depends on the processor's rounding.
  const std::vector<std::vector<Atom>> molecules = {{{4, {0.0, 0.0, 0.0}}},
                                                    {{10, {0.0, 0.0, 0.0}}},
                                                    water,
                                                    {{7, {0.0, 0.0, 0.0}}, {7, {0.0, 0.0, 2.068}}}};
  for (const std::vector<Atom>& atoms : molecules) {
    const HartreeFockCase c = hartree_fock(atoms, {}, false);
    VmcOptions options;
    options.walkers = 128;
    options.target_error = 0.0095;
    options.steps = 1000000;
    const VmcResult result = run(c.trial, options);
    INFO("electrons " << c.trial.molecule.electrons() << ": " << result.energy.value << " +- "
                      << result.energy.error << ", Hartree-Fock " << c.energy);
    CHECK(result.reached_target);
    CHECK(result.energy.error < 0.01);
    CHECK(std::abs(result.energy.value - c.energy) < 4.0 * result.energy.error);
  }
}

TEST_CASE("vmc: drift and accelerated moves sample the same distribution", "[statistical]") {
  HartreeFockCase c = hartree_fock(water, {"ee", "en", "een"}, true);
  // Any coefficients that keep the cusps: a term of zeros would be left out.
  ThreeBodyJastrow& three_body = c.trial.jastrow.three_body;
  const Eigen::MatrixXd basis = three_body_cusp_basis(three_body.order);
  for (Eigen::VectorXd& coefficients : three_body.coefficients) {
    coefficients = basis * Eigen::VectorXd::LinSpaced(basis.cols(), -0.03, 0.04);
  }
  VmcOptions options;
  options.walkers = 128;
  options.steps = 3000;
  options.estimators = {"dipole"};
  const VmcResult accelerated = run(c.trial, options);
  options.move = VmcMove::drift;
  const VmcResult drift = run(c.trial, options);
  for (std::size_t q = 0; q < drift.estimates.size(); ++q) {
    const Estimate &a = accelerated.estimates[q].estimate, &b = drift.estimates[q].estimate;
    INFO(drift.estimates[q].name << ": " << a.value << " +- " << a.error << " and " << b.value
                                 << " +- " << b.error);
    CHECK(std::abs(a.value - b.value) < 4.0 * std::hypot(a.error, b.error));
  }
  CHECK(std::abs(drift.acceptance - options.acceptance) < 0.03);
  CHECK(drift.inverse_drift < 1e-9);
  CHECK(accelerated.inverse_drift < 1e-9);
}

TEST_CASE("vmc: the starting Jastrow factor lowers energy and variance", "[statistical]") {
  VmcOptions options;
  options.walkers = 128;
  options.steps = 1000;
  const VmcResult without = run(hartree_fock(water, {}, true).trial, options);
  const VmcResult with = run(hartree_fock(water, {"ee", "en"}, true).trial, options);
  CHECK(with.energy.value < without.energy.value - 0.1);
  CHECK(with.variance.value < without.variance.value);
  // Not below the exact energy -76.4389 (tests are two-sided).
  CHECK(with.energy.value > -76.4389);
}

TEST_CASE("vmc: same seed same bits, another seed other bits", "[deterministic]") {
  const HartreeFockCase c = hartree_fock({{4, {0.0, 0.0, 0.0}}}, {"ee", "en"}, true);
  VmcOptions options;
  options.walkers = 16;
  options.steps = 50;
  const VmcResult first = run(c.trial, options), again = run(c.trial, options);
  CHECK(first.energy.value == again.energy.value);
  CHECK(first.energy.error == again.energy.error);
  options.seed = 2;
  CHECK(run(c.trial, options).energy.value != first.energy.value);
}

TEST_CASE("vmc: a target error that is not reached is a result that says so", "[unit]") {
  const HartreeFockCase c = hartree_fock({{4, {0.0, 0.0, 0.0}}}, {"ee", "en"}, true);
  VmcOptions options;
  options.walkers = 16;
  options.steps = 300;
  options.target_error = 1e-6;
  const VmcResult result = run(c.trial, options);
  CHECK_FALSE(result.reached_target);
  CHECK(result.status.find("the step limit came before the target error") != std::string::npos);
  CHECK(result.steps == 300);
  std::int64_t counted = 0;
  for (const std::int64_t n : result.histogram.counts) counted += n;
  CHECK(counted == 300 * 16);
}

TEST_CASE("vmc: a wave function that is zero everywhere is refused", "[unit]") {
  TrialWaveFunction trial = testing::exact_hydrogen();
  trial.up(0, 0) = 0.0;
  VmcOptions options;
  options.walkers = 8;
  CHECK_THROWS_AS(run(trial, options), CalculationError);
}
