// Electron-nucleus cusps for orbitals of Gaussian functions.
//
// Within a radius r_c of an all-electron nucleus (charge Z), the s-type part phi_s of an orbital
// phi = phi_s + eta (eta: everything else) is replaced by
//
//     phi~(r) = C + sign exp(a0 + a1 r + a2 r^2 + a3 r^3 + a4 r^4),
//
// which has the cusp  phi~'(0) = -Z (phi~(0) + eta(0))  and joins phi_s at r_c with continuous
// value, slope and curvature; its value at the nucleus makes the one-electron local energy follow
// the smooth curve that Ma et al. found common to good all-electron orbitals.
//
// REFERENCES (Ma2005) A. Ma, M. D. Towler, N. D. Drummond, R. J. Needs, J. Chem. Phys. 122, 224322
// (2005), eqs. 8-16. Difference: one radius per nucleus instead of one per orbital, so that the
// walker kernel switches all s functions of a nucleus together.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct OrbitalCusp {
  std::array<double, 5> a{};  // exponent polynomial
  double shift = 0.0;         // C
  double sign = 0.0;          // 0: the orbital vanishes at this nucleus, nothing to correct
};

struct NuclearCusp {
  double radius = 0.0;                // bohr; 0: this nucleus is not corrected
  std::vector<OrbitalCusp> orbitals;  // one per orbital
};

// One entry per nucleus. coefficients: basis functions x orbitals (the occupied ones: the radius
// is chosen for them). Nuclei whose s functions are of Slater type are left alone.
std::vector<NuclearCusp> correct_cusps(const Molecule& molecule, const BasisSet& basis,
                                       const Eigen::MatrixXd& coefficients);

}  // namespace markhor
