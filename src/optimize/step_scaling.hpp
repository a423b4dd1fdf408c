// From the coefficients of an expansion about Psi_0 to a change of the parameters.
#pragma once

#include "optimize/optimizer.hpp"

namespace markhor {

// v: coefficients of (O_i - <O_i>)/s_i Psi_0 beside 1 for Psi_0. Fills change and norm of the step
// (Toulouse2008 section III.A with xi = 1/2; linear_method.hpp). Collective.
void fill_change(const CentredSamples& samples, const Eigen::VectorXd& v,
                 const Communicator& communicator, ProposedStep& step);

}  // namespace markhor
