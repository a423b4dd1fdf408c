// An expansion in Slater determinants, grouped in configuration state functions.
//
//     Phi = sum_k c_k sum_{d in CSF k} a_dk D_d^up D_d^down
//
// D^s is the determinant of the orbitals `occupied` (ascending) of spin s at that spin's electrons:
// the sign convention of creation operators with all spin-up ones to the left, each string in
// ascending order. Orbitals are counted from 0 over all orbitals of the wave function, the doubly
// occupied core included.
#pragma once

#include <vector>

namespace markhor {

struct Determinant {
  std::vector<int> up, down;  // occupied orbitals, ascending

  bool operator==(const Determinant&) const = default;
};

// One term of a configuration state function.
struct CsfTerm {
  int determinant = 0;  // index into DeterminantExpansion::determinants
  double weight = 0.0;  // a_dk; the squares of a CSF's weights add up to 1
};

struct Csf {
  double coefficient = 0.0;  // c_k
  std::vector<CsfTerm> terms;
};

struct DeterminantExpansion {
  std::vector<Determinant> determinants;
  std::vector<Csf> csfs;
};

}  // namespace markhor
