// The walkers of a run on this rank, and what happens to them sweep by sweep.
#pragma once

#include <cstdint>
#include <vector>

#include "hamiltonian/local_energy.hpp"
#include "montecarlo/estimators/estimator_set.hpp"
#include "montecarlo/sweep.hpp"
#include "montecarlo/vmc.hpp"
#include "montecarlo/walkers.hpp"
#include "parallel/exact_sum.hpp"

namespace markhor {

// How the electrons move: one of the two kinds of sweep with its parameter.
struct MoveRule {
  VmcMove kind = VmcMove::drift;
  double time_step = 0.1;      // drift
  double radial_spread = 5.0;  // accelerated (Umrigar1993a)
};

// Means over all walkers of all ranks, sweep by sweep.
struct SweepMeans {
  // [quantity][sweep]: the estimators' quantities, then the squared deviation of the local energy
  // from the reference given to measure().
  std::vector<std::vector<double>> values;
  double acceptance = 0.0;
};

class Ensemble {
 public:
  // Walkers placed on the molecule, or in the given tiles of this rank. References are kept.
  Ensemble(const WaveFunction& wave_function, const Molecule& molecule, const VmcOptions& options,
           const Communicator& communicator);
  Ensemble(const WaveFunction& wave_function, const Molecule& molecule, const VmcOptions& options,
           const Communicator& communicator, std::vector<Tile> tiles);

  // Sweeps without measurement; returns the acceptance over all ranks.
  double move(const RandomKey& key, std::uint64_t first_step, int sweeps, const MoveRule& rule);

  // Sweeps, measuring after each.
  SweepMeans measure(const RandomKey& key, std::uint64_t first_step, int sweeps,
                     const MoveRule& rule, double reference_energy);

  // Starts adding up every walker's own values over the sweeps that follow.
  void start_walker_sums();
  // Per quantity sum_w (mean_w - mean)^2 over all walkers of all ranks, given the means and the
  // number of sweeps since start_walker_sums; collective.
  std::vector<double> squared_spread(const std::vector<double>& means, std::int64_t sweeps) const;

  // Starts counting local energies in bins; the counts of this rank only until summed.
  void start_histogram(double low, double high, int bins);
  Histogram histogram() const;  // over all ranks; collective

  // Walkers, walker sums, histogram and drift of all ranks, on the root. Collective, as is the
  // inverse, which reads the root's state and leaves the walkers to the constructor.
  void save(VmcState& state) const;
  void resume(const VmcState& state);

  const std::vector<Quantity>& quantities() const { return estimators_.quantities(); }
  double nucleus_nucleus() const { return hamiltonian_.nucleus_nucleus(); }
  double inverse_drift() const;  // over all ranks; collective

 private:
  void sweep(Tile& tile, const RandomKey& key, std::uint64_t step, const MoveRule& rule,
             MoveCounts& counts);
  void count_energies(const Lanes& energies);
  double acceptance(MoveCounts counts) const;

  const WaveFunction& wave_function_;
  const Molecule& molecule_;
  const Communicator& communicator_;
  CoulombHamiltonian hamiltonian_;
  EstimatorSet estimators_;
  std::vector<Tile> tiles_;
  WaveFunctionScratch scratch_;
  LogDerivatives derivatives_;
  LaneVector walker_sums_;  // tiles x quantities; empty: not asked for
  Histogram histogram_;
  double drift_ = 0.0;
  int walkers_, rebuild_interval_;
};

}  // namespace markhor
