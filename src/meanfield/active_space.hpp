// A few electrons in a few orbitals, in the field of a frozen core.
#pragma once

#include <Eigen/Dense>
#include <string>

#include "meanfield/repulsion.hpp"
#include "meanfield/scf.hpp"

namespace markhor {

// "8 in 8". Orbitals in the order of the SCF: the core is the lowest ones, doubly occupied, the
// active orbitals are the next.
struct ActiveSpace {
  int electrons = 0, orbitals = 0;

  int core_orbitals(const Molecule& molecule) const {
    return (molecule.electrons() - electrons) / 2;
  }
  int up_electrons(const Molecule& molecule) const {
    return molecule.up_electrons() - core_orbitals(molecule);
  }
  int down_electrons(const Molecule& molecule) const {
    return molecule.down_electrons() - core_orbitals(molecule);
  }
};

// Number of determinants with all unpaired spins up; not necessarily an integer that an int holds.
double determinants_in(const ActiveSpace& space, const Molecule& molecule);

// Empty if the space is possible for the molecule and that many molecular orbitals, with at most
// max_determinants; else a sentence that says what is wrong and what is possible.
std::string active_space_problem(const ActiveSpace& space, const Molecule& molecule, int orbitals,
                                 double max_determinants);

// Integrals over real active orbitals, Hartree.
struct ActiveIntegrals {
  double core_energy = 0.0;      // of the core, nuclear repulsion included
  Eigen::MatrixXd one_electron;  // orbitals x orbitals, with the field of the core
  // (pq|rs) = int int p(1) q(1) 1/r12 r(2) s(2), pairs x pairs, symmetric; see pair_index.
  Eigen::MatrixXd two_electron;

  int orbitals() const { return static_cast<int>(one_electron.rows()); }
  double repulsion(int p, int q, int r, int s) const;  // (pq|rs), in any order
};

// orbitals: functions x orbitals, of which those of the space's core and active part are used. The
// two-electron integrals come from the Coulomb matrices of the densities of all active pairs.
ActiveIntegrals active_integrals(const Molecule& molecule, const BasisSet& basis,
                                 const Eigen::MatrixXd& orbitals, const ActiveSpace& space,
                                 Repulsion& repulsion);

}  // namespace markhor
