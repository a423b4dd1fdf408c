// Where the iterations of a CI start.
#pragma once

#include <Eigen/Dense>

#include "meanfield/ci_hamiltonian.hpp"

namespace markhor {

struct CiGuess {
  Eigen::VectorXd energies;  // ascending, Hartree, without the core energy
  Eigen::MatrixXd vectors;   // determinants x states, orthonormal, S = Ms
};

// The lowest states, at most max_states of them, in the space of the CSFs of the configurations
// with the lowest averaged diagonal elements. Only those within `window` (Hartree) of the lowest
// are kept: others are not expected below it when the rest of the space is let in.
CiGuess ci_guess(const CiSpace& space, const CiHamiltonian& hamiltonian, int max_states,
                 double window);

}  // namespace markhor
