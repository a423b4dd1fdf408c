// Contract of the estimator table: exact on the hydrogen atom, and indifferent to how samples are
// divided into blocks.
#include <cmath>

#include "montecarlo/ensemble.hpp"
#include "montecarlo/estimators/estimator.hpp"
#include "montecarlo/hydrogen.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("estimator: exact mean on the hydrogen atom", "[contract]") {
  // <T> = 1/2, <V> = -1, no dipole about the nucleus; every quantity within four sigmas.
  const auto exact = [](const std::string& name) {
    if (name == "local_energy") return -0.5;
    if (name == "kinetic" || name == "kinetic_gradient_form") return 0.5;
    if (name == "electron_nucleus") return -1.0;
    return 0.0;  // electron_electron, dipole
  };
  const TrialWaveFunction trial = testing::exact_hydrogen();
  const WaveFunction wave_function = make_wave_function(trial);
  VmcOptions options;
  options.walkers = 64;
  options.steps = 2000;
  for (const EstimatorKind& kind : estimator_kinds()) {
    if (kind.optional) options.estimators.push_back(kind.name);
  }
  const VmcResult result = run_vmc(wave_function, trial.molecule, options, Communicator());
  for (const NamedEstimate& quantity : result.estimates) {
    INFO(quantity.name);
    CHECK_FALSE(quantity.unit.empty());
    CHECK_FALSE(quantity.description.empty());
    CHECK(std::abs(quantity.estimate.value - exact(quantity.name)) <
          4.0 * quantity.estimate.error + 1e-10);
  }
}

TEST_CASE("estimator: blocks can be merged in any order", "[contract]") {
  const TrialWaveFunction trial = testing::exact_hydrogen();
  const WaveFunction wave_function = make_wave_function(trial);
  VmcOptions options;
  options.walkers = 24;
  for (const EstimatorKind& kind : estimator_kinds()) {
    if (kind.optional) options.estimators.push_back(kind.name);
  }
  const Communicator alone;
  const RandomKey key{3, RandomStage::vmc};
  const MoveRule rule{VmcMove::accelerated, 0.0, 5.0};
  // The same sweeps measured in one chunk and in chunks of uneven length.
  Ensemble whole(wave_function, trial.molecule, options, alone);
  Ensemble parts(wave_function, trial.molecule, options, alone);
  const SweepMeans all = whole.measure(key, 0, 20, rule, -0.5);
  std::size_t first = 0;
  for (const int length : {1, 7, 12}) {
    const SweepMeans some = parts.measure(key, first, length, rule, -0.5);
    for (std::size_t q = 0; q < all.values.size(); ++q) {
      for (std::size_t s = 0; s < some.values[q].size(); ++s) {
        CHECK(some.values[q][s] == all.values[q][first + s]);
      }
    }
    first += static_cast<std::size_t>(length);
  }
}
