// Conversion factors to Hartree atomic units (CODATA 2018: Tiesinga et al., Rev. Mod. Phys. 93,
// 025010 (2021)). Everything inside the program is in atomic units.
#pragma once

namespace markhor::units {

inline constexpr double bohr_per_angstrom = 1.0 / 0.529177210903;
inline constexpr double hartree_per_ev = 1.0 / 27.211386245988;
inline constexpr double hartree_per_kcal_mol = 1.0 / 627.5094740631;
inline constexpr double hartree_per_kj_mol = 1.0 / 2625.4996394799;
inline constexpr double hartree_per_inverse_cm = 1.0 / 219474.63136320;
inline constexpr double electron_masses_per_u = 1822.888486209;
inline constexpr double debye_per_au = 2.541746473;

}  // namespace markhor::units
