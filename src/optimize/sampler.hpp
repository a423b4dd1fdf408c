// Walkers that sample a wave function while it is being optimized, and the comparison of new wave
// functions with it on the same configurations.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hamiltonian/local_energy.hpp"
#include "montecarlo/statistics.hpp"
#include "montecarlo/walkers.hpp"
#include "optimize/samples.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

class Communicator;

struct SampledDerivatives {
  DerivativeSamples samples;
  Estimate energy, variance;    // unweighted, all ranks
  double changed_weight = 0.0;  // mean of |weight - 1|, all ranks
};

// Configurations of the present wave function, this rank's.
struct Configurations {
  int rounds = 0;                     // samples of each walker; tile by tile within a round
  std::vector<LaneVector> positions;  // [round x tile]: electrons x 3
  LaneVector logarithms, energies, weights;
  std::int64_t total = 0;  // walkers x rounds of all ranks
};

// A new wave function beside the present one, by reweighting with |Psi_new/Psi_present|^2. The
// objective is (1 - p) energy + p variance.
struct Comparison {
  double energy_change = 0.0, error = 0.0;  // Hartree, one sigma
  double objective_change = 0.0, objective_error = 0.0;
  // (sum w)^2/(n sum w^2): 1 for equal wave functions, near 0 where few configurations carry all.
  double effective_fraction = 0.0;
  bool finite = false;
};

class Sampler {
 public:
  // walkers: of all ranks, a multiple of 8. References are kept.
  Sampler(const Molecule& molecule, int walkers, std::uint64_t seed,
          const Communicator& communicator);

  // From now on the walkers follow this wave function, from where they are (the first time they are
  // placed on the molecule); the selected parameters are differentiated.
  void use(const TrialWaveFunction& trial, const ParameterSelection& selection);
  void equilibrate(int sweeps);

  // All numbers of all ranks' walkers, on the root; collective.
  std::vector<double> walkers() const;
  // Takes up the walkers of a sampler that had made `steps` sweeps of this wave function;
  // collective.
  void resume(const TrialWaveFunction& trial, const ParameterSelection& selection,
              std::span<const double> walkers, std::uint64_t steps);
  std::uint64_t steps() const { return step_; }

  // At least `count` samples over all ranks. linear: for each parameter, if it enters linearly.
  // Throws CalculationError for a local energy that is not finite.
  SampledDerivatives sample(std::int64_t count,
                            const Eigen::Array<bool, Eigen::Dynamic, 1>& linear);
  Configurations configurations(std::int64_t count);

  Comparison compare(const Configurations& configurations, const TrialWaveFunction& trial,
                     double variance_weight) const;

 private:
  void set_wave_function(const TrialWaveFunction& trial, const ParameterSelection& selection);
  TileRange own_tiles() const;
  void sweep();
  // Rounds of all walkers that make at least `count` samples.
  int rounds_for(std::int64_t count) const;
  Estimate estimate(const Eigen::VectorXd& values, int rounds) const;

  const Molecule& molecule_;
  const Communicator& communicator_;
  CoulombHamiltonian hamiltonian_;
  int walkers_;
  std::uint64_t seed_, step_ = 0;
  std::unique_ptr<WaveFunction> wave_function_;
  std::vector<Tile> tiles_;
  WaveFunctionScratch scratch_;
  LogDerivatives derivatives_;
};

}  // namespace markhor
