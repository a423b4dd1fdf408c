// A determinant expansion as its unique spin determinants, each an excitation of one reference.
//
// The reference is the first determinant of the first CSF. Each spin's used orbitals are ordered
// with the reference's occupied ones (slots 0 ... n-1) first, then the others (0 ... v-1). A unique
// spin determinant u replaces the slots P_u by the others Q_u:
//
//     D_u / D_ref = sign_u det T[P_u, Q_u],   T = A^-1 A_others.
#pragma once

#include <vector>

#include "core/lanes.hpp"
#include "molecule/determinants.hpp"

namespace markhor {

struct SpinDeterminant {
  std::vector<int> slots, others;  // P and Q, ascending, of equal length
  double sign = 1.0;
};

// T[P_u, Q_u] (slots x others, row by row) from an array [other][slot] with n slots.
[[gnu::always_inline]] inline void gather_excitation(const SpinDeterminant& u, int n,
                                                     const Lanes* t, Lanes* matrix) {
  for (const int slot : u.slots) {
    for (const int other : u.others) *matrix++ = t[other * n + slot];
  }
}

// One determinant of the expansion as a product: coefficient up down (indices of unique ones).
struct DeterminantProduct {
  double coefficient = 0.0;  // c_k a_dk, summed over the CSFs it occurs in
  int up = 0, down = 0;
};

struct SpinExpansion {
  std::vector<int> orbitals;  // the used ones: occupied in the reference, then the others
  int occupied = 0;
  std::vector<SpinDeterminant> determinants;  // the reference first

  int others() const { return static_cast<int>(orbitals.size()) - occupied; }
};

struct ProductExpansion {
  SpinExpansion spins[2];
  std::vector<DeterminantProduct> products;
};

// Determinants must be distinct. Products stand in the order of expansion.determinants.
ProductExpansion factorize(const DeterminantExpansion& expansion);

}  // namespace markhor
