#include "montecarlo/population.hpp"

#include <algorithm>
#include <bit>
#include <functional>
#include <utility>

namespace markhor {

namespace {

constexpr std::uint64_t places_per_cell = 4096;  // a walker's key is cell * 4096 + place
constexpr std::uint64_t idle_key = 0xffffffff;
constexpr std::size_t own_numbers = 2;  // weight and branching energy, ahead of ages and tile

// Positions and matrices of a walker, not its key.
void copy_lane(const Tile& from, int a, Tile& to, int b) {
  for (std::size_t i = 0; i < from.memory.size(); ++i) to.memory[i].set(b, from.memory[i][a]);
}

void set_key(Tile& tile, int lane, std::uint64_t key) {
  tile.walkers.part[lane / native_lanes][lane % native_lanes] = key;
}

}  // namespace

CellLayout CellLayout::of(std::int64_t walkers, int ranks) {
  return {std::max<std::int64_t>(1, walkers / walkers_per_cell), ranks};
}

int CellLayout::rank_of(std::int64_t cell) const {
  // first_of(rank) <= cell < first_of(rank + 1)
  auto rank = static_cast<int>(cell * ranks / cells);
  while (first_of(rank + 1) <= cell) ++rank;
  while (first_of(rank) > cell) --rank;
  return rank;
}

Population::Population(const WaveFunction& wave_function, const CellLayout& layout, int rank)
    : wave_function_(wave_function),
      layout_(layout),
      first_cell_(layout.first_of(rank)),
      cells_(static_cast<std::size_t>(layout.first_of(rank + 1) - layout.first_of(rank))),
      record_size_(own_numbers + static_cast<std::size_t>(wave_function.electrons()) +
                   wave_function.make_tile().memory.size()) {}

TileRange Population::tiles_needed(std::int64_t walkers) const {
  const auto cells = static_cast<std::int64_t>(cells_.size());
  const std::int64_t first = walkers * first_cell_ / layout_.cells;
  const std::int64_t last = walkers * (first_cell_ + cells) / layout_.cells;
  if (first == last) return {};
  return {first / lane_count, (last + lane_count - 1) / lane_count};
}

void Population::place(std::int64_t walkers, std::vector<Tile> placed) {
  const std::int64_t first_walker = tiles_needed(walkers).first * lane_count;
  for (Tile& tile : placed) tiles_.push_back(with_ages(std::move(tile)));
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const std::int64_t cell = first_cell_ + static_cast<std::int64_t>(c);
    const std::int64_t last = walkers * (cell + 1) / layout_.cells;
    for (std::int64_t w = walkers * cell / layout_.cells; w < last; ++w) {
      const auto slot = static_cast<Slot>(w - first_walker);
      cells_[c].push_back(slot);
      set_active(slot, true);
    }
  }
  for (Slot slot = 0; slot < static_cast<Slot>(tiles_.size() * lane_count); ++slot) {
    if ((tile_of(slot).active >> slot % lane_count & 1U) == 0) free_.push_back(slot);
  }
}

void Population::restore(std::span<const std::int64_t> walkers_of_cells,
                         std::span<const double> records) {
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    const std::size_t size = static_cast<std::size_t>(walkers_of_cells[c]) * record_size_;
    reserve(c, walkers_of_cells[c]);
    fill(c, records.first(size));
    records = records.subspan(size);
  }
}

WalkerTile Population::with_ages(Tile tile) const {
  WalkerTile result;
  result.tile = std::move(tile);
  result.ages.assign(static_cast<std::size_t>(wave_function_.electrons()), Lanes(0.0));
  return result;
}

void Population::set_active(Slot slot, bool active) {
  const unsigned bit = 1U << slot % lane_count;
  unsigned& lanes = tile_of(slot).active;
  lanes = active ? lanes | bit : lanes & ~bit;
}

std::int64_t Population::walkers() const {
  std::int64_t count = 0;
  for (const auto& cell : cells_) count += static_cast<std::int64_t>(cell.size());
  return count;
}

std::vector<std::int64_t> Population::walkers_of_cells() const {
  std::vector<std::int64_t> counts;
  for (const auto& cell : cells_) counts.push_back(static_cast<std::int64_t>(cell.size()));
  return counts;
}

std::vector<double> Population::weights_of(std::size_t cell) const {
  std::vector<double> weights;
  for (const Slot slot : cells_[cell]) {
    weights.push_back(tile_of(slot).weight[slot % lane_count]);
  }
  return weights;
}

void Population::key_walkers() {
  for (WalkerTile& t : tiles_) t.tile.walkers = lane_bits(idle_key);
  for (std::size_t c = 0; c < cells_.size(); ++c) {
    std::uint64_t key = (static_cast<std::uint64_t>(first_cell_) + c) * places_per_cell;
    for (const Slot slot : cells_[c]) {
      if (slot >= 0) set_key(tile_of(slot).tile, slot % lane_count, key);
      ++key;
    }
  }
}

