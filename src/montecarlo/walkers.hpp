// The walkers of one rank: tiles of eight, numbered over the whole run.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/random.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

class Communicator;

// Contiguous share of `tiles` that this rank carries: [first, last).
struct TileRange {
  std::int64_t first = 0, last = 0;
};
TileRange tiles_of_rank(std::int64_t tiles, const Communicator& communicator);

// Tile `index` of the run holds the walkers 8 index ... 8 index + 7: their ids are the keys of
// their random streams.
void number_walkers(Tile& tile, std::int64_t index);

// Tiles [range.first, range.last) with walkers put on the molecule: electrons are dealt to nuclei
// by nuclear charge, spins alternating, and spread about them like shells. Walkers whose wave
// function is zero or not finite are drawn again; throws CalculationError when 100 draws do not
// help.
std::vector<Tile> place_walkers(const WaveFunction& wave_function, const Molecule& molecule,
                                std::uint64_t seed, const TileRange& range);

// For checkpoints. What a wave function keeps of a walker comes from a long chain of updates and
// would be other bits if it were built again from the positions, so all of it is carried.

// Lanes of all ranks one after another as plain numbers, lane fastest, on the root; and back, this
// rank's `count` Lanes. Collective; `values` is read on the root only.
std::vector<double> gather_lanes(std::span<const Lanes> lanes, const Communicator& communicator);
LaneVector scatter_lanes(std::span<const double> values, std::size_t count,
                         const Communicator& communicator);

// The same for whole tiles. scatter_tiles: this rank's, of the given range, on any number of ranks.
// Throws InputError on every rank if the values are of another wave function or number of walkers.
std::vector<double> gather_tiles(const std::vector<Tile>& tiles, const Communicator& communicator);
std::vector<Tile> scatter_tiles(const WaveFunction& wave_function, const TileRange& range,
                                std::span<const double> values, const Communicator& communicator);

}  // namespace markhor
