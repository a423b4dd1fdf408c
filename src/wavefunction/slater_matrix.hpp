// The inverse of a Slater matrix A_jk = phi_k(r_j) of one spin, for eight walkers: built, and
// updated when one electron moves. Its element (A^-1)_kj stands at [j][k]: the row of an electron
// is contiguous.
#pragma once

#include <cstddef>

#include "core/lane_math.hpp"
#include "wavefunction/factor.hpp"
#include "wavefunction/orbital_set.hpp"

namespace markhor {

// Lane by lane through a library LU: rebuilds are rare. orbitals: electrons x stride x 5, of which
// the first n orbitals are the matrix's. Adds ln|det A|, multiplies the sign in, and returns the
// largest deviation from the inverse that stood there, relative to its largest element. A singular
// matrix gives infinities, which log_value reports and no move can then leave unnoticed. Lanes
// outside the mask are left as they are.
double invert_slater_matrix(int n, int stride, const Lanes* orbitals, Lanes* inverse,
                            const LaneMask& lanes, LogValue& value);

// Electron e has moved to where the orbitals are `fresh` (n x 5), in the accepted lanes (Sherman
// and Morrison 1950):
//     A^-1_kj -= A^-1_ke (sum_l A^-1_lj phi'_l) / ratio   for j != e,  A^-1_ke /= ratio.
// ratio: det A'/det A where accepted, anything elsewhere. Written here so that every caller's
// compiler can inline it: it is the hot loop of the moves.
[[gnu::always_inline]] inline void update_slater_inverse(int n, int e, const Lanes* fresh,
                                                         const Lanes& ratio,
                                                         const LaneMask& accepted, Lanes* inverse) {
  // Rejected lanes get ratio 1 for the moved row and factor 0 for the others: no branch.
  const Lanes inverse_ratio = Lanes(1.0) / select(accepted, ratio, Lanes(1.0));
  const Lanes update = select(accepted, inverse_ratio, Lanes(0.0));
  Lanes* moved = inverse + e * n;
  for (int j = 0; j < n; ++j) {
    if (j == e) continue;
    Lanes* row = inverse + j * n;
    Lanes overlap(0.0);
    for (int k = 0; k < n; ++k) overlap += row[k] * fresh[k * orbital_components];
    const Lanes factor = select(accepted, overlap * update, Lanes(0.0));
    for (int k = 0; k < n; ++k) row[k] -= factor * moved[k];
  }
  for (int k = 0; k < n; ++k) moved[k] *= inverse_ratio;
}

// A determinant as exp(logarithm) product, where the product takes the ratios of accepted moves and
// is folded into the logarithm before it can overflow.
struct RunningDeterminant {
  Lanes logarithm, product;

  void fold(const LaneMask& lanes) {
    logarithm += select(lanes, markhor::logarithm(absolute(product)), Lanes(0.0));
    product = select(lanes, select(product < Lanes(0.0), Lanes(-1.0), Lanes(1.0)), product);
  }
  void multiply(const Lanes& ratio) {
    product *= ratio;
    const Lanes size = absolute(product);
    const LaneMask extreme = (size < Lanes(1e-100)) | (size > Lanes(1e100));
    if (any(extreme)) fold(extreme);
  }
};

}  // namespace markhor
