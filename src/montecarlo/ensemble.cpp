#include "montecarlo/ensemble.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "parallel/communicator.hpp"

namespace markhor {

Ensemble::Ensemble(const WaveFunction& wave_function, const Molecule& molecule,
                   const VmcOptions& options, const Communicator& communicator)
    : Ensemble(wave_function, molecule, options, communicator,
               place_walkers(wave_function, molecule, options.seed,
                             tiles_of_rank(options.walkers / lane_count, communicator))) {}

Ensemble::Ensemble(const WaveFunction& wave_function, const Molecule& molecule,
                   const VmcOptions& options, const Communicator& communicator,
                   std::vector<Tile> tiles)
    : wave_function_(wave_function),
      molecule_(molecule),
      communicator_(communicator),
      hamiltonian_(molecule),
      estimators_(options.estimators, molecule),
      tiles_(std::move(tiles)),
      scratch_(wave_function.make_scratch()),
      derivatives_(wave_function.make_derivatives()),
      walkers_(options.walkers),
      rebuild_interval_(options.rebuild_interval) {}

void Ensemble::sweep(Tile& tile, const RandomKey& key, std::uint64_t step, const MoveRule& rule,
                     MoveCounts& counts) {
  if (rule.kind == VmcMove::drift) {
    drift_sweep(wave_function_, tile, scratch_, key, step, rule.time_step, counts);
  } else {
    accelerated_sweep(wave_function_, molecule_, tile, scratch_, key, step, rule.radial_spread,
                      counts);
  }
  if ((step + 1) % static_cast<std::uint64_t>(rebuild_interval_) == 0) {
    drift_ = std::max(drift_, wave_function_.rebuild(tile, scratch_));
  }
}

double Ensemble::acceptance(MoveCounts counts) const {
  std::array<std::int64_t, 2> totals = {counts.accepted, counts.proposed};
  communicator_.sum(totals);
  return static_cast<double>(totals[0]) / static_cast<double>(std::max<std::int64_t>(totals[1], 1));
}

double Ensemble::move(const RandomKey& key, std::uint64_t first_step, int sweeps,
                      const MoveRule& rule) {
  MoveCounts counts;
  for (Tile& tile : tiles_) {
    for (int s = 0; s < sweeps; ++s) {
      sweep(tile, key, first_step + static_cast<unsigned>(s), rule, counts);
    }
  }
  return acceptance(counts);
}

// Several sweeps of one tile before the next: it stays in the cache meanwhile.
SweepMeans Ensemble::measure(const RandomKey& key, std::uint64_t first_step, int sweeps,
                             const MoveRule& rule, double reference_energy) {
  const std::size_t quantities = this->quantities().size(), width = quantities + 1;
  std::vector<ExactSum> sums(static_cast<std::size_t>(sweeps) * width);
  MoveCounts counts;
  for (std::size_t t = 0; t < tiles_.size(); ++t) {
    Tile& tile = tiles_[t];
    for (int s = 0; s < sweeps; ++s) {
      sweep(tile, key, first_step + static_cast<unsigned>(s), rule, counts);
      wave_function_.derivatives(tile, scratch_, derivatives_);
      const LocalEnergy energy = hamiltonian_.local_energy(tile.positions(), derivatives_);
      const Lanes* values = estimators_.measure({tile.positions(), derivatives_, energy});
      ExactSum* row = sums.data() + static_cast<std::size_t>(s) * width;
      for (std::size_t q = 0; q < quantities; ++q) row[q].add(sum_of_lanes(values[q]));
      const Lanes deviation = energy.total - Lanes(reference_energy);
      row[quantities].add(sum_of_lanes(deviation * deviation));
      if (!walker_sums_.empty()) {
        for (std::size_t q = 0; q < quantities; ++q) walker_sums_[t * quantities + q] += values[q];
      }
      if (!histogram_.counts.empty()) count_energies(energy.total);
    }
  }
  sum_over_ranks(sums, communicator_);
  SweepMeans means;
  means.acceptance = acceptance(counts);
  means.values.assign(width, std::vector<double>(static_cast<std::size_t>(sweeps)));
  for (std::size_t s = 0; s < static_cast<std::size_t>(sweeps); ++s) {
    for (std::size_t q = 0; q < width; ++q) {
      means.values[q][s] = sums[s * width + q].value() / walkers_;
    }
  }
  return means;
}

void Ensemble::start_walker_sums() {
  walker_sums_.assign(tiles_.size() * quantities().size(), Lanes(0.0));
}

std::vector<double> Ensemble::squared_spread(const std::vector<double>& means,
                                             std::int64_t sweeps) const {
  std::vector<ExactSum> sums(quantities().size());
  const Lanes per_sweep(1.0 / static_cast<double>(sweeps));
  for (std::size_t t = 0; t < tiles_.size(); ++t) {
    for (std::size_t q = 0; q < sums.size(); ++q) {
      const Lanes deviation = walker_sums_[t * sums.size() + q] * per_sweep - Lanes(means[q]);
      sums[q].add(sum_of_lanes(deviation * deviation));
    }
  }
  sum_over_ranks(sums, communicator_);
  std::vector<double> spread;
  for (const ExactSum& sum : sums) spread.push_back(sum.value());
  return spread;
}

void Ensemble::start_histogram(double low, double high, int bins) {
  histogram_ = {low, high, std::vector<std::int64_t>(static_cast<std::size_t>(bins), 0)};
}

void Ensemble::count_energies(const Lanes& energies) {
  const auto bins = static_cast<double>(histogram_.counts.size());
  for (int lane = 0; lane < lane_count; ++lane) {
    const double position = (energies[lane] - histogram_.low) / (histogram_.high - histogram_.low);
    const double bin = std::clamp(std::floor(position * bins), 0.0, bins - 1.0);
    ++histogram_.counts[static_cast<std::size_t>(bin)];
  }
}

Histogram Ensemble::histogram() const {
  Histogram total = histogram_;
  communicator_.sum(total.counts);
  return total;
}

void Ensemble::save(VmcState& state) const {
  state.walkers = gather_tiles(tiles_, communicator_);
  state.walker_sums = gather_lanes(walker_sums_, communicator_);
  state.histogram = histogram();
  state.counters.inverse_drift = inverse_drift();
}

void Ensemble::resume(const VmcState& state) {
  drift_ = state.counters.inverse_drift;
  // Before the measurement there is nothing else.
  if (state.counters.phase != VmcPhase::measuring) return;
  walker_sums_ =
      scatter_lanes(state.walker_sums, tiles_.size() * quantities().size(), communicator_);
  histogram_ = state.histogram;
  std::size_t bins = histogram_.counts.size();
  communicator_.broadcast_value(bins);
  communicator_.broadcast_value(histogram_.low);
  communicator_.broadcast_value(histogram_.high);
  // All counts so far stay with the root.
  histogram_.counts.resize(bins);
}

double Ensemble::inverse_drift() const { return communicator_.maximum(drift_); }

}  // namespace markhor
