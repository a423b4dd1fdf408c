// Drift-diffusion moves of one electron in eight walkers.
//
// The proposal is r' = r + vbar tau + sqrt(tau) g with g three standard normals and the limited
// drift velocity
//
//     vbar = v (sqrt(1 + 2 a v^2 tau) - 1)/(a v^2 tau) = 2 v/(1 + sqrt(1 + 2 a v^2 tau)),
//
// a = 1/2, of (Umrigar1993b) C. J. Umrigar, M. P. Nightingale, K. J. Runge, J. Chem. Phys. 99, 2865
// (1993), eq. 35: the drift neither overshoots a nucleus nor diverges at a node.
#pragma once

#include "core/lane_math.hpp"

namespace markhor {

// Factor by which the velocity is shortened.
[[gnu::always_inline]] inline Lanes drift_limit(const Lanes velocity[3], const Lanes& time_step) {
  const Lanes v2 =
      velocity[0] * velocity[0] + velocity[1] * velocity[1] + velocity[2] * velocity[2];
  return Lanes(2.0) / (Lanes(1.0) + square_root(Lanes(1.0) + v2 * time_step));
}

}  // namespace markhor
