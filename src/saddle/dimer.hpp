// The improved dimer method: the lowest mode by rotating a pair of images, a step up along it and
// down along the rest. G. Henkelman, H. Jonsson, J. Chem. Phys. 111, 7010 (1999); A. Heyden, A. T.
// Bell, F. J. Keil, J. Chem. Phys. 123, 224101 (2005); J. Kastner, P. Sherwood, J. Chem. Phys. 128,
// 014106 (2008). As run in R. Goswami et al., arXiv:2505.12519 (2025).
#pragma once

#include "saddle/search.hpp"

namespace markhor {

struct DimerOptions {
  double separation = 0.01 * units::bohr_per_angstrom;  // of midpoint and image, bohr
  int max_rotations = 10;                               // at one midpoint
  double angle_tolerance = 5.0;                         // degrees: a smaller rotation is not made
  double max_move = 0.05 * units::bohr_per_angstrom;    // of a particle in a step, bohr
  std::size_t memory = 25;                              // pairs of the translation's L-BFGS
};

// The method that every other is measured by. Without a direction the first axis is the force at
// the guess. Energies are not looked at but for `max_rise`.
SearchOutcome dimer_search(const SearchProblem& problem, const DimerOptions& options);

}  // namespace markhor
