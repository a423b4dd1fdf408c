// Jastrow parameters that are sensible before any optimization.
//
// Electron-electron: the Pade form s r/(1 + b r) with the exact cusp. Alone it pushes electrons
// outwards, because it lowers the density where it was high. The electron-nucleus term undoes that
// in the mean-field sense: with rho_A a model density of the atom (Slater's rules) with N_A
// electrons, the average effect of the electron-electron term on an electron at r is
// U_A(r) = int rho_A(r') u(|r - r'|) dr', and
//
//     f_A(r) = -(N_A - 1)/N_A U_A(r),
//
// fitted by the polynomial of RadialJastrow without its linear term (no cusp). JastrowStart::cusp
// leaves it out. The powers of the electron-electron polynomials and the electron-electron-nucleus
// coefficients start at zero: they are there to be optimized.
//
// REFERENCES (Slater1930) J. C. Slater, Phys. Rev. 36, 57 (1930).
#pragma once

#include "molecule/molecule.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

JastrowParameters starting_jastrow(const Molecule& molecule,
                                   const WaveFunctionOptions& options = {});

}  // namespace markhor
