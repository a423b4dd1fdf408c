// Is a converged Hartree-Fock solution a minimum?
#pragma once

#include <Eigen/Dense>

#include "meanfield/fock.hpp"
#include "meanfield/orbital_rotation.hpp"

namespace markhor {

struct StabilityOptions {
  double residual = 1e-4;  // Hartree; the eigenvalue is then good to about its square
  int max_iterations = 60;
};

struct StabilityResult {
  bool converged = false;
  double lowest_eigenvalue = 0.0;  // Hartree
  Eigen::VectorXd mode;            // normalized, in the rotations' order; empty if there are none
};

// Lowest eigenpair of the real internal orbital-rotation Hessian (R. Seeger, J. A. Pople, J. Chem.
// Phys. 66, 3045 (1977)) by the method of E. R. Davidson, J. Comput. Phys. 17, 87 (1975).
StabilityResult lowest_mode(const OrbitalRotations& rotations, const StabilityOptions& options);

}  // namespace markhor
