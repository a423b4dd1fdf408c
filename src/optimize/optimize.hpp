// Optimization of a trial wave function: options in, the best wave function met and the record of
// the way out.
//
// One iteration: walkers sample the present wave function; the optimizer makes one step for each of
// three level shifts from the same samples; the new wave functions are compared with the present
// one by correlated sampling on fresh configurations. Where the smallest shift does best, smaller
// ones are tried on these samples: a shift that only fell from one iteration to the next would make
// short steps of the first ones, and each of them costs new samples; where all seem to rise, larger
// ones. The best (of several that the comparison cannot tell apart, the smallest shift) is taken if
// its energy does not rise beyond the stated sigmas, else the shift is raised. What the next
// sampling then finds is compared with what the last one found: an energy (or variance) that has
// risen, also with the weight of a correlated sampling of the new wave function, brings back the
// best one and raises the shift. The number of samples doubles whenever the change of the energy is
// lost in its error bar.
//
// Samples of earlier iterations are used again, reweighted, as long as the wave function has
// changed little since (sample_pool.hpp).
//
// Biases: derivatives of the local energy have no finite variance near the nodes when these move.
// Samples closer to a node than epsilon (distance |Psi|/|grad Psi|) are therefore weighted down, in
// the matrices and the comparison only, by the polynomial of Pathak and Wagner; epsilon shrinks
// like samples^(-1/3), so that the bias vanishes as samples grow. The share of the weight changed
// is reported. Sampled energies are never weighted. The lowest of several noisy energies is low by
// chance as well: the final energy comes from a sampling of its own.
//
// REFERENCES (Umrigar2007) C. J. Umrigar, J. Toulouse, C. Filippi, S. Sorella, R. G. Hennig, Phys.
// Rev. Lett. 98, 110201 (2007); (Toulouse2007) J. Toulouse, C. J. Umrigar, J. Chem. Phys. 126,
// 084102 (2007); (Toulouse2008) J. Chem. Phys. 128, 174101 (2008); (Pathak2020) S. Pathak, L. K.
// Wagner, AIP Adv. 10, 085213 (2020).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "core/stage_control.hpp"
#include "montecarlo/statistics.hpp"
#include "optimize/sample_pool.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

class Communicator;

struct OptimizeOptions {
  std::string method = "linear";  // name of the optimizer table (factory.hpp)
  std::string solver = "auto";    // one of the method's
  ParameterSelection parameters{true, false, false, false};
  double variance_weight = 0.0;  // p: minimizes (1 - p) energy + p variance
  int max_iterations = 50;
  // Hartree: stops when two iterations in a row gain less than this, one error bar included.
  double tolerance = 2e-3;
  int walkers = 512;  // a multiple of 8; shared by the ranks in tiles of 8
  // Samples of the first iteration (of all ranks); 0: three times as many as the method needs for
  // its parameters, at least 1024.
  std::int64_t samples = 0;
  std::int64_t max_samples = 1'000'000;  // of one iteration
  double memory_limit = 2e9;             // bytes for the samples of all ranks; bounds their number
  std::uint64_t seed = 1;
};

struct OptimizeIteration {
  int number = 0;
  std::int64_t samples = 0;      // of the present wave function, for energy and derivatives
  std::int64_t reused = 0;       // of earlier ones, reweighted, for the derivatives as well
  std::int64_t comparisons = 0;  // configurations of the comparison
  Estimate energy, variance;     // Hartree, Hartree^2; of the wave function it starts from
  double gradient_norm = 0.0;    // Hartree; in parameters of unit metric
  double level_shift = 0.0;      // Hartree; of the step chosen
  double step_norm = 0.0;        // |Psi_linear - Psi_0| of the step chosen
  double energy_change = 0.0, energy_change_error = 0.0;  // Hartree; by correlated sampling
  double changed_weight = 0.0;                            // by the regularization near nodes
  bool accepted = false;
  std::string note;                                      // what was done, or why not
  double sampling_seconds = 0.0, algebra_seconds = 0.0;  // wall time
  Eigen::VectorXd parameters;                            // it starts from
};

struct OptimizeResult {
  bool stopped = false;  // told to, after an iteration: a checkpoint was handed over
  TrialWaveFunction best;
  Estimate energy, variance;  // of the best wave function, from its last sampling
  bool converged = false;
  std::string status;                 // a sentence
  std::string method;                 // that was used
  std::vector<std::string> notes;     // what differs from what was asked for, and why
  std::vector<Parameter> parameters;  // of the best wave function
  std::vector<OptimizeIteration> iterations;
  std::int64_t samples = 0;                 // all of them, comparisons included
  double seconds = 0.0, cpu_seconds = 0.0;  // CPU time of this rank
};

// Where an optimization stands between two iterations, all ranks' walkers included. Going on from
// it gives the same bits on the same number of ranks; on another one they differ by the rounding of
// sums over ranks.
struct OptimizeState {
  TrialWaveFunction present;
  OptimizeResult result;            // so far, with the best wave function; CPU time of all ranks
  std::vector<double> walkers;      // tiles x (all numbers of a tile) x 8 lanes
  std::uint64_t sampler_steps = 0;  // sweeps of the walkers so far
  std::int64_t sample_count = 0;    // of the next iteration
  double level_shift = 0.0;         // Hartree
  int settled = 0;                  // iterations in a row that could gain less than the tolerance
  bool has_best = false;            // the best wave function has been sampled
  std::vector<StoredConfigurations> pool;  // the values on the root
};

// Called after each iteration on every rank, with the best wave function so far.
using OptimizeObserver =
    std::function<void(const OptimizeIteration& iteration, const TrialWaveFunction& best)>;

// Not converging is a status. InputError: a selected kind of which the wave function has no
// parameter, an unknown method or solver. CalculationError: a local energy that is not finite.
// Every rank returns the same result. Going on from a state: `start` is only asked for the
// molecule. The control is polled after each iteration.
OptimizeResult optimize(const TrialWaveFunction& start, const OptimizeOptions& options,
                        const Communicator& communicator, const OptimizeObserver& observer = {},
                        const StageControl<OptimizeState>& control = {});

// Bytes that the stored samples of an iteration take.
double sample_bytes(std::int64_t samples, std::size_t parameters);

}  // namespace markhor
