// What the true Hessian says of the point that a search has found.
#pragma once

#include "saddle/saddle_search.hpp"

namespace markhor {

// Fills the parts of the result that tell of the Hessian: two lowest modes by Davidson's method, or
// the full Hessian with frequencies, as the options say. Returns the Hessian, D x D in
// Hartree/bohr^2, as far as it is known now: measured in full, or a model one that is exact on what
// was measured; empty if nothing was.
Eigen::MatrixXd verify(const SearchProblem& problem, const SearchOutcome& outcome,
                       const SaddleOptions& options, SaddleResult& result);

}  // namespace markhor
