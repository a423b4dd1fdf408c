// Saddle points with few calls: a Gaussian process learns what the surface adds to a prior, the
// search follows its lowest mode up and every other one down as far as the model is trusted, and
// asks the surface only there. Where the GP-dimers (gp_dimer.hpp) measure the direction to climb by
// rotations and limit their steps by distances, this takes modes from the model's Hessian, steps
// from the augmented Hessian and the trust from how well gradients were foreseen.
#pragma once

#include "gp/hyperparameters.hpp"
#include "saddle/search.hpp"
#include "saddle/step_trust.hpp"
#include "saddle/surrogate.hpp"

namespace markhor {

// The kernel, and between which length scales it is fitted, 1/bohr: for two carbon atoms, other
// pairs in the ratio of relative_lengths (surrogate.hpp).
struct MarkhorKernel {
  GpShape shape = GpShape::squared_exponential;
  GpBounds length_scale;
  GpNoise relative_noise;  // of the model, over s^2: none for energies, 1/bohr^2 for gradients
};

struct MarkhorOptions {
  // Calls beside the guess that look for its lowest mode, at most; where a Hessian made for
  // reactions (reaction_hessian.hpp) knows it nearly, or that of a prior surface, so few are
  // enough.
  int max_rotations = 6;
  int enough_corrections = 2;
  int enough_with_prior = 1;
  // With a prior surface that has not led to the end after so many calls the search begins again
  // without it, at the guess, and keeps what it has learned.
  int max_prior_calls = 35;
  // The quadratic prior is made anew where the search has gone so far from its centre, bohr over
  // all moving coordinates.
  double prior_reach = 0.25;
  StepTrustOptions trust;
  double longest_step = 0.1 * units::bohr_per_angstrom;  // on the model
  int max_model_steps = 100;
  // Of the largest force on the model, over the force tolerance.
  double model_tolerance = 0.3;
  // Squared exponentials want ever shorter lengths and a larger signal, to whatever bound keeps the
  // model from turning local and the mode from hopping, and then foresee gradients hardly better
  // than that nothing changes. Those of Matern do (18 guesses of 8 to 12 atoms: 15 calls on average
  // instead of 17). Against errors the smoother one averages more. The signal may reach 100 eV: a
  // model noise of the usual 1e-3 of it would hide what is sought.
  MarkhorKernel exact{GpShape::matern_5_2, {1.0, 2.0}, {1e-8, 2.8e-9}};
  MarkhorKernel noisy{GpShape::squared_exponential, {0.3, 1.0}, {1e-6, 2.8e-7}};
  // The newest observations: those that are kept, and that hyperparameters are fitted to.
  int max_observations = 25;
  int max_fitted = 12;
};

// prior: of the surface; given up, which the status says, where it has no energy on the way, or
// where a second model on the same data, without it, has foreseen gradients better for some calls.
// Without a mean, and then, a quadratic one is made: of reaction_hessian.hpp where that knows the
// elements, anew as the search goes on, otherwise of model_hessian.hpp at the guess.
SearchOutcome markhor_search(const SearchProblem& problem, const GpPrior& prior,
                             const MarkhorOptions& options);

}  // namespace markhor
