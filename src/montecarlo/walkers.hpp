// The walkers of one rank: tiles of eight, numbered over the whole run.
#pragma once

#include <cstdint>
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

// Tiles [range.first, range.last) with walkers put on the molecule: electrons are dealt to nuclei
// by nuclear charge, spins alternating, and spread about them like shells. Walkers whose wave
// function is zero or not finite are drawn again; throws CalculationError when 100 draws do not
// help.
std::vector<Tile> place_walkers(const WaveFunction& wave_function, const Molecule& molecule,
                                std::uint64_t seed, const TileRange& range);

}  // namespace markhor
