// An optimizer: makes steps of the parameters from samples. See docs/adding-an-optimizer.md.
#pragma once

#include <Eigen/Dense>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "optimize/samples.hpp"

namespace markhor {

class Communicator;

struct ProposedStep {
  bool found = false;
  std::string status;      // how, or why not
  Eigen::VectorXd change;  // of the parameters
  // Change of the objective by the optimizer's own model, Hartree; 0 if it has none that knows
  // curvature.
  double predicted = 0.0;
  // What the samples promise of parts that the step leaves out because they do not stand above
  // their errors, Hartree: noise, or a gain that more samples would show. Negative or 0.
  double left_out = 0.0;
  double norm = 0.0;  // |Psi_linear - Psi_0| over the nonlinear parameters
};

// One step for each level shift (Hartree, positive; large shifts make short steps along the
// steepest descent in the metric of the wave functions). Collective; the same on every rank.
using StepsOfShifts = std::function<std::vector<ProposedStep>(const std::vector<double>& shifts)>;

class Optimizer {
 public:
  virtual ~Optimizer() = default;

  // Does what all level shifts have in common, matrices above all, once; which shifts are worth
  // trying shows only on the way. What it returns refers to its arguments. Collective.
  virtual StepsOfShifts prepare(const CentredSamples& samples,
                                const Communicator& communicator) const = 0;

  // The shift to begin with.
  virtual double first_shift() const = 0;

  // Fewest samples that make a step worth comparing.
  virtual std::int64_t samples_needed(std::size_t parameters) const = 0;

  // True: the variance's matrices are wanted in CentredSamples.
  virtual bool needs_variance() const = 0;
};

}  // namespace markhor
