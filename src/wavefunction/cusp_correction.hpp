// Electron-nucleus cusps for orbitals of Gaussian functions, linear in the orbitals.
//
// Within a radius r_c of an all-electron nucleus (charge Z) the s-type part of every orbital,
// phi = phi_s + eta (eta: everything else, taken at the nucleus), is replaced by
//
//     phi~(r) = exp(-Z r) (p_0 + p_1 r + ... + p_5 r^5),   p_1 = -Z eta,
//
// so that phi~'(0) = -Z (phi~(0) + eta), and value, slope and curvature join those of phi_s at r_c.
// The two freedoms left make the one-electron local energy follow, up to a constant, the curve that
// Ma et al. found common to good all-electron orbitals: with h = exp(Z r) (H + Z^2/2) phi~ and W
// that curve, the spread of h - W (phi~ + eta) exp(Z r) over the sphere is smallest.
//
// All conditions are linear, so p is a fixed 6 x 4 matrix times (phi_s(r_c), phi_s'(r_c),
// phi_s''(r_c), eta), which depends on Z and r_c alone. The corrected orbitals are then linear
// combinations of corrected basis functions, and orbital rotations and exponents can be optimized
// with the correction in place (an orbital-by-orbital correction is not differentiable that way).
//
// Sums of Slater functions have a cusp, and in a good set nearly the right one; optimized exponents
// would trade it for energy elsewhere. Their curve W is flat, so that exp(-Z r) stays as it is.
//
// REFERENCES (Ma2005) A. Ma, M. D. Towler, N. D. Drummond, R. J. Needs, J. Chem. Phys. 122, 224322
// (2005): the idea, the curve (eq. 16) and the effective local energy (eq. 15).
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

inline constexpr int cusp_powers = 6;

using CuspPolynomial = Eigen::Matrix<double, cusp_powers, 1>;

// What the correction of a function needs to know: the s part at r_c, the rest at the nucleus.
using CuspData = Eigen::Vector4d;  // phi_s, phi_s', phi_s'', eta

struct NuclearCusp {
  double charge = 0.0;
  double radius = 0.0;  // bohr; 0: this nucleus is not corrected
  Eigen::Matrix<double, cusp_powers, 4> map = Eigen::Matrix<double, cusp_powers, 4>::Zero();

  CuspPolynomial polynomial(const CuspData& data) const { return map * data; }
};

// What the one-electron local energy is to follow within the radius.
enum class CuspCurve {
  screened,  // (Ma2005 eq. 16)
  flat       // a constant: what exp(-Z r), and so every exact cusp close to the nucleus, has
};

NuclearCusp make_cusp(double charge, double radius, CuspCurve curve);

// One radius per nucleus, chosen for these orbitals (basis functions x occupied orbitals): the
// smallest of 0.2/Z ... 1/Z whose local energies stay about as close to the curve as the best
// radius' do. 1/(2 Z) for nuclei with s functions of Slater type.
std::vector<double> choose_cusp_radii(const Molecule& molecule, const BasisSet& basis,
                                      const Eigen::MatrixXd& orbitals);

}  // namespace markhor
