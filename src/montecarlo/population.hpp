// The weighted walkers of diffusion Monte Carlo on one rank.
//
// The population is divided into cells of about 16 walkers. Branching looks at one cell at a time,
// and walkers are handed on between cells by a plan that all ranks agree on; so what happens to a
// walker depends on its cell and its place in it, never on the rank, and energies are the same bits
// on any number of ranks. A rank carries a contiguous range of cells. Its walkers share tiles in
// whatever arrangement keeps them full: a lane does not feel its neighbours.
//
// A walker's random stream is keyed by (cell, place, step). The step never repeats, so a walker may
// have another key in every generation.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "molecule/molecule.hpp"
#include "montecarlo/branching.hpp"
#include "montecarlo/walkers.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

inline constexpr int walkers_per_cell = 16;

// Cells and their ranks, for a target number of walkers.
struct CellLayout {
  std::int64_t cells = 1;
  int ranks = 1;

  static CellLayout of(std::int64_t walkers, int ranks);
  std::int64_t first_of(int rank) const { return cells * rank / ranks; }
  int rank_of(std::int64_t cell) const;
};

// Eight walkers with what diffusion needs to know of each.
struct WalkerTile {
  Tile tile;
  LaneVector ages;  // electrons: proposals rejected in a row
  Lanes weight = Lanes(1.0), branching_energy = Lanes(0.0);
  unsigned active =
      0;  // one bit a lane; the others are idle: they move along and count for nothing
};

// Gives idle lanes the positions and matrices of an active one, so that a quantity over all lanes
// is one of the walkers: otherwise idle lanes hold what died there, which is not the same in a run
// that was continued. Returns false if no lane is active.
bool copy_into_idle_lanes(WalkerTile& tile);

class Population {
 public:
  // The rank's cells of the layout, empty.
  Population(const WaveFunction& wave_function, const CellLayout& layout, int rank);

  // The tiles of placed walkers (place_walkers) that hold the cells' share of `walkers`.
  TileRange tiles_needed(std::int64_t walkers) const;
  // Fills the empty cells with their share of `walkers`, out of those tiles.
  void place(std::int64_t walkers, std::vector<Tile> placed);
  // Fills the empty cells with what records() gave. walkers_of_cells: of this rank's cells.
  void restore(std::span<const std::int64_t> walkers_of_cells, std::span<const double> records);

  std::vector<WalkerTile>& tiles() { return tiles_; }
  std::int64_t first_cell() const { return first_cell_; }
  std::size_t cells() const { return cells_.size(); }
  std::int64_t walkers() const;
  std::vector<std::int64_t> walkers_of_cells() const;
  std::vector<double> weights_of(std::size_t cell) const;

  // Sets the keys of the random streams: to be called before each generation.
  void key_walkers();
  // Replaces a cell's walkers by offspring of them. No place may be waiting for a walker.
  void branch(std::size_t cell, std::span<const Offspring> offspring);
  // Moves the last walkers of a cell of this rank behind those of another.
  void move_last(std::size_t from, std::size_t to, std::int64_t count);
  // Takes the last walkers out of a cell; as records of record_size() numbers.
  std::vector<double> take_last(std::size_t cell, std::int64_t count);
  // Keeps places behind a cell's walkers for some that are on their way, and puts them there.
  void reserve(std::size_t cell, std::int64_t count);
  void fill(std::size_t cell, std::span<const double> records);
  // Empties tiles that are not needed for the number of walkers there are.
  void compact();

  std::size_t record_size() const { return record_size_; }
  // All walkers, cell by cell.
  std::vector<double> records() const;

 private:
  using Slot = int;  // tile * lane_count + lane; negative: the walker is on its way

  WalkerTile with_ages(Tile tile) const;
  Slot claim_slot();
  void release(Slot slot);
  void copy(Slot from, Slot to);
  void write(Slot slot, const double* record);
  void read(Slot slot, double* record) const;
  void set_active(Slot slot, bool active);
  WalkerTile& tile_of(Slot slot) { return tiles_[static_cast<std::size_t>(slot / lane_count)]; }
  const WalkerTile& tile_of(Slot slot) const {
    return tiles_[static_cast<std::size_t>(slot / lane_count)];
  }

  const WaveFunction& wave_function_;
  CellLayout layout_;
  std::int64_t first_cell_ = 0;
  std::vector<std::vector<Slot>> cells_;
  std::vector<WalkerTile> tiles_;
  std::vector<Slot> free_;
  std::size_t record_size_ = 0;
};

}  // namespace markhor
