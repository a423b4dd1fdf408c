// The lowest modes of the true Hessian from products with it, each of which is one call beside the
// point: (g(x + h v) - g(x)) / h.
#pragma once

#include <limits>

#include "saddle/search.hpp"

namespace markhor {

struct LowestModesOptions {
  int modes = 1;
  int max_calls = 8;
  // After so many calls a lowest curvature below this is enough, converged or not: for one who
  // wants a mode to begin with, not the last digit of it. Hartree/bohr^2.
  int enough_calls = std::numeric_limits<int>::max();
  double enough_curvature = -0.03;
  // Euclidean norm of the residual |H v - c v| of a unit vector, Hartree/bohr^2.
  double tolerance = 0.02;
  // Residuals also below the curvature itself, so that its sign is known, or below this.
  double sign_floor = std::numeric_limits<double>::infinity();
  // Length of what is added to the vectors that Davidson's method starts from, of norm one: an
  // arbitrary vector each. Where the place has a symmetry the starts would otherwise keep it, and
  // a mode that has another would never be seen, however small the residuals.
  double scatter = 0.0;
  double separation = 0.01 * units::bohr_per_angstrom;
  CallPurpose purpose = CallPurpose::rotation;
};

struct LowestModes {
  bool converged = false;
  std::string status;
  Eigen::VectorXd curvatures;  // ascending, Hartree/bohr^2
  Eigen::MatrixXd modes;       // D x modes, free of rigid motions
  Eigen::VectorXd residuals;   // Hartree/bohr^2
  // What was learned: H directions = products, D x calls, directions orthonormal.
  Eigen::MatrixXd directions, products;
};

// Davidson's method in the space of internal motions (curvature/davidson.hpp), with a model of the
// Hessian, D x D, as preconditioner and, for its lowest modes, as the start, together with `guess`
// (D x k). Without a guess, and where the model has no negative mode, its Newton step is one: the
// soft modes of a model overlap little with the bonds that break, but the forces at a guess do.
// What dimer rotations do for one mode by a search along circles. Rotations end where the calls of
// the search end.
LowestModes find_lowest_modes(const SearchProblem& problem, const SearchPoint& point,
                              const Eigen::MatrixXd& model, const Eigen::MatrixXd& guess,
                              const LowestModesOptions& options);

// The model with what was learned put in: exact on the directions, unchanged between the others.
Eigen::MatrixXd corrected_hessian(const Eigen::MatrixXd& model, const LowestModes& learned);

}  // namespace markhor