Population::Slot Population::claim_slot() {
  if (free_.empty()) {
    // Idle lanes move along like walkers, so they start as copies of ones that are sound.
    const auto first = static_cast<Slot>(tiles_.size() * lane_count);
    tiles_.push_back(tiles_.empty() ? with_ages(wave_function_.make_tile())
                                    : WalkerTile(tiles_.front()));
    tiles_.back().active = 0;
    for (int lane = lane_count - 1; lane >= 0; --lane) free_.push_back(first + lane);
  }
  const Slot slot = free_.back();
  free_.pop_back();
  set_active(slot, true);
  return slot;
}

void Population::release(Slot slot) {
  set_active(slot, false);
  free_.push_back(slot);
}

bool copy_into_idle_lanes(WalkerTile& tile) {
  if (tile.active == 0) return false;
  const int source = std::countr_zero(tile.active);
  for (int lane = 0; lane < lane_count; ++lane) {
    if ((tile.active >> lane & 1U) != 0) continue;
    copy_lane(tile.tile, source, tile.tile, lane);
  }
  return true;
}

void Population::copy(Slot from, Slot to) {
  const WalkerTile& source = tile_of(from);
  WalkerTile& target = tile_of(to);
  const int a = from % lane_count, b = to % lane_count;
  copy_lane(source.tile, a, target.tile, b);
  for (std::size_t i = 0; i < source.ages.size(); ++i) target.ages[i].set(b, source.ages[i][a]);
  target.branching_energy.set(b, source.branching_energy[a]);
  target.weight.set(b, source.weight[a]);
}

void Population::branch(std::size_t cell, std::span<const Offspring> offspring) {
  std::vector<Slot>& slots = cells_[cell];
  std::vector<Slot> next;
  std::vector<bool> used(slots.size(), false);
  for (const Offspring& child : offspring) {
    const auto parent = static_cast<std::size_t>(child.parent);
    Slot slot = slots[parent];
    if (used[parent]) {
      slot = claim_slot();
      copy(slots[parent], slot);
    }
    used[parent] = true;
    next.push_back(slot);
  }
  for (std::size_t i = 0; i < next.size(); ++i) {
    tile_of(next[i]).weight.set(next[i] % lane_count, offspring[i].weight);
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!used[i]) release(slots[i]);
  }
  slots = std::move(next);
}

void Population::move_last(std::size_t from, std::size_t to, std::int64_t count) {
  std::vector<Slot>& source = cells_[from];
  const auto first = source.end() - count;
  cells_[to].insert(cells_[to].end(), first, source.end());
  source.erase(first, source.end());
}

void Population::write(Slot slot, const double* record) {
  WalkerTile& t = tile_of(slot);
  const int lane = slot % lane_count;
  t.weight.set(lane, *record++);
  t.branching_energy.set(lane, *record++);
  for (Lanes& age : t.ages) age.set(lane, *record++);
  for (Lanes& number : t.tile.memory) number.set(lane, *record++);
}

void Population::read(Slot slot, double* record) const {
  const WalkerTile& t = tile_of(slot);
  const int lane = slot % lane_count;
  *record++ = t.weight[lane];
  *record++ = t.branching_energy[lane];
  for (const Lanes& age : t.ages) *record++ = age[lane];
  for (const Lanes& number : t.tile.memory) *record++ = number[lane];
}

std::vector<double> Population::take_last(std::size_t cell, std::int64_t count) {
  std::vector<Slot>& slots = cells_[cell];
  std::vector<double> records(static_cast<std::size_t>(count) * record_size_);
  const auto first = slots.end() - count;
  double* record = records.data();
  for (auto slot = first; slot != slots.end(); ++slot, record += record_size_) {
    read(*slot, record);
    release(*slot);
  }
  slots.erase(first, slots.end());
  return records;
}

void Population::reserve(std::size_t cell, std::int64_t count) {
  cells_[cell].insert(cells_[cell].end(), static_cast<std::size_t>(count), Slot{-1});
}

void Population::fill(std::size_t cell, std::span<const double> records) {
  std::vector<Slot>& slots = cells_[cell];
  auto place = slots.begin();
  for (std::size_t at = 0; at < records.size(); at += record_size_) {
    place = std::find_if(place, slots.end(), [](Slot slot) { return slot < 0; });
    const bool first_ever = tiles_.empty();
    *place = claim_slot();
    write(*place, records.data() + at);
    for (int lane = 0; first_ever && lane < lane_count; ++lane) {
      if (lane != *place) copy(*place, lane);
    }
  }
}

void Population::compact() {
  const auto needed = static_cast<std::size_t>(walkers() + lane_count - 1) / lane_count;
  if (needed >= tiles_.size()) return;
  const auto end = static_cast<Slot>(needed * lane_count);
  // Free slots below the end take the walkers above it.
  std::erase_if(free_, [end](Slot slot) { return slot >= end; });
  std::sort(free_.begin(), free_.end(), std::greater<>());
  for (auto& cell : cells_) {
    for (Slot& slot : cell) {
      if (slot < end) continue;
      const Slot target = free_.back();
      free_.pop_back();
      set_active(target, true);
      copy(slot, target);
      slot = target;
    }
  }
  tiles_.resize(needed);
}

std::vector<double> Population::records() const {
  std::vector<double> records(static_cast<std::size_t>(walkers()) * record_size_);
  double* record = records.data();
  for (const auto& cell : cells_) {
    for (const Slot slot : cell) {
      read(slot, record);
      record += record_size_;
    }
  }
  return records;
}

}  // namespace markhor
