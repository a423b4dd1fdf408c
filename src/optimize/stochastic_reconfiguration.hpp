// Stochastic reconfiguration: steepest descent in the metric of the wave functions,
//
//     (S + eps) x = -g/2,   dp = x/a,
//
// in parameters scaled to unit metric, where g/2 = <o_i e> (mixed with half the variance's
// gradient), eps regularizes directions that the samples do not tell, and the level shift a is the
// inverse of the time step: the linear method's step becomes this one where its shift outweighs its
// Hessian.
//
// REFERENCES S. Sorella, Phys. Rev. B 64, 024512 (2001); M. Casula, C. Attaccalite, S. Sorella, J.
// Chem. Phys. 121, 7110 (2004); in sample space: A. Chen, M. Heyl, Nat. Phys. 20, 1476 (2024).
#pragma once

#include "optimize/optimizer.hpp"

namespace markhor {

enum class ReconfigurationSolver {
  automatic,           // dense up to 1500 parameters, if there are as many samples; else the others
  dense,               // parameters x parameters matrix
  conjugate_gradient,  // products with the stored samples
  sample_space  // Woodbury's identity, samples x samples matrix, where parameters outnumber samples
};

class StochasticReconfiguration final : public Optimizer {
 public:
  StochasticReconfiguration(ReconfigurationSolver solver, double variance_weight)
      : solver_(solver), variance_weight_(variance_weight) {}

  StepsOfShifts prepare(const CentredSamples& samples,
                        const Communicator& communicator) const override;
  double first_shift() const override { return 5.0; }
  std::int64_t samples_needed(std::size_t) const override { return 512; }
  bool needs_variance() const override { return variance_weight_ > 0.0; }

 private:
  ReconfigurationSolver solver_;
  double variance_weight_;
};

}  // namespace markhor
