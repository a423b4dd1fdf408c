// Uncoupled harmonic oscillators with Gaussian wave functions: samples with every average known.
//
//     Psi = prod_d exp(-alpha_d x_d^2/2),   E_L = sum_d [ alpha_d + x_d^2 (1 - alpha_d^2) ]/2,
//     O_d = -x_d^2/2,   dE_L/dalpha_d = 1/2 - alpha_d x_d^2.
//
// The ground state, alpha = 1 with energy n/2, is in the family.
#pragma once

#include <cstdint>

#include "optimize/samples.hpp"

namespace markhor::testing {

DerivativeSamples oscillator_samples(const Eigen::VectorXd& alpha, Eigen::Index samples,
                                     std::uint64_t seed);

// More parameters than oscillators: `parameters` random mixtures of the n derivatives plus noise of
// their own, so that no two are the same.
DerivativeSamples many_parameters(Eigen::Index parameters, Eigen::Index samples,
                                  std::uint64_t seed);

}  // namespace markhor::testing
