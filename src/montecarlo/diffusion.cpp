#include "montecarlo/diffusion.hpp"

#include <algorithm>
#include <bit>
#include <numeric>

#include "core/errors.hpp"
#include "montecarlo/balance.hpp"
#include "montecarlo/diffusion_sweep.hpp"
#include "montecarlo/nearest_nucleus.hpp"
#include "montecarlo/sweep.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

constexpr int spreading_sweeps = 256;  // accelerated moves decorrelate in one or two
constexpr double spreading_spread = 5.0;
constexpr std::size_t counters = 4;

// Adds the values of the active lanes. Which walkers share a tile depends on the rank, and the
// total must not: values are first rounded to whole multiples of 2^-30, whose sum over the lanes is
// exact in any order; those that are too large for that are added one by one.
void add_lanes(ExactSum& sum, const Lanes& values, const LaneMask& active) {
  constexpr double unit = 1.0 / 1073741824.0, largest = 524288.0;  // 2^-30, 2^19
  constexpr double rounder = 6755399441055744.0;                   // 1.5 2^52
  const LaneMask small = active & (absolute(values) < Lanes(largest));
  const Lanes whole = (values * Lanes(1.0 / unit) + Lanes(rounder)) - Lanes(rounder);
  sum.add(sum_of_lanes(select(small, whole, Lanes(0.0))) * unit);
  for (unsigned rest = mask_bits(active & ~small); rest != 0; rest &= rest - 1) {
    sum.add(values[std::countr_zero(rest)]);
  }
}

std::vector<int> cells_of_ranks(const CellLayout& layout) {
  std::vector<int> counts;
  for (int rank = 0; rank < layout.ranks; ++rank) {
    counts.push_back(static_cast<int>(layout.first_of(rank + 1) - layout.first_of(rank)));
  }
  return counts;
}

}  // namespace

std::vector<std::int64_t> GenerationSums::pack() const {
  std::vector<std::int64_t> numbers = {walkers, accepted, crossings, crowded_cells};
  for (const ExactSum& sum : values) {
    numbers.insert(numbers.end(), sum.data().begin(), sum.data().end());
  }
  return numbers;
}

void GenerationSums::unpack(std::span<const std::int64_t> numbers) {
  walkers = numbers[0];
  accepted = numbers[1];
  crossings = numbers[2];
  crowded_cells = numbers[3];
  values.assign((numbers.size() - counters) / ExactSum::limbs, {});
  auto next = numbers.begin() + counters;
  for (ExactSum& sum : values) {
    std::copy_n(next, ExactSum::limbs, sum.data().begin());
    next += ExactSum::limbs;
  }
}

Diffusion::Diffusion(const WaveFunction& wave_function, const Molecule& molecule,
                     const DmcOptions& options, const Communicator& communicator)
    : wave_function_(wave_function),
      molecule_(molecule),
      options_(options),
      communicator_(communicator),
      hamiltonian_(molecule),
      estimators_(options.estimators, molecule),
      layout_(CellLayout::of(options.walkers, communicator.size())),
      scratch_(wave_function.make_scratch()),
      derivatives_(wave_function.make_derivatives()),
      population_(wave_function, layout_, communicator.rank()),
      exchange_(communicator),
      cells_of_ranks_(cells_of_ranks(layout_)) {
  sum_count_ = first_share();
  if (options.cutoff == EnergyCutoff::size_consistent) {
    electron_energies_.resize(static_cast<std::size_t>(wave_function.electrons()));
    shares_.resize(2 * molecule.atoms.size());
    sum_count_ += shares_.size();
  }
}

void Diffusion::place_and_spread() {
  population_.place(options_.walkers, place_walkers(wave_function_, molecule_, options_.seed,
                                                    population_.tiles_needed(options_.walkers)));
  const RandomKey key{options_.seed, RandomStage::diffusion_start};
  MoveCounts counts;
  for (WalkerTile& tile : population_.tiles()) {
    for (std::uint64_t s = 0; s < spreading_sweeps; ++s) {
      accelerated_sweep(wave_function_, molecule_, tile.tile, scratch_, key, s, spreading_spread,
                        counts);
    }
    wave_function_.rebuild(tile.tile, scratch_);
  }
}

void Diffusion::save(DmcState& state) {
  receive_walkers();
  state.walkers_of_cells =
      communicator_.concatenate(population_.walkers_of_cells(), cells_of_ranks_);
  state.walkers = communicator_.gather(population_.records());
  state.counters.walkers_moved = walkers_moved_;
  state.counters.inverse_drift = communicator_.maximum(drift_);
}

