// Proposals of diffusion Monte Carlo with all electrons (Umrigar1993b).
//
// The drift of an electron is limited where the velocity v varies fast, at nodes and at nuclei,
//
//     vbar = v 2/(1 + sqrt(1 + 2 a v^2 tau)),   a = (1 + v^ . z^)/2 + (Z z)^2/(10 (4 + (Z z)^2)),
//
// with z = r - R the vector from the nearest nucleus, charge Z. The drifted point is built in
// cylinder coordinates about z so that it cannot cross the nucleus: it goes to
// z'' = max(z + vbar_z tau, 0) along the axis and to rho'' = 2 vbar_rho tau z''/(z + z'') across
// it. Near a nucleus a Gaussian about that point would smear out the cusp; there, with probability
//
//     q = erfc((z + vbar_z tau)/sqrt(2 tau))/2,
//
// the proposal is instead zeta^3/pi exp(-2 zeta |r' - R|), zeta = sqrt(Z^2 + 1/tau). The density of
// the proposal is the sum of both.
//
// REFERENCES (Umrigar1993b) C. J. Umrigar, M. P. Nightingale, K. J. Runge, J. Chem. Phys. 99, 2865
// (1993), section III.
#pragma once

#include <cstdint>

#include "core/random.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// Where an electron's move goes from one point, and with what density.
struct DiffusionPlan {
  Lanes drifted[3];           // r'', bohr
  Lanes center[3];            // nearest nucleus
  Lanes zeta;                 // 1/bohr
  Lanes nuclear_probability;  // q
};

// velocity: grad ln|Psi| at the position. time_step in Hartree^-1.
DiffusionPlan plan_diffusion(const Molecule& molecule, const Lanes position[3],
                             const Lanes velocity[3], double time_step);

// |vbar|/|v| at this point.
Lanes velocity_fraction(const Molecule& molecule, const Lanes position[3], const Lanes velocity[3],
                        double time_step);

struct DiffusionProposal {
  Lanes position[3];
  Lanes test;  // a uniform number for the Metropolis test
};
DiffusionProposal propose_diffusion(const DiffusionPlan& plan, const RandomKey& key,
                                    const LaneBits& walkers, std::uint64_t step, int electron,
                                    double time_step);

// Density, per volume, with which the plan proposes the point.
Lanes diffusion_density(const DiffusionPlan& plan, const Lanes point[3], double time_step);

}  // namespace markhor
