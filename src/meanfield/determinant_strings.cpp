#include "meanfield/determinant_strings.hpp"

#include <algorithm>
#include <bit>

namespace markhor {

double binomial(int n, int k) {
  if (k < 0 || k > n) return 0.0;
  double result = 1.0;
  for (int i = 1; i <= k; ++i) result = result * (n - k + i) / i;
  return result;
}

int parity(Occupation passed) { return std::popcount(passed) % 2 == 0 ? 1 : -1; }

std::vector<int> orbitals_of(Occupation occupation) {
  std::vector<int> result;
  for (; occupation != 0; occupation &= occupation - 1) {
    result.push_back(std::countr_zero(occupation));
  }
  return result;
}

Strings::Strings(int orbitals, int electrons) : orbitals_(orbitals), electrons_(electrons) {
  for (int p = 0; p < orbitals; ++p) {
    // Only the ranks of strings that exist are asked for; others may exceed an int.
    for (int k = 0; k <= electrons; ++k) {
      ranks_.push_back(static_cast<int>(std::min(binomial(p, k), 2e9)));
    }
  }
  const auto count = static_cast<std::size_t>(binomial(orbitals, electrons) + 0.5);
  list_.reserve(count);
  Occupation string = below(electrons);
  while (list_.size() < count) {
    list_.push_back(string);
    if (electrons == 0) break;
    // The next larger number with as many bits: the lowest run's top bit moves up, the rest of the
    // run falls to the bottom.
    const Occupation lowest = string & (~string + 1);
    const Occupation carried = string + lowest;
    string = carried | (((string ^ carried) >> 2) / lowest);
  }
}

int Strings::index(Occupation string) const {
  int rank = 0;
  for (int k = 1; string != 0; ++k, string &= string - 1) {
    rank += ranks_[static_cast<std::size_t>(std::countr_zero(string) * (electrons_ + 1) + k)];
  }
  return rank;
}

Excitations::Excitations(const Strings& strings) {
  const Occupation all = below(strings.orbitals());
  for (int to = 0; to < strings.size(); ++to) {
    first.push_back(list.size());
    const Occupation target = strings[to];
    const std::vector<int> empty = orbitals_of(all & ~target);
    for (const int p : orbitals_of(target)) {
      list.push_back({to, to, pair_index(p, p), 1.0});
      const Occupation rest = target & ~bit(p);
      for (const int q : empty) {
        const int high = std::max(p, q), low = std::min(p, q);
        const Occupation passed = rest & below(high) & ~below(low);
        list.push_back({to, strings.index(rest | bit(q)), pair_index(high, low),
                        static_cast<double>(parity(passed))});
      }
    }
  }
  first.push_back(list.size());
}

}  // namespace markhor
