// Closed-shell Hartree-Fock of atoms in s-type Slater functions, integrals exact: what expansions
// in Gaussians are held against.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace markhor {

struct SlaterFunction {
  int n = 1;
  double zeta = 1.0;
};

struct SlaterAtom {
  double energy = 0.0;       // Hartree
  Eigen::MatrixXd orbitals;  // normalized functions x orbitals
};

SlaterAtom slater_atom(int charge, const std::vector<SlaterFunction>& functions);

}  // namespace markhor