void Diffusion::restore(const DmcState& state) {
  walkers_moved_ = state.counters.walkers_moved;
  drift_ = state.counters.inverse_drift;
  std::vector<double> counts(state.walkers_of_cells.begin(), state.walkers_of_cells.end());
  communicator_.broadcast(counts);
  if (counts.size() != static_cast<std::size_t>(layout_.cells)) {
    throw InputError({}, "the checkpoint holds another number of cells than the walkers need");
  }
  const auto first = counts.begin() + population_.first_cell();
  const std::vector<std::int64_t> own(first,
                                      first + static_cast<std::ptrdiff_t>(population_.cells()));
  std::int64_t walkers = 0;
  for (const std::int64_t count : own) walkers += count;
  const std::vector<double> records = communicator_.scatter(
      state.walkers, static_cast<std::size_t>(walkers) * population_.record_size());
  population_.restore(own, records);
}

void Diffusion::add_up_shares(const Lanes* positions) {
  std::fill(shares_.begin(), shares_.end(), Lanes(0.0));
  for (std::size_t e = 0; e < electron_energies_.size(); ++e) {
    const Lanes index = nearest_nucleus(molecule_, positions + 3 * e).index, zero(0.0);
    for (std::size_t a = 0; a < molecule_.atoms.size(); ++a) {
      const LaneMask near = is_index(index, a);
      shares_[2 * a] += select(near, electron_energies_[e], zero);
      shares_[2 * a + 1] += select(near, Lanes(1.0), zero);
    }
  }
}

// Leaves the quantities in values_ and returns the branching energy.
Lanes Diffusion::measure_tile(WalkerTile& tile, const GenerationRule& rule) {
  const Lanes* positions = tile.tile.positions();
  wave_function_.derivatives(tile.tile, scratch_, derivatives_);
  const LocalEnergy energy = hamiltonian_.local_energy(positions, derivatives_);
  local_energy_ = energy.total;
  values_ = estimators_.measure({positions, derivatives_, energy});
  if (!electron_energies_.empty()) {
    hamiltonian_.electron_energies(positions, derivatives_, electron_energies_.data());
    add_up_shares(positions);
  }
  return branching_energy(options_.cutoff, molecule_, positions, derivatives_, energy.total,
                          electron_energies_.data(), rule.reference, rule.time_step);
}

void Diffusion::add_tile(const WalkerTile& tile, const GenerationRule& rule, GenerationSums& sums) {
  const LaneMask active = mask_from_bits(tile.active);
  const Lanes deviation = local_energy_ - Lanes(rule.reference.energy);
  ExactSum* sum = sums.values.data();
  add_lanes(*sum++, tile.weight, active);
  for (std::size_t q = 0; q < quantities().size(); ++q) {
    add_lanes(*sum++, tile.weight * values_[q], active);
  }
  add_lanes(*sum, tile.weight * deviation * deviation, active);
  sum = sums.values.data() + first_share();
  for (const Lanes& share : shares_) add_lanes(*sum++, tile.weight * share, active);
  sums.walkers += std::popcount(tile.active);
}

GenerationSums Diffusion::measure(const GenerationRule& rule) {
  GenerationSums sums;
  sums.values.resize(sum_count_);
  for (WalkerTile& tile : population_.tiles()) {
    tile.branching_energy = measure_tile(tile, rule);
    add_tile(tile, rule, sums);
  }
  return sums;
}

void Diffusion::advance_tile(WalkerTile& tile, std::uint64_t step, const GenerationRule& rule,
                             GenerationSums& sums) {
  const RandomKey key{options_.seed, RandomStage::diffusion};
  const DiffusionTally tally = diffusion_sweep(wave_function_, molecule_, tile.tile, scratch_, key,
                                               step, rule.time_step, tile.ages.data());
  if ((step + 1) % static_cast<std::uint64_t>(options_.rebuild_interval) == 0) {
    const bool used = copy_into_idle_lanes(tile);
    const double drift = wave_function_.rebuild(tile.tile, scratch_);
    if (used) drift_ = std::max(drift_, drift);
  }
  const Lanes energy = measure_tile(tile, rule);
  const Lanes mean = Lanes(0.5) * (tile.branching_energy + energy);
  tile.weight *= exponential((Lanes(rule.trial_energy) - mean) * Lanes(rule.effective_time_step));
  tile.branching_energy = energy;
  add_tile(tile, rule, sums);
  const LaneMask active = mask_from_bits(tile.active);
  add_lanes(sums.values[accepted_square()], tally.accepted_square, active);
  add_lanes(sums.values[proposed_square()], tally.proposed_square, active);
  const Lanes none(0.0);
  sums.accepted += static_cast<std::int64_t>(sum_of_lanes(select(active, tally.accepted, none)));
  sums.crossings += static_cast<std::int64_t>(sum_of_lanes(select(active, tally.crossings, none)));
}

