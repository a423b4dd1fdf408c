// The energy that a walker's weight grows with in diffusion Monte Carlo.
//
// The local energy diverges at the nodes of the trial wave function; used as it is, exp(-E_L tau)
// would be dominated by rare walkers and its time-step error would be large. Each of these limits
// vanishes as tau -> 0 and leaves the measured energy alone (E_est: the best estimate so far):
//
//     unr              S = E_est + (E_L - E_est) |Vbar|/|V|
//                      V: the velocity of all electrons, Vbar: limited as in diffusion_move.hpp.
//     zen              S = E_est + clamp(E_L - E_est, -c, c),  c = 0.2 sqrt(N/tau)
//     size_consistent  S = E_L - sum_i (e_i - e_est,A) (1 - |vbar_i|/|v_i|)
//                      e_i: electron i's share of the local energy; e_est,A: the mean share of an
//                      electron whose nearest nucleus is A. Every term knows its own surroundings
//                      only: the S of far fragments add up, and so do their energies at any time
//                      step. (A reference for each electron by its number would not do: numbers
//                      wander between core and valence.)
//
// REFERENCES
// (Umrigar1993b) C. J. Umrigar, M. P. Nightingale, K. J. Runge, J. Chem. Phys. 99, 2865 (1993),
// eq. 39. (Zen2016) A. Zen, S. Sorella, M. J. Gillan, A. Michaelides, D. Alfe, Phys. Rev. B 93,
// 241118 (2016). (Anderson2024) T. A. Anderson, M. C. Per, C. J. Umrigar, J. Chem. Phys. 160,
// 104110 (2024): limits
//     electron by electron. Theirs damps with the error function; ours keeps the fraction of
//     Umrigar1993b.
#pragma once

#include <vector>

#include "hamiltonian/local_energy.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

enum class EnergyCutoff { unr, zen, size_consistent };

// What the limits measure deviations from, Hartree.
struct BranchingReference {
  double energy = 0.0;
  std::vector<double> nuclei;  // mean share of an electron near each nucleus; size_consistent only
};

// positions: electrons x 3. electron_energies: shares of this sample, size_consistent only.
Lanes branching_energy(EnergyCutoff cutoff, const Molecule& molecule, const Lanes* positions,
                       const LogDerivatives& derivatives, const Lanes& local_energy,
                       const Lanes* electron_energies, const BranchingReference& reference,
                       double time_step);

}  // namespace markhor
