// How the one-electron energy changes as the atoms move.
#pragma once

#include <Eigen/Dense>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// sum_ij { D_ij dh_ij/dR - W_ij dS_ij/dR }, Hartree/bohr, x y z of atom 0, of atom 1, ...; h =
// kinetic energy + nuclear attraction, S the overlap. D (density) and W (energy-weighted density)
// are symmetric, functions x functions. Functions move with their atoms; so do the nuclei.
//
// By Hermite Gaussians (hermite.hpp), which are contracted with D first: the derivative with
// respect to a nucleus is the field of the Hermite density, that with respect to the first of two
// centres a dot product with the potential of all nuclei, and the second centre has what is left by
// translational invariance. Cartesian Gaussian shells only (cartesian.hpp).
Eigen::VectorXd one_electron_gradient(const Molecule& molecule, const BasisSet& basis,
                                      const Eigen::MatrixXd& density,
                                      const Eigen::MatrixXd& energy_weighted_density);

}  // namespace markhor
