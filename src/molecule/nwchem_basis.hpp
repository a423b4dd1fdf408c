// The NWChem basis set format:
//
//     basis "ao basis" spherical
//     C    S
//        71.6168370   0.15432897
//        ...
//     end
//
// i.e. shells headed by element and type, with one or more coefficient columns (a general
// contraction; each column is a function) and as many primitives as lines follow.
#pragma once

#include "core/errors.hpp"
#include "molecule/basis_file.hpp"

namespace markhor {

// True if the first line that tells is NWChem's: a `basis` line or "C S".
bool looks_like_nwchem_basis(const BasisLines& lines);

void parse_nwchem_basis(BasisLines& lines, BasisFile& file, Faults& faults);

}  // namespace markhor
