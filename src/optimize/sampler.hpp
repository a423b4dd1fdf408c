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

// Where the walkers were, this rank's, and what the wave function they followed was there.
struct Configurations {
  int rounds = 0;          // samples of each walker; tile by tile within a round
  std::int64_t total = 0;  // walkers x rounds of all ranks
  int electrons = 0;
  std::vector<LaneVector> positions;  // [round x tile]: electrons x 3
  LaneVector logarithms;              // [round x tile]: ln|Psi|
  LaneVector weights;                 // [round x tile], 0 to 1: regularization near nodes
};

struct SampledDerivatives {
  DerivativeSamples samples;
  Configurations configurations;  // of these samples
  Estimate energy, variance;      // unweighted, all ranks
  double changed_weight = 0.0;    // mean of |weight - 1|, all ranks
};

// Configurations of the present wave function that others are compared on.
struct ComparisonSamples {
  Configurations configurations;
  LaneVector energies;  // [round x tile]
};

// Samples of an earlier wave function as samples of the present one: weights |Psi/Psi_then|^2 of
// mean 1, regularized near the nodes of both (at those of the earlier one the ratio has no finite
// variance).
struct ReweightedDerivatives {
  DerivativeSamples samples;
  double effective_fraction = 0.0;  // (sum w)^2/(n sum w^2), all ranks; 0 if not finite
};

// A new wave function beside the present one, by reweighting with |Psi_new/Psi_present|^2. The
// objective is (1 - p) energy + p variance.
struct Comparison {
  double energy_change = 0.0, error = 0.0;  // Hartree, one sigma
  double objective_change = 0.0, objective_error = 0.0;
  // What each walker, of all ranks, adds to the deviation of objective_change from its mean: the
  // error of the difference of two comparisons on the same configurations is the norm of the
  // difference.
  Eigen::VectorXd deviations;
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
  ComparisonSamples comparison_samples(std::int64_t count);
  Comparison compare(const ComparisonSamples& samples, const TrialWaveFunction& trial,
                     double variance_weight) const;

  ReweightedDerivatives reweighted(const Configurations& configurations,
                                   const Eigen::Array<bool, Eigen::Dynamic, 1>& linear);

  TileRange own_tiles() const;

 private:
  void set_wave_function(const TrialWaveFunction& trial, const ParameterSelection& selection);
  void sweep();
  void resize(DerivativeSamples& samples, Eigen::Index rows) const;
  // Local energies, parameter derivatives and squared slopes (in place of weights) of a tile.
  void fill(Tile& tile, Eigen::Index first, DerivativeSamples& samples);
  void keep(Tile& tile, Configurations& configurations);
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
  LaneVector log_derivatives_, energy_derivatives_;  // of the parameters
};

}  // namespace markhor
