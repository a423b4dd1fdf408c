// Determinants and cofactors of the small matrices T[P, Q] of excitations, eight walkers at once.
#pragma once

#include "core/lane_math.hpp"

namespace markhor {

inline constexpr int most_excitations = 12;  // of one spin

namespace small_determinant_detail {

[[gnu::always_inline]] inline void swap_where(const LaneMask& mask, Lanes& a, Lanes& b) {
  const Lanes old = a;
  a = select(mask, b, a);
  b = select(mask, old, b);
}

// Inverts in place an m x 2m array [M, 1] whose right half becomes M^-1; returns det M.
inline Lanes invert(int m, Lanes* rows) {
  const int width = 2 * m;
  Lanes determinant(1.0);
  for (int k = 0; k < m; ++k) {
    Lanes* pivot = rows + k * width;
    for (int i = k + 1; i < m; ++i) {
      Lanes* row = rows + i * width;
      const LaneMask larger = absolute(row[k]) > absolute(pivot[k]);
      for (int c = 0; c < width; ++c) swap_where(larger, pivot[c], row[c]);
      determinant = select(larger, -determinant, determinant);
    }
    // A singular matrix has a cofactor matrix all the same: the tiny pivot cancels in it.
    const Lanes size = select(absolute(pivot[k]) > Lanes(1e-150), pivot[k], Lanes(1e-150));
    determinant *= size;
    const Lanes inverse = Lanes(1.0) / size;
    for (int c = 0; c < width; ++c) pivot[c] *= inverse;
    for (int i = 0; i < m; ++i) {
      if (i == k) continue;
      Lanes* row = rows + i * width;
      const Lanes factor = row[k];
      for (int c = k; c < width; ++c) row[c] -= factor * pivot[c];
    }
  }
  return determinant;
}

}  // namespace small_determinant_detail

// M^-1 (m x m, row by row) and det M.
inline Lanes determinant_and_inverse(int m, const Lanes* matrix, Lanes* inverse) {
  Lanes rows[most_excitations * 2 * most_excitations];
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < m; ++j) {
      rows[i * 2 * m + j] = matrix[i * m + j];
      rows[i * 2 * m + m + j] = Lanes(i == j ? 1.0 : 0.0);
    }
  }
  const Lanes determinant = small_determinant_detail::invert(m, rows);
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < m; ++j) inverse[i * m + j] = rows[i * 2 * m + m + j];
  }
  return determinant;
}

// det M and C = d det M / dM (m x m, row by row). Orders 1 and 2 are written out; higher ones by
// Gauss-Jordan elimination with a pivot of each lane's own (rows are swapped by select), so that no
// lane waits for another's zero.
[[gnu::always_inline]] inline Lanes determinant_and_cofactors(int m, const Lanes* a,
                                                              Lanes* cofactors) {
  if (m == 1) {
    cofactors[0] = Lanes(1.0);
    return a[0];
  }
  if (m == 2) {
    cofactors[0] = a[3];
    cofactors[1] = -a[2];
    cofactors[2] = -a[1];
    cofactors[3] = a[0];
    return a[0] * a[3] - a[1] * a[2];
  }
  Lanes inverse[most_excitations * most_excitations];
  const Lanes determinant = determinant_and_inverse(m, a, inverse);
  for (int i = 0; i < m; ++i) {
    for (int j = 0; j < m; ++j) cofactors[i * m + j] = determinant * inverse[j * m + i];
  }
  return determinant;
}

}  // namespace markhor
