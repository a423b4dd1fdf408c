// Hyperparameters of a Gaussian process from its data: the maximum of a posterior as in the
// published GP-dimers (O.-P. Koistinen et al., J. Chem. Theory Comput. 16, 499 (2020); R. Goswami
// et al., arXiv:2505.12519 (2025); R. Goswami, H. Jonsson, arXiv:2510.06030 (2025)), or the maximum
// of a likelihood in one length scale with the signal variance in closed form.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <string>
#include <vector>

#include "core/units.hpp"
#include "gp/gaussian_process.hpp"
#include "gp/map_objective.hpp"

namespace markhor {

enum class GpObjective {
  map,  // theta = (ln s^2, ln l_0, ln l_1, ...), priors on all, scaled conjugate gradients
  // One l for all types, or their given multiples of it, no prior: a search in one dimension, s^2 =
  // y^T K_1^-1 y / n where data are exact, and from signal_likelihood.hpp where they have errors.
  profile
};

struct GpProfileOptions {
  // One a type: what l is multiplied by for it; empty: 1 for all.
  Eigen::VectorXd relative_lengths = {};
  // Of l, before it is multiplied. Published trials: shorter ones make the model local.
  GpBounds length_scale{0.2 / units::bohr_per_angstrom, 1.9 / units::bohr_per_angstrom};
  // Model noise over s^2: 1e-6 for energies, 1e-6 / angstrom^2 for gradients. The observations' own
  // variances come on top of it.
  GpNoise relative_noise{1e-6, 1e-6 / (units::bohr_per_angstrom * units::bohr_per_angstrom)};
  double relative_constant = 0.0;  // c over s^2
  double smallest_signal = 1e-12;  // Hartree^2: what data without any signal are given
  double largest_signal = 1e4;     // Hartree^2, of data with errors
  int grid_points = 8;             // over ln l; the best and its neighbours enclose the maximum
  double tolerance = 0.05;         // of ln l
};

struct GpFitOptions {
  GpObjective objective = GpObjective::map;
  GpMapOptions map;
  GpProfileOptions profile;
  // Otherwise from the present hyperparameters of the process: 4 to 20 evaluations instead of 50 to
  // 95. The profile then searches next to the present length scale only.
  bool fresh_start = true;
  std::vector<int> observations;  // to fit to; empty: all. Time grows with their number cubed
};

struct GpFitResult {
  GpHyperparameters hyperparameters;
  std::optional<GpNoise> noise;  // profile: the model noise that belongs to s^2, for set_noise
  double objective = 0.0;        // at the end: minus the logarithm of the density
  int evaluations = 0;           // of the objective: factorizations
  bool found = false;            // false: nothing better than the start was established
  bool converged = false;
  std::string status;
};

// The process is not changed: pass the result to its set_hyperparameters (and set_noise).
// Throws std::invalid_argument if there are no observations, or not those named, or relative
// lengths for another number of types.
GpFitResult fit_hyperparameters(const GaussianProcess& process, const GpFitOptions& options);

}  // namespace markhor
