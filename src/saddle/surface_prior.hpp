// A cheap surface as the prior of a Gaussian process on a dear one.
#pragma once

#include "gp/gaussian_process.hpp"
#include "saddle/free_coordinates.hpp"
#include "surface/surface.hpp"

namespace markhor {

// How its Hessian is had: D calls of the surface where none is known nearby; elsewhere the nearest
// known one with Bofill's update for the gradient's change from there (quasi_newton.hpp).
struct SurfacePriorOptions {
  // Of the forward differences, bohr: they are wrong by 0.005 Hartree/bohr^2 where bonds are short,
  // and by less than 0.0003 for GFN2-xTB's self-consistency.
  double separation = 0.001;
  // Updates follow each other no farther than this from differences, bohr along their steps.
  double longest_update = 0.6;
  // Updates over less learn the noise of the surface's convergence, bohr.
  double shortest_update = 1e-3;
  int remembered = 50;  // the newest Hessians
};

// Every Hessian is near enough to the mean's slope that Newton steps on the mean converge: with
// updates from differences alone, and not from each other, they did not, and searches stood still.
// `surface` and `space` must outlive what is returned, which remembers its last calls and is not to
// be used by two threads. Where the surface has no value CalculationError is thrown.
GpPrior surface_prior(Surface& surface, const FreeCoordinates& space,
                      const SurfacePriorOptions& options = {});

}  // namespace markhor
