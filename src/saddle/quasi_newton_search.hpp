// Stationary points without a surrogate: the augmented-Hessian step on a Hessian that starts from a
// model and learns from every gradient.
#pragma once

#include "saddle/search.hpp"

namespace markhor {

struct QuasiNewtonOptions {
  bool saddle = true;  // up along the lowest mode; false: a minimum
  // Lengths of a step over all moving coordinates, bohr.
  double first_radius = 0.15 * units::bohr_per_angstrom;
  double smallest_radius = 0.05 * units::bohr_per_angstrom;
  double largest_radius = 0.3 * units::bohr_per_angstrom;
  // Products of the true Hessian with a vector, by a call beside the guess each, that look for the
  // lowest mode before the first step of a saddle search.
  int max_rotations = 10;
  double separation = 0.01 * units::bohr_per_angstrom;
  const SearchPoint* start = nullptr;  // the guess, if its energy is known already
  Eigen::MatrixXd hessian;             // D x D, to start with; empty: the model one
};

// P-RFO with Bofill's update, for a minimum RFO with BFGS (curvature/augmented_hessian.hpp,
// quasi_newton.hpp). A step whose change of the gradient the model did not foresee is taken back.
SearchOutcome quasi_newton_search(const SearchProblem& problem, const QuasiNewtonOptions& options);

}  // namespace markhor
