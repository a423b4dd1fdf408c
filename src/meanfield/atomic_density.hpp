// Starting guess: the density of the free atoms, put side by side.
#pragma once

#include <Eigen/Dense>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// Sum of the densities of the neutral atoms (both spins; functions x functions), each computed in
// the atom's own part of the basis with fractional occupations that make it spherical, once for
// each element (J. H. Van Lenthe et al., J. Comput. Chem. 27, 926 (2006)).
Eigen::MatrixXd superposed_atomic_densities(const Molecule& molecule, const BasisSet& basis);

}  // namespace markhor
