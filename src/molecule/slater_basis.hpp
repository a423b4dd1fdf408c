// Basis sets of Slater functions, written as tables print them:
//
//     # beryllium
//     Be
//     1S  5.6
//     2S  0.98
//     2P  1.25
//
// i.e. an element line, then a function a line: its shell n and letter, and its exponent zeta. The
// function is r^(n-1) exp(-zeta r) times a spherical harmonic, normalized.
#pragma once

#include "core/errors.hpp"
#include "molecule/basis_file.hpp"

namespace markhor {

inline constexpr int max_principal_number = 10;

// True if one of the first two lines begins with a shell such as 1S. No line of the other formats
// does.
bool looks_like_slater_basis(const BasisLines& lines);

void parse_slater_basis(BasisLines& lines, BasisFile& file, Faults& faults);

}  // namespace markhor
