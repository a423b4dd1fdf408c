// Samples that are used again: those of an unchanged wave function come back as they were, those
// of another one tell what samples of their own tell, and a checkpoint keeps them.
#include "optimize/sample_pool.hpp"

#include <cmath>

#include "optimize/helium.hpp"
#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;
using namespace markhor::testing;

namespace {

const ParameterSelection jastrow_alone{true, false, false, false};
const Communicator alone;

Sampler start_sampler(const TrialWaveFunction& trial, std::uint64_t seed) {
  Sampler sampler(trial.molecule, 256, seed, alone);
  sampler.use(trial, jastrow_alone);
  sampler.equilibrate(100);
  return sampler;
}

Eigen::Array<bool, Eigen::Dynamic, 1> none_linear(const TrialWaveFunction& trial) {
  const auto count = static_cast<Eigen::Index>(selected_parameters(trial, jastrow_alone).size());
  return Eigen::Array<bool, Eigen::Dynamic, 1>::Constant(count, false);
}

double mean_energy(const DerivativeSamples& samples) {
  return samples.weights.dot(samples.energies) / samples.weights.sum();
}

}  // namespace

TEST_CASE("sample pool: an unchanged wave function finds its samples again", "[unit]") {
  const TrialWaveFunction trial = helium("cc-pVTZ", {"ee", "en"});
  Sampler sampler = start_sampler(trial, 3);
  const auto linear = none_linear(trial);
  SampledDerivatives sampled = sampler.sample(1024, linear);
  const ReweightedDerivatives again = sampler.reweighted(sampled.configurations, linear);
  CHECK(again.effective_fraction > 0.99);
  CHECK(again.effective_fraction <= 1.0);
  const DerivativeSamples& a = again.samples;
  const DerivativeSamples& b = sampled.samples;
  CHECK((a.energies - b.energies).cwiseAbs().maxCoeff() < 1e-8);
  CHECK((a.log_derivatives - b.log_derivatives).cwiseAbs().maxCoeff() < 1e-9);
  CHECK((a.energy_derivatives - b.energy_derivatives).cwiseAbs().maxCoeff() < 1e-7);
}

// Two-sided, 4 sigma; the errors of weighted means from their spread over samples that are nearly
// independent (two sweeps apart).
TEST_CASE("sample pool: another one's samples tell the same energy", "[statistical]") {
  const TrialWaveFunction first = helium("cc-pVTZ", {"ee", "en"});
  TrialWaveFunction second = first;
  second.jastrow.electron_nucleus[0].polynomial[0] += 0.8;
  const auto linear = none_linear(first);
  Sampler sampler = start_sampler(first, 4);
  SampledDerivatives sampled = sampler.sample(16384, linear);
  sampler.use(second, jastrow_alone);
  const ReweightedDerivatives there = sampler.reweighted(sampled.configurations, linear);
  CHECK(there.effective_fraction > 0.5);
  CHECK(there.effective_fraction < 0.99);
  const SampledDerivatives own = start_sampler(second, 5).sample(16384, linear);
  const double energy = mean_energy(there.samples);
  const Eigen::VectorXd deviations =
      there.samples.weights.cwiseProduct((there.samples.energies.array() - energy).matrix());
  const double error = deviations.norm() / there.samples.weights.sum();
  CHECK(std::abs(own.energy.value - sampled.energy.value) >
        4.0 * std::hypot(own.energy.error, sampled.energy.error));
  CHECK(std::abs(energy - own.energy.value) < 4.0 * std::hypot(error, own.energy.error));
}

TEST_CASE("sample pool: the newest first, as many as asked for, and as a checkpoint has them",
          "[unit]") {
  const TrialWaveFunction trial = helium("cc-pVTZ", {"ee", "en"});
  Sampler sampler = start_sampler(trial, 3);
  const auto linear = none_linear(trial);
  SamplePool pool;
  for (const int count : {512, 1024}) pool.add(sampler.sample(count, linear).configurations);
  const SamplePool before = pool;
  DerivativeSamples samples = sampler.sample(256, linear).samples;
  CHECK(pool.reuse(sampler, 2000, samples) == 1536);
  CHECK(samples.energies.size() == 256 + 1536);
  CHECK(samples.log_derivatives.rows() == 256 + 1536);

  SamplePool restored;
  restored.restore(before.stored(alone), 2, sampler.own_tiles(), 256, alone);
  DerivativeSamples same = sampler.sample(256, linear).samples;
  CHECK(restored.reuse(sampler, 2000, same) == 1536);
  CHECK(same.energies.tail(1536) == samples.energies.tail(1536));
  CHECK(same.weights.tail(1536) == samples.weights.tail(1536));

  // Too few allowed: the newest set alone; a wave function far away: none.
  DerivativeSamples fewer = sampler.sample(256, linear).samples;
  CHECK(restored.reuse(sampler, 1535, fewer) == 1024);
  TrialWaveFunction far = trial;
  far.jastrow.electron_nucleus[0].polynomial[0] += 3.0;
  sampler.use(far, jastrow_alone);
  CHECK(restored.reuse(sampler, 2000, fewer) == 0);
}
