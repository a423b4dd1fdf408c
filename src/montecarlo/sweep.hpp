// One sweep: a Metropolis-Hastings move of every electron, in turn, in the eight walkers of a tile.
#pragma once

#include <cstdint>

#include "core/random.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

struct MoveCounts {
  std::int64_t accepted = 0, proposed = 0;
};

// Drift-diffusion moves (drift.hpp) accepted with min(1, |Psi'/Psi|^2 G(r<-r')/G(r'<-r)).
// time_step in Hartree^-1. A proposal whose wave function is zero or not a number is rejected.
void drift_sweep(const WaveFunction& wave_function, Tile& tile, WaveFunctionScratch& scratch,
                 const RandomKey& key, std::uint64_t step, double time_step, MoveCounts& counts);

// Moves in spherical coordinates about the nearest nucleus (accelerated_move.hpp).
void accelerated_sweep(const WaveFunction& wave_function, const Molecule& molecule, Tile& tile,
                       WaveFunctionScratch& scratch, const RandomKey& key, std::uint64_t step,
                       double radial_spread, MoveCounts& counts);

}  // namespace markhor
