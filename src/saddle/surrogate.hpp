// The model of the surface that a search walks on between true calls.
#pragma once

#include "gp/gaussian_process.hpp"
#include "saddle/search.hpp"

namespace markhor {

// The invariant quadratic whose gradient and Hessian at x0 are the given ones, or as close as a
// function of distances can be: in the features u of gp/features.hpp, with J = du/dx at x0,
//
//   m(x) = f . (u - u0) + (u - u0)^T K (u - u0) / 2,
//   f = pinv(J)^T g,   K = pinv(J)^T (H - sum_p f_p d2u_p/dx2) pinv(J).
//
// gradient: D, hessian: D x D, of the moving coordinates at `positions` (3n). Motions that change
// no distance to first order (rigid ones, out of the plane of a planar molecule) keep only what f
// makes of them: those whose singular value in J is below rank_threshold of the largest. Divided by
// small ones, errors of gradient and Hessian grow.
inline constexpr double prior_rank_threshold = 1e-3;
GpPrior quadratic_prior(const FeatureMap& features, const Eigen::VectorXd& positions,
                        const Eigen::VectorXd& gradient, const Eigen::MatrixXd& hessian,
                        double rank_threshold = prior_rank_threshold);

// One a pair type, for GpProfileOptions: 2 r(C)/(r_a + r_b) with the covalent radii of the two
// elements, so that a distance counts by what it is of the pair's bond length: small atoms,
// hydrogen before all, move far while the surface changes little. 1 for particles that are no
// elements; empty without pairs.
Eigen::VectorXd relative_lengths(const FeatureMap& features,
                                 const std::vector<int>& atomic_numbers);

// What a process says of a point that is about to be evaluated. trust_radius: bohr, NaN if none.
CallContext forecast(const GaussianProcess& process, const GpPrediction& prediction,
                     double trust_radius);

// A true evaluation as an observation. Adds nothing to the errors of the value.
GpObservation observation_of(const SearchPoint& point, const FreeCoordinates& space);

}  // namespace markhor
