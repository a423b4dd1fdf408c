// The Gaussian94 basis set format:
//
//     C 0
//     S 3 1.00
//        71.6168370   0.15432897
//        ...
//     ****
//
// i.e. an element line, then shells (type, number of primitives, scale factor: the exponents are
// multiplied by its square), and **** after each element.
#pragma once

#include "core/errors.hpp"
#include "molecule/basis_file.hpp"

namespace markhor {

void parse_gaussian94(BasisLines& lines, BasisFile& file, Faults& faults);

}  // namespace markhor
