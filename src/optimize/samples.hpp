// Samples of the local energy and of the parameter derivatives, and the averages over them.
#pragma once

#include <Eigen/Dense>
#include <cstdint>

namespace markhor {

class Communicator;

// This rank's samples. n samples, p parameters.
struct DerivativeSamples {
  Eigen::VectorXd energies;  // n, local energies, Hartree
  // n: 0 to 1 (regularization near nodes), times what makes samples of another wave function ones
  // of this.
  Eigen::VectorXd weights;
  Eigen::Index walkers = 1;            // this rank's: n is rounds x walkers, round by round
  Eigen::MatrixXd log_derivatives;     // n x p, O_i = d ln|Psi|/dp_i
  Eigen::MatrixXd energy_derivatives;  // n x p, dE_L/dp_i
  Eigen::Array<bool, Eigen::Dynamic, 1> linear;  // p, true: the parameter is a linear coefficient
  // p, a change of the parameter beyond which nothing is linear any more, whatever the samples say;
  // 0, or all empty: not known.
  Eigen::VectorXd reach;

  Eigen::Index parameters() const { return log_derivatives.cols(); }
};

// Adds the rows of `more`, of the same parameters.
void append(DerivativeSamples& samples, const DerivativeSamples& more);

// The same, centred and in parameters of unit metric, ready for every optimizer: with e = E_L - E
// and averages weighted,
//     o_i = (O_i - <O_i>)/s_i,  s_i^2 = <(O_i - <O_i>)^2>,   r_i = o_i e + dE_i/s_i,
// the shifted matrices of the linear method (Toulouse2007) are products of these columns,
//     S_ij = <o_i o_j>,  (H - E S)_ij = <o_i r_j>,  (H - E S)_i0 = <o_i e>,
//     (H - E S)_0j = <o_j e> + <dE_j>/s_j.
// A parameter that does not change the wave function on the samples (s_i = 0) keeps s_i = 1.
struct CentredSamples {
  Eigen::MatrixXd o, r;      // n x p, each row times the square root of its weight
  Eigen::VectorXd e;         // n, likewise
  Eigen::VectorXd one;       // n, likewise: the square roots of the weights
  Eigen::Index walkers = 1;  // n is rounds x walkers
  Eigen::MatrixXd de;  // n x p, dE_i/s_i - g_i (g_i = 2 <o_i e>), likewise; empty unless asked for
  Eigen::VectorXd scale;              // p, s_i
  Eigen::VectorXd shift_weight;       // p, of the level shift: 1 + 1/(s_i reach_i)^2
  Eigen::VectorXd mean_log;           // p, <O_i>, not scaled
  Eigen::VectorXd mean_energy_slope;  // p, <dE_i>/s_i
  Eigen::VectorXd column;             // p, <o_i e>: half the energy gradient
  Eigen::VectorXd variance_column;    // p, half the variance gradient
  Eigen::Array<bool, Eigen::Dynamic, 1> linear;
  double energy = 0.0, variance = 0.0;  // weighted
  double total_weight = 0.0;            // of all ranks
  double samples = 0.0;                 // of all ranks

  Eigen::Index parameters() const { return o.cols(); }
};

// Takes the samples over; collective. with_variance: for a mixture of energy and variance.
CentredSamples centre(DerivativeSamples samples, bool with_variance,
                      const Communicator& communicator);

}  // namespace markhor
