// The minimum of a quadratic function whose gradient has been sampled, without what is only noise.
//
// v minimizes  g.x + 1/2 x.B x,  where g has statistical errors of covariance C. In the modes of
// the curvature with respect to a metric,
//     B u_k = lambda_k S u_k,   u_k.S u_l = delta_kl,
// it has the components c_k = u_k.S v, of variance u_k.C u_k/lambda_k^2. Samples of a least-squares
// problem have C proportional to S: the errors of the components are then independent, and each is
// judged by itself. It is multiplied by
//     max(0, 1 - variance_k/c_k^2),
// the non-negative garrote of Breiman1995: what stands far above its error stays as it is, what
// does not reach it goes. Without errors v comes back.
//
// Modes of little curvature have the largest errors and the least to gain: a minimum taken as it
// was sampled pays for all of them, on average lambda_k variance_k/2 each.
//
// (Breiman1995) L. Breiman, Technometrics 37, 373 (1995), eq. 2.3.
#pragma once

#include <Eigen/Dense>

namespace markhor {

// minimum: n; curvature, metric, covariance: n x n, symmetric (the lower triangle is read). The
// metric may be singular up to rounding; one that has no modes at all returns the minimum as it is.
Eigen::VectorXd without_noise(const Eigen::VectorXd& minimum, const Eigen::MatrixXd& curvature,
                              const Eigen::MatrixXd& metric, const Eigen::MatrixXd& covariance);

}  // namespace markhor
