// The linear method, read as an augmented-Hessian method.
//
// The energy of Psi_0 + sum_i v_i Psi_i is minimized exactly, i.e. as the lowest physical root of
//
//     [ 0          row  ] [ 1 ]           [ 1  0 ] [ 1 ]
//     [ column   H - E S + a ] [ v ] = dE [ 0  S ] [ v ],
//
// the eigenproblem of an augmented Hessian with metric S and level shift a, in parameters scaled to
// unit metric. A parameter that is known to be linear only within a reach has its own unit in the
// shift besides (CentredSamples::shift_weight): a_i = a (1 + 1/(s_i reach_i)^2). The matrix is left
// non-symmetric (Nightingale and Melik-Alaverdian 2001): if the space holds an eigenstate the right
// eigenvector has no noise on any sample. With a weight p for the variance, matrix and borders are
// (1 - p) times these plus p times the variance's, whose Hessian is the Gram matrix of the local
// energy's derivatives.
//
// The root is exact for the samples, noise and all, and most of its components along soft modes are
// noise: an optimization that has paid for few samples then wanders about the minimum. Up to 500
// parameters v is therefore filtered by the errors of the equations that it solves
// (curvature/noise_filter.hpp): with the residual of the linear wave function's local energy,
//     rho = e - dE + sum_j v_j (r_j - dE o_j),   <o_i rho> + a_i v_i = 0,   C_ij = <o_i o_j
//     rho^2>/n,
// which vanishes where the space holds an eigenstate. The errors are those of independent samples.
// The change of the energy that a step predicts is that of what is left of it, by its Rayleigh
// quotient; what the samples promise of the rest is told beside it.
//
// Step: the nonlinear parameters' derivatives are taken orthogonal to the mean of the normalized
// Psi_0 and Psi_linear (xi = 1/2), i.e. with s = sum of v_i S_ij v_j over the nonlinear parameters,
//     dp_i = v_i / (sqrt(1 + s) - sum_linear <O_k> v_k),
// which for nonlinear ones alone keeps |Psi_linear| = |Psi_0|, and for linear ones alone gives the
// eigenvector itself.
//
// REFERENCES (Umrigar2007), (Toulouse2007), (Toulouse2008) of optimize.hpp; M. P. Nightingale, V.
// Melik-Alaverdian, Phys. Rev. Lett. 87, 043401 (2001).
#pragma once

#include "optimize/optimizer.hpp"

namespace markhor {

enum class LinearSolver {
  automatic,   // dense up to 1500 parameters, then matrix-free
  dense,       // parameters x parameters matrices
  matrix_free  // products with the stored samples only
};

class LinearMethod final : public Optimizer {
 public:
  LinearMethod(LinearSolver solver, double variance_weight)
      : solver_(solver), variance_weight_(variance_weight) {}

  StepsOfShifts prepare(const CentredSamples& samples,
                        const Communicator& communicator) const override;
  double first_shift() const override { return 0.1; }
  // Ten a parameter: below, the matrices' noise is as large as what they tell.
  std::int64_t samples_needed(std::size_t parameters) const override {
    return 10 * static_cast<std::int64_t>(parameters);
  }
  bool needs_variance() const override { return variance_weight_ > 0.0; }

 private:
  LinearSolver solver_;
  double variance_weight_;
};

}  // namespace markhor
