// Symmetry of orbitals without a table of point groups.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "meanfield/scf.hpp"

namespace markhor {

// Labels of orbitals (functions x orbitals), numbered from 0 in order of first occurrence: orbitals
// with different labels belong to different irreducible representations, or to different partners
// of a degenerate one, so that no totally symmetric operator connects them. Orbitals that mix
// degenerate partners, or whose density breaks the symmetry of the nuclei, share labels; see
// align_degenerate_orbitals. Slater functions are expanded as in run_scf.
//
// Totally symmetric operators are written in the orbitals; those with an element above 1e-6 between
// them get one label.
std::vector<int> symmetry_blocks(const Molecule& molecule, const BasisSet& basis,
                                 const Eigen::MatrixXd& orbitals);

// Rotates orbitals of equal energy (to 1e-6 Hartree) among themselves so that partners come out
// pure (pi_x, pi_y; p_x, p_y, p_z) wherever the symmetry axes lie along x, y and z. Elsewhere it
// makes a choice that depends on the subspace only and not on how the orbitals spanned it.
// Occupied and virtual orbitals do not mix, nor closed and open shells of a restricted reference
// (down equal to up, which stays so).
void align_degenerate_orbitals(const Molecule& molecule, const BasisSet& basis,
                               MolecularOrbitals& orbitals);

}  // namespace markhor
