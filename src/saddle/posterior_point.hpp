// Stationary points of a surface whose forces have errors: what the Gaussian process that learned
// from them knows, instead of what the last call happened to say.
//
// At a point where the posterior's mean gradient vanishes let C be the posterior covariance of the
// gradient and H the Hessian of the mean, both without rigid motions. Then
//
//   largest force     0 +- max over particles of sqrt(C_xx + C_yy + C_zz)
//   its position      H^-1 C H^-1, to first order: the point whose true gradient vanishes
//   a curvature       v^T H v +- the error of v . (g(x + h v) - g(x - h v)) / 2h
//
// True if the surface is one that the kernel can be; the fixed hyperparameters have no errors.
#pragma once

#include "gp/gaussian_process.hpp"
#include "saddle/search.hpp"

namespace markhor {

// The first of them alone, Hartree/bohr: what a search that goes on needs.
double posterior_force_error(const GaussianProcess& model, ForceMeasure measure,
                             const Eigen::VectorXd& positions);

PosteriorPoint posterior_point(const GaussianProcess& model, const FreeCoordinates& space,
                               ForceMeasure measure, const Eigen::VectorXd& positions);

// Energy and forces of the posterior with their errors.
SurfaceValue posterior_value(const GaussianProcess& model, const FreeCoordinates& space,
                             const Eigen::VectorXd& positions);

// "converged: on the model of all 22 calls the largest force is 0.0021 +- 0.0094 eV/angstrom, ..."
std::string posterior_sentence(const SearchProblem& problem, const SearchOutcome& outcome);

}  // namespace markhor
