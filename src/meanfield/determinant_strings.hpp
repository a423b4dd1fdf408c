// Strings: the ways to put electrons of one spin into the active orbitals.
#pragma once

#include <cstdint>
#include <vector>

namespace markhor {

using Occupation = std::uint64_t;  // bit p: orbital p is occupied

inline constexpr int max_string_orbitals = 63;

// A real number, for it may be beyond every integer.
double binomial(int n, int k);

inline Occupation bit(int orbital) { return Occupation{1} << orbital; }
inline Occupation below(int orbital) { return bit(orbital) - 1; }

// -1 or 1: the sign of the reordering that takes an operator past the electrons in `passed`.
int parity(Occupation passed);

// Occupied orbitals, ascending.
std::vector<int> orbitals_of(Occupation occupation);

// All strings of that many electrons in that many orbitals, in ascending order of their bits, and
// the number of each by the combinatorial number system.
class Strings {
 public:
  // 0 <= electrons <= orbitals <= max_string_orbitals.
  Strings(int orbitals, int electrons);

  int orbitals() const { return orbitals_; }
  int electrons() const { return electrons_; }
  int size() const { return static_cast<int>(list_.size()); }
  Occupation operator[](int index) const { return list_[static_cast<std::size_t>(index)]; }
  int index(Occupation string) const;

 private:
  int orbitals_, electrons_;
  std::vector<Occupation> list_;
  std::vector<int> ranks_;  // [orbital * (electrons + 1) + k]: binomial(orbital, k)
};

// <to| A |from> = sign for an operator A of a pair of orbitals.
struct Excitation {
  int to = 0, from = 0, pair = 0;
  double sign = 0.0;
};

// p >= q.
inline int pair_index(int p, int q) { return p * (p + 1) / 2 + q; }

// The matrix elements of A_pq = E_pq + E_qp (p > q) and A_pp = E_pp between strings of one spin,
// where E_pq moves an electron from q to p. A is symmetric, so that one list serves both ways.
struct Excitations {
  explicit Excitations(const Strings& strings);

  std::vector<Excitation> list;    // in order of `to`
  std::vector<std::size_t> first;  // of each `to`, and the end
};

}  // namespace markhor
