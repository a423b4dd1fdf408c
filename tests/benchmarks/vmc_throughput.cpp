// Walker-steps per second of variational Monte Carlo (a walker-step: one sweep over all electrons
// of one walker, with the local energy after it), in CPU seconds of one core.
//
//     vmc_throughput [water | water-een | water4 | ...] [seconds per case]
//
// Not a test: figures depend on the machine. Pin it (taskset -c 0) and compare ratios.
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include "benchmarks/systems.hpp"
#include "montecarlo/ensemble.hpp"
#include "parallel/communicator.hpp"

namespace {

using namespace markhor;

struct Case {
  std::string name;
  int copies;
  std::vector<std::string> jastrow;
  bool cusp_correction;
  VmcMove move;
  int walkers;
};

const std::vector<Case> cases = {
    {"water", 1, {"ee", "en"}, true, VmcMove::drift, 64},
    {"water-nocusp", 1, {"ee", "en"}, false, VmcMove::drift, 64},
    {"water-slater", 1, {}, false, VmcMove::drift, 64},
    {"water-een", 1, {"ee", "en", "een"}, true, VmcMove::drift, 64},
    {"water-accelerated", 1, {"ee", "en"}, true, VmcMove::accelerated, 64},
    {"water4", 4, {"ee", "en"}, true, VmcMove::drift, 64},
};

double cpu_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

void run(const Case& c, double seconds) {
  const TrialWaveFunction trial = benchmarks::water_cluster(c.copies, c.jastrow, c.cusp_correction);
  const WaveFunction wave_function = make_wave_function(trial);
  VmcOptions options;
  options.walkers = c.walkers;
  const Communicator alone;
  Ensemble ensemble(wave_function, trial.molecule, options, alone);
  const MoveRule rule{c.move, 0.05, 5.0};
  const RandomKey key{1, RandomStage::vmc};
  std::uint64_t step = 0;
  for (; step < 64; step += 16) ensemble.move(key, step, 16, rule);
  double energy = 0.0, acceptance = 0.0;
  int chunks = 0;
  const double start = cpu_seconds();
  double used = 0.0;
  for (; used < seconds; ++chunks, step += 16, used = cpu_seconds() - start) {
    const SweepMeans means = ensemble.measure(key, step, 16, rule, 0.0);
    acceptance += means.acceptance;
    for (const double e : means.values[0]) energy += e / 16.0;
  }
  const double walker_steps = 16.0 * chunks * c.walkers;
  std::printf(
      "%-18s %4d electrons %10.0f walker-steps/s %8.1f ns/move  acceptance %.3f  "
      "energy %.4f  %6.1f kB/walker\n",
      c.name.c_str(), wave_function.electrons(), walker_steps / used,
      1e9 * used / walker_steps / wave_function.electrons(), acceptance / chunks, energy / chunks,
      static_cast<double>(wave_function.bytes_per_walker()) / 1024.0);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string wanted = argc > 1 ? argv[1] : "";
  const double seconds = argc > 2 ? std::atof(argv[2]) : 3.0;
  for (const Case& c : cases) {
    if (wanted.empty() || wanted == "all" || wanted == c.name) run(c, seconds);
  }
  return 0;
}
