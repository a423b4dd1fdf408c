// Natural orbitals of a CI vector, and the vector in them.
#pragma once

#include <Eigen/Dense>

#include "meanfield/ci_hamiltonian.hpp"

namespace markhor {

struct NaturalOrbitals {
  Eigen::VectorXd occupations;  // descending
  Eigen::MatrixXd rotation;     // active orbitals x natural orbitals, orthogonal
};

// Diagonalizes the density (active x active) within blocks of orbitals that it couples by more than
// 1e-6, so that orbitals of equal occupation and different symmetry stay as they are. Each natural
// orbital has the sign that makes its largest component positive.
NaturalOrbitals natural_orbitals(const Eigen::MatrixXd& density);

// The vector over determinants of the orbitals phi U that is the same function as `vector` over
// those of phi: U is taken apart into plane rotations of two orbitals, each of which mixes pairs of
// strings (in the spirit of P. A. Malmqvist, Int. J. Quantum Chem. 30, 479 (1986)).
Eigen::VectorXd rotated_vector(const CiSpace& space, Eigen::VectorXd vector,
                               const Eigen::MatrixXd& rotation);

}  // namespace markhor
