// Where dimers point at first.
#pragma once

#include "saddle/search.hpp"

namespace markhor {

// A unit vector of D elements without rigid motions: the direction that the user gave, or the
// forces at the guess, which overlap more with the bonds that break than the soft modes of a model
// do; where these vanish, the softest mode of model_hessian.hpp.
Eigen::VectorXd first_axis(const SearchProblem& problem, const SearchPoint& guess);

}  // namespace markhor
