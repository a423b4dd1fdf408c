// Second-order minimization of the Hartree-Fock energy over orbital rotations.
#pragma once

#include <vector>

#include "meanfield/fock.hpp"
#include "meanfield/scf.hpp"

namespace markhor {

struct NewtonOptions {
  double energy_convergence = 1e-9;    // Hartree, change in the last step
  double gradient_convergence = 1e-8;  // Hartree, largest element of orbital_gradient
  int max_iterations = 100;            // steps tried
};

struct NewtonResult {
  ScfState state;
  bool converged = false;
  std::vector<ScfIteration> iterations;
};

// Trust-region Newton: each step minimizes the quadratic model within the trust radius by
// preconditioned conjugate gradients that stop at the boundary or follow negative curvature to it
// (T. Steihaug, SIAM J. Numer. Anal. 20, 626 (1983)). Never accepts a step that raises the energy,
// so it ends in a minimum, or in a saddle point if the start had that saddle's symmetry. The
// Hessian acts through Fock builds only; cf. B. Helmich-Paris, J. Chem. Phys. 154, 164104 (2021).
NewtonResult minimize_energy(const ScfProblem& problem, FockBuilder& builder, ScfState start,
                             const NewtonOptions& options);

}  // namespace markhor
