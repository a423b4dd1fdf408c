// Walker-steps per second of diffusion Monte Carlo beside variational Monte Carlo, water with
// cc-pVTZ orbitals, in CPU seconds of one core (a walker-step: one sweep over all electrons of one
// walker, with the local energy after it and, in diffusion, its share of weights and branching).
//
//     dmc_throughput [walkers] [seconds per case]
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "benchmarks/systems.hpp"
#include "montecarlo/ensemble.hpp"
#include "montecarlo/generations.hpp"
#include "parallel/communicator.hpp"

namespace {

using namespace markhor;

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

double variational(const TrialWaveFunction& trial, VmcMove move, int walkers, double seconds) {
  const WaveFunction wave_function = make_wave_function(trial);
  VmcOptions options;
  options.walkers = walkers;
  const Communicator alone;
  Ensemble ensemble(wave_function, trial.molecule, options, alone);
  const MoveRule rule{move, 0.05, 5.0};
  const RandomKey key{1, RandomStage::vmc};
  std::uint64_t step = 0;
  ensemble.move(key, step, 64, rule);
  step += 64;
  const double start = cpu_seconds();
  std::int64_t sweeps = 0;
  for (; cpu_seconds() - start < seconds; sweeps += 16, step += 16) {
    ensemble.measure(key, step, 16, rule, 0.0);
  }
  return static_cast<double>(sweeps) * walkers / (cpu_seconds() - start);
}

double diffusion(const TrialWaveFunction& trial, int walkers, double seconds) {
  const WaveFunction wave_function = make_wave_function(trial);
  DmcOptions options;
  options.walkers = walkers;
  options.feedback = 20.0;  // few walkers do not tell the trial energy well
  const Communicator alone;
  Generations generations(wave_function, trial.molecule, options, alone);
  generations.start();
  generations.run(64);
  generations.clear();
  const double start = cpu_seconds();
  while (cpu_seconds() - start < seconds) generations.run(16);
  return static_cast<double>(generations.record().proposed) / (cpu_seconds() - start);
}

}  // namespace

int main(int argc, char** argv) {
  const int walkers = argc > 1 ? std::atoi(argv[1]) : 512;
  const double seconds = argc > 2 ? std::atof(argv[2]) : 3.0;
  for (const bool three_body : {false, true}) {
    std::vector<std::string> terms = {"ee", "en"};
    if (three_body) terms.emplace_back("een");
    const TrialWaveFunction trial = benchmarks::water_cluster(1, terms, true);
    // Alternating, so that a change of the machine's speed meets all of them.
    double drift = 0.0, accelerated = 0.0, dmc = 0.0;
    constexpr int rounds = 3;
    for (int round = 0; round < rounds; ++round) {
      drift += variational(trial, VmcMove::drift, walkers, seconds / rounds) / rounds;
      accelerated += variational(trial, VmcMove::accelerated, walkers, seconds / rounds) / rounds;
      dmc += diffusion(trial, walkers, seconds / rounds) / rounds;
    }
    std::printf(
        "%-10s walker-steps/s: vmc drift %8.0f, vmc accelerated %8.0f, dmc %8.0f: %.3f and %.3f of "
        "vmc\n",
        three_body ? "water-een" : "water", drift, accelerated, dmc, dmc / drift,
        dmc / accelerated);
  }
}