// Full tiles first, while walkers from other ranks are still on their way; those go into the gaps.
GenerationSums Diffusion::advance(std::uint64_t step, const GenerationRule& rule) {
  constexpr unsigned full = (1U << lane_count) - 1U;
  GenerationSums sums;
  sums.values.resize(sum_count_);
  population_.key_walkers();
  std::vector<WalkerTile>& tiles = population_.tiles();
  std::vector<bool> done(tiles.size(), false);
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    if (tiles[t].active != full) continue;
    advance_tile(tiles[t], step, rule, sums);
    done[t] = true;
  }
  receive_walkers();
  for (std::size_t t = 0; t < tiles.size(); ++t) {
    if (t >= done.size() || !done[t]) advance_tile(tiles[t], step, rule, sums);
  }
  for (const std::int64_t walkers : population_.walkers_of_cells()) {
    sums.crowded_cells += walkers > crowded_from_ ? 1 : 0;
  }
  return sums;
}

void Diffusion::receive_walkers() {
  if (exchange_.idle()) return;
  const std::vector<std::vector<double>> packets = exchange_.finish();
  for (std::size_t p = 0; p < packets.size(); ++p) population_.fill(arriving_[p], packets[p]);
  arriving_.clear();
  population_.key_walkers();
}

void Diffusion::control(double factor) {
  const Lanes inverse(1.0 / factor);
  for (WalkerTile& tile : population_.tiles()) tile.weight *= inverse;
}

void Diffusion::branch(std::uint64_t step, bool crowded) {
  for (std::size_t c = 0; c < population_.cells(); ++c) {
    const std::int64_t cell = population_.first_cell() + static_cast<std::int64_t>(c);
    population_.branch(c, split_and_join(population_.weights_of(c), options_.seed, cell, step));
  }
  if (crowded) {
    even_out(communicator_.concatenate(population_.walkers_of_cells(), cells_of_ranks_));
  }
  population_.compact();
}

void Diffusion::reconfigure(std::uint64_t step) {
  std::vector<std::int64_t> own;
  for (std::size_t c = 0; c < population_.cells(); ++c) {
    std::int64_t units = 0;
    for (const double weight : population_.weights_of(c)) units += weight_units(weight);
    own.push_back(units);
  }
  const std::vector<std::int64_t> units = communicator_.concatenate(own, cells_of_ranks_);
  const std::int64_t total = std::accumulate(units.begin(), units.end(), std::int64_t{0});
  const Comb comb = make_comb(total, options_.walkers, options_.seed, step);
  std::vector<std::int64_t> walkers;
  std::int64_t before = 0;
  for (std::size_t c = 0; c < units.size(); ++c) {
    const auto local = static_cast<std::int64_t>(c) - population_.first_cell();
    if (local >= 0 && local < static_cast<std::int64_t>(population_.cells())) {
      const auto cell = static_cast<std::size_t>(local);
      population_.branch(cell, comb_offspring(population_.weights_of(cell), before, comb));
    }
    walkers.push_back(comb.teeth_before(before + units[c]) - comb.teeth_before(before));
    before += units[c];
  }
  if (*std::max_element(walkers.begin(), walkers.end()) > crowded_from_) even_out(walkers);
  population_.compact();
}

void Diffusion::even_out(std::span<const std::int64_t> walkers_of_cells) {
  const int rank = communicator_.rank();
  for (const Transfer& transfer : balance_cells(walkers_of_cells)) {
    walkers_moved_ += transfer.walkers;
    const int donor = layout_.rank_of(transfer.from), receiver = layout_.rank_of(transfer.to);
    const auto from = static_cast<std::size_t>(transfer.from - population_.first_cell());
    const auto to = static_cast<std::size_t>(transfer.to - population_.first_cell());
    if (donor == rank && receiver == rank) {
      population_.move_last(from, to, transfer.walkers);
    } else if (donor == rank) {
      exchange_.send(receiver, population_.take_last(from, transfer.walkers));
    } else if (receiver == rank) {
      population_.reserve(to, transfer.walkers);
      exchange_.receive(donor,
                        static_cast<std::size_t>(transfer.walkers) * population_.record_size());
      arriving_.push_back(to);
    }
  }
}

}  // namespace markhor
