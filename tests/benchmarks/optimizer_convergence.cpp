// How fast an optimization converges: the Jastrow factor (ee en een) of water from zero, options as
// the program has them. For each seed and iteration the samples paid so far, those of comparisons
// included, and how far the energy lies above the converged minimum's, by correlated sampling on
// 60,000 configurations of that; at the end what at most 20,000 samples had reached.
// Usage: optimizer_convergence [basis] [last seed] [first seed]
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <vector>

#include "benchmarks/systems.hpp"
#include "optimize/optimize.hpp"
#include "optimize/sampler.hpp"
#include "parallel/communicator.hpp"

using namespace markhor;

namespace {

constexpr std::int64_t budget = 20'000;
constexpr double millihartree = 1e-3;
const ParameterSelection jastrow_alone{true, false, false, false};

TrialWaveFunction converged_minimum(const TrialWaveFunction& start,
                                    const Communicator& communicator) {
  OptimizeOptions options;
  options.seed = 1001;
  options.samples = 200'000;
  options.tolerance = 3e-4;
  options.max_iterations = 12;
  const OptimizeResult result = optimize(start, options, communicator);
  std::printf("minimum: %.5f +- %.5f Hartree, %s\n", result.energy.value, result.energy.error,
              result.status.c_str());
  return result.best;
}

// Above the minimum, Hartree.
class Excess {
 public:
  Excess(const TrialWaveFunction& minimum, const Communicator& communicator)
      : sampler_(minimum.molecule, 512, 2002, communicator) {
    sampler_.use(minimum, jastrow_alone);
    sampler_.equilibrate(500);
    samples_ = sampler_.comparison_samples(60'000);
  }
  Comparison operator()(const TrialWaveFunction& trial) const {
    return sampler_.compare(samples_, trial, 0.0);
  }

 private:
  Sampler sampler_;
  ComparisonSamples samples_;
};

// What the optimization had reached within the budget.
double run_seed(const TrialWaveFunction& start, int seed, const Excess& excess,
                const Communicator& communicator) {
  OptimizeOptions options;
  options.seed = static_cast<std::uint64_t>(seed);
  std::int64_t paid = 0;
  double within_budget = 0.0;
  const OptimizeObserver observer = [&](const OptimizeIteration& iteration,
                                        const TrialWaveFunction& best) {
    // The best is what the iterations before have paid for.
    const Comparison c = excess(best);
    if (paid <= budget) within_budget = c.energy_change;
    std::printf("  seed %2d  %7lld samples: %8.2f +- %.2f mHartree, of configurations %.2f\n", seed,
                static_cast<long long>(paid), c.energy_change / millihartree,
                c.error / millihartree, c.effective_fraction);
    std::fflush(stdout);
    paid += iteration.samples + iteration.comparisons;
  };
  optimize(start, options, communicator, observer);
  return within_budget;
}

}  // namespace

int main(int argc, char** argv) {
  const char* basis = argc > 1 ? argv[1] : "STO-TZP";
  const int last = argc > 2 ? std::atoi(argv[2]) : 12, first = argc > 3 ? std::atoi(argv[3]) : 1;
  const Communicator communicator;
  WaveFunctionOptions options;
  options.jastrow = {"ee", "en", "een"};
  options.jastrow_start = JastrowStart::cusp;
  const TrialWaveFunction start = benchmarks::water_molecule(basis, options);
  const Excess excess(converged_minimum(start, communicator), communicator);
  double sum = 0.0;
  int near = 0;
  for (int seed = first; seed <= last; ++seed) {
    const double value = run_seed(start, seed, excess, communicator);
    std::printf("seed %2d: %.2f mHartree above the minimum within %lld samples\n", seed,
                value / millihartree, static_cast<long long>(budget));
    sum += value;
    if (std::abs(value) < 2.0 * millihartree) ++near;
  }
  const int count = last - first + 1;
  std::printf("%s: mean %.2f mHartree, %d of %d within 2\n", basis, sum / count / millihartree,
              near, count);
}
