// Accelerated Metropolis moves near nuclei.
//
// An electron at distance r0 from its nearest nucleus (charge Z) is given new spherical coordinates
// about that nucleus: a distance r' between r0/D and r0 D (D: the radial spread) from
//
//     p(r') = sqrt(r') |1 + c r'| exp(-zeta r'),
//
// where zeta and c give the wave function's own radial logarithmic derivative at r0 and the cusp
// -Z at the nucleus; a polar angle with cos(theta) uniform in [1 - delta, 1], delta growing from 1
// far away to 2 (all directions) at the nucleus; and an azimuth that prefers the direction of the
// drift, 1 + t cos(phi). With p ~ sqrt(r') the acceptance tends to one at the nucleus: moves there
// are as long as r0 itself, where diffusion with any one time step is too long or too short.
//
// REFERENCES (Umrigar1993a) C. J. Umrigar, Phys. Rev. Lett. 71, 408 (1993).
#pragma once

#include <cstdint>

#include "core/random.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct MoveStream {
  RandomKey key;
  LaneBits walkers;
  std::uint64_t step = 0;
  int electron = 0;
};

struct AcceleratedProposal {
  Lanes position[3];
  Lanes density;   // of proposing this position, per volume
  Lanes test;      // a uniform number for the Metropolis test
  LaneMask valid;  // false: the bounded radial sampler gave up; reject
};

// position, velocity = grad ln|Psi| of the electron. Bohr, atomic units.
AcceleratedProposal propose_accelerated(const Molecule& molecule, const Lanes position[3],
                                        const Lanes velocity[3], const MoveStream& stream,
                                        double radial_spread);

// Density with which a move from `from` (velocity there given) proposes `to`; zero where it cannot,
// which happens when the two points have different nearest nuclei.
Lanes reverse_density(const Molecule& molecule, const Lanes to[3], const Lanes from[3],
                      const Lanes velocity[3], double radial_spread);

// Integral of sqrt(r) |1 + c r| exp(-zeta r) between low and high (closed form, exposed for tests).
Lanes radial_integral(const Lanes& zeta, const Lanes& c, const Lanes& low, const Lanes& high);

}  // namespace markhor
