// One generation of diffusion Monte Carlo on this rank, and the walkers' traffic between ranks.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "hamiltonian/local_energy.hpp"
#include "montecarlo/balance.hpp"
#include "montecarlo/branching_energy.hpp"
#include "montecarlo/dmc.hpp"
#include "montecarlo/estimators/estimator_set.hpp"
#include "montecarlo/population.hpp"
#include "parallel/exact_sum.hpp"
#include "parallel/pending.hpp"

namespace markhor {

// Mean energy of an electron near a nucleus; 0 for a nucleus that no electron has been near to.
inline double mean_share(double energy, double electrons) {
  return electrons > 0.0 ? energy / electrons : 0.0;
}

// What a walker's move and weight depend on besides the walker.
struct GenerationRule {
  double time_step = 0.01, effective_time_step = 0.01;  // Hartree^-1
  double trial_energy = 0.0;                            // Hartree
  BranchingReference reference;
};

// Sums over walkers after a generation, in `values` in this order: weights before control; weighted
// quantities; weighted squared deviation of the local energy from the reference; tally of the
// diffusion steps; for each nucleus the weighted energies and number of the electrons nearest to it
// (size-consistent cut-off only).
struct GenerationSums {
  std::vector<ExactSum> values;
  std::int64_t walkers = 0, accepted = 0, crossings = 0;
  std::int64_t crowded_cells = 0;  // before this generation

  std::vector<std::int64_t> pack() const;
  void unpack(std::span<const std::int64_t> numbers);
};

class Diffusion {
 public:
  // Without walkers.
  Diffusion(const WaveFunction& wave_function, const Molecule& molecule, const DmcOptions& options,
            const Communicator& communicator);

  // Places the walkers and spreads them by variational Monte Carlo.
  void place_and_spread();
  // Walkers and what is counted of them, of all ranks, on the root; and back. Collective.
  void save(DmcState& state);
  void restore(const DmcState& state);

  const std::vector<Quantity>& quantities() const { return estimators_.quantities(); }
  std::size_t sums() const { return sum_count_; }
  std::size_t squared_deviation() const { return quantities().size() + 1; }
  std::size_t accepted_square() const { return quantities().size() + 2; }
  std::size_t proposed_square() const { return quantities().size() + 3; }
  std::size_t first_share() const { return quantities().size() + 4; }

  // Moves every walker once and multiplies its weight by the growth factor. Sums of this rank.
  GenerationSums advance(std::uint64_t step, const GenerationRule& rule);
  // Divides all weights.
  void control(double factor);
  // Splits and joins; then, if some rank has found a crowded cell, evens out the cells. Collective.
  void branch(std::uint64_t step, bool crowded);
  // Fixed-population reconfiguration instead. Collective.
  void reconfigure(std::uint64_t step);
  // For the count of crowded cells.
  void set_mean_walkers(double per_cell) { crowded_from_ = crowded_from(per_cell); }

  // Local energies at the present positions, and the branching energies of the first generation.
  // Sums of this rank, as advance().
  GenerationSums measure(const GenerationRule& rule);

  std::int64_t cells() const { return layout_.cells; }
  std::int64_t walkers_moved() const { return walkers_moved_; }  // known to every rank
  double inverse_drift() const { return drift_; }

 private:
  void advance_tile(WalkerTile& tile, std::uint64_t step, const GenerationRule& rule,
                    GenerationSums& sums);
  void add_up_shares(const Lanes* positions);
  Lanes measure_tile(WalkerTile& tile, const GenerationRule& rule);
  void add_tile(const WalkerTile& tile, const GenerationRule& rule, GenerationSums& sums);
  void even_out(std::span<const std::int64_t> walkers_of_cells);
  void receive_walkers();

  const WaveFunction& wave_function_;
  const Molecule& molecule_;
  const DmcOptions& options_;
  const Communicator& communicator_;
  CoulombHamiltonian hamiltonian_;
  EstimatorSet estimators_;
  CellLayout layout_;
  WaveFunctionScratch scratch_;
  LogDerivatives derivatives_;
  LaneVector electron_energies_;  // of the tile measured last; size-consistent cut-off only
  LaneVector shares_;             // nuclei x 2: their energies added up, and their number
  Population population_;
  Exchange exchange_;
  std::vector<std::size_t> arriving_;  // cells of the packets under way, in order
  std::vector<int> cells_of_ranks_;
  std::size_t sum_count_ = 0;
  std::int64_t crowded_from_ = 0, walkers_moved_ = 0;
  const Lanes* values_ = nullptr;  // of the quantities, of the tile measured last
  Lanes local_energy_;
  double drift_ = 0.0;
};

}  // namespace markhor
