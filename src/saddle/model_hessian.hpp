// A Hessian from a geometry alone: springs between all atoms whose stiffness falls off with the
// distances. R. Lindh, A. Bernhardsson, G. Karlstrom, P.-A. Malmqvist, Chem. Phys. Lett. 241, 423
// (1995): k = 0.45 rho_ij for stretches, 0.15 rho_ij rho_jk for bends, 0.005 rho_ij rho_jk rho_kl
// for torsions, rho_ij = exp(alpha_ij (r0_ij^2 - r_ij^2)).
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "saddle/free_coordinates.hpp"

namespace markhor {

// 3n x 3n, Hartree/bohr^2, positive semidefinite. Elements beyond the second row of the periodic
// table, and particles without an element, count as second-row ones.
Eigen::MatrixXd model_hessian(const std::vector<int>& atomic_numbers,
                              const Eigen::VectorXd& positions);
// The same of what moves, D x D.
Eigen::MatrixXd model_hessian(const FreeCoordinates& space, const Eigen::VectorXd& positions);

}  // namespace markhor
