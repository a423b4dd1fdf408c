// One sweep of diffusion Monte Carlo: a drift-diffusion move of every electron, in turn, in the
// eight walkers of a tile, with the nodes of the trial wave function fixed.
#pragma once

#include <cstdint>

#include "core/random.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

// Of one sweep, walker by walker, summed over the electrons.
struct DiffusionTally {
  Lanes accepted_square, proposed_square;  // p |r' - r''|^2 and |r' - r''|^2, bohr^2
  Lanes accepted, crossings;               // moves; proposals across a node, all of them rejected
};

// Proposals of diffusion_move.hpp, accepted with p = min(1, |Psi'/Psi|^2 G(r<-r')/G(r'<-r)); a
// change of the wave function's sign, a zero of it and a NaN are rejected. time_step in Hartree^-1.
//
// ages: electrons; how many proposals in a row each electron has had rejected, kept up to date.
// Beyond fifty p is multiplied by 1.1 for each: an electron stuck where the wave function is poor
// would otherwise let its walker multiply for ever (Umrigar1993b, section V).
DiffusionTally diffusion_sweep(const WaveFunction& wave_function, const Molecule& molecule,
                               Tile& tile, WaveFunctionScratch& scratch, const RandomKey& key,
                               std::uint64_t step, double time_step, Lanes* ages);

}  // namespace markhor
