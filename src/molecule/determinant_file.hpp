// Determinant expansions as text files that people write and read:
//
//     # comment
//     csf 0.95
//       1 222000
//     csf -0.21
//       0.7071067811865476 22u0d0
//      -0.7071067811865476 22d0u0
//
// `csf` and its coefficient, then a line for each determinant: its weight and the occupation of
// every orbital from the first one on: 2, u (up), d (down) or 0. Orbitals that a line does not
// reach are empty. Signs are those of determinants.hpp: all ups before all downs, each in the order
// of the orbitals.
#pragma once

#include <string>
#include <string_view>

#include "core/errors.hpp"
#include "molecule/determinants.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// orbitals: how many there are to occupy. Faults, each with its line: lines that are neither of the
// two kinds, numbers and occupations that cannot be read, orbitals that do not exist, electrons and
// spins that are not the molecule's, a determinant twice in a CSF, weights of a CSF whose squares
// do not add up to 1 (to 1e-6), a CSF without determinants, a file without CSFs or with zero
// coefficients only; a file that cannot be read.
DeterminantExpansion read_determinant_file(const std::string& path, const Molecule& molecule,
                                           int orbitals, Faults& faults);

// The same for a text in memory; path is used in messages only.
DeterminantExpansion parse_determinants(std::string_view text, const std::string& path,
                                        const Molecule& molecule, int orbitals, Faults& faults);

// The text of an expansion; every number reads back as the same double.
std::string determinant_text(const DeterminantExpansion& expansion);

// Throws CalculationError if the file cannot be written.
void write_determinant_file(const std::string& path, const DeterminantExpansion& expansion);

}  // namespace markhor
