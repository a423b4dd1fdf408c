// Dimer searches on a Gaussian process that learns the surface on the way: the dimer turns and
// climbs on the process, and the surface is asked where it ends. The two published variants,
// O.-P. Koistinen, V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020) as
// run in R. Goswami et al., arXiv:2505.12519 (2025), and R. Goswami, H. Jonsson, arXiv:2510.06030
// (2025), are the standard that `markhor_search.hpp` is measured by.
#pragma once

#include "gp/hyperparameters.hpp"
#include "saddle/search.hpp"
#include "saddle/surrogate_dimer.hpp"

namespace markhor {

// How far from the observations the process is trusted.
enum class SurrogateTrust {
  // Some observation has all its distances between particles within the walk's distance_ratio and
  // its inverse of the present ones (log_distance); of particles without pairs as `transport`.
  distance_ratio,
  transport  // some observation is within transport_trust_radius
};

struct GpDimerOptions {
  SurrogateDimerOptions walk;
  // Beside the guess, each a call after the first image's.
  int max_initial_rotations = 4;
  double initial_angle = 0.0873;  // rad: turns of the true dimer below it are not asked for
  double relaxed_angle = 0.01;    // rad: the same on the process
  int max_rotations = 10;         // at a midpoint of the walk
  int max_steps = 200;            // of a walk
  int max_walks = 300;
  // Walks in a row that may end above the limit of the energy: a process that knows little walks
  // into other atoms, and learns from it. The published searches look at the energy at the end
  // only.
  int max_rises = 3;
  // A walk ends where the largest component of the gradient is the last true one, or the
  // tolerance, over this.
  double gradient_divisor = 10.0;
  SurrogateTrust trust = SurrogateTrust::distance_ratio;
  // 1e-5 eV^2 and (eV/angstrom)^2, on top of the observations' own.
  GpNoise noise{1e-5 * units::hartree_per_ev * units::hartree_per_ev,
                1e-5 * hartree_per_bohr_per_ev_per_angstrom* hartree_per_bohr_per_ev_per_angstrom};
  GpMapOptions fit;
  // The degrees of freedom of the fit are at least this many a hyperparameter.
  double degrees_per_parameter = 0.0;
  // Observations that hyperparameters are fitted to, far from each other; 0: all. By two more, up
  // to the most, wherever fits oscillate.
  int fitted = 0, most_fitted = 30;
  int max_refits = 3;  // in a row for oscillation
};

// As in the studies of 500 reactions. The studies' input asks for one initial rotation, but their
// calls pile up at four, and are never more.
GpDimerOptions published_gp_dimer();
GpDimerOptions published_otgp_dimer();

// Without a direction the first axis is the force at the guess, as in dimer_search. The curvature
// and the mode at the end are the process's: no call tests them. Where the forces vanish and the
// curvature is not negative the search has failed, and says so.
SearchOutcome gp_dimer_search(const SearchProblem& problem, const GpDimerOptions& options);

}  // namespace markhor
