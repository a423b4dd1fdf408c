#include "wavefunction/spin_determinants.hpp"

#include <algorithm>
#include <map>

namespace markhor {

namespace {

bool contains(const std::vector<int>& sorted, int value) {
  return std::binary_search(sorted.begin(), sorted.end(), value);
}

std::vector<int> order_orbitals(const DeterminantExpansion& expansion,
                                const std::vector<int>& reference,
                                std::vector<int> Determinant::*spin) {
  std::vector<int> others;
  for (const Determinant& determinant : expansion.determinants) {
    for (const int orbital : determinant.*spin) {
      if (!contains(reference, orbital)) others.push_back(orbital);
    }
  }
  std::sort(others.begin(), others.end());
  others.erase(std::unique(others.begin(), others.end()), others.end());
  std::vector<int> order = reference;
  order.insert(order.end(), others.begin(), others.end());
  return order;
}

// The columns of the reference with `slots` replaced by `others` in order, sorted to ascending
// orbitals: each inversion on the way changes the sign.
SpinDeterminant excite(const std::vector<int>& occupied, const std::vector<int>& reference,
                       const std::vector<int>& order) {
  SpinDeterminant result;
  for (std::size_t r = 0; r < reference.size(); ++r) {
    if (!contains(occupied, reference[r])) result.slots.push_back(static_cast<int>(r));
  }
  for (std::size_t o = reference.size(); o < order.size(); ++o) {
    if (contains(occupied, order[o])) {
      result.others.push_back(static_cast<int>(o - reference.size()));
    }
  }
  std::vector<int> columns = reference;
  for (std::size_t i = 0; i < result.slots.size(); ++i) {
    columns[static_cast<std::size_t>(result.slots[i])] =
        order[reference.size() + static_cast<std::size_t>(result.others[i])];
  }
  for (std::size_t i = 0; i < columns.size(); ++i) {
    for (std::size_t j = i + 1; j < columns.size(); ++j) {
      if (columns[i] > columns[j]) result.sign = -result.sign;
    }
  }
  return result;
}

}  // namespace

ProductExpansion factorize(const DeterminantExpansion& expansion) {
  ProductExpansion result;
  const auto first = static_cast<std::size_t>(expansion.csfs.front().terms.front().determinant);
  const Determinant& reference = expansion.determinants[first];
  std::vector<int> Determinant::*const members[2] = {&Determinant::up, &Determinant::down};
  std::map<std::vector<int>, int> known[2];
  for (int s = 0; s < 2; ++s) {
    SpinExpansion& spin = result.spins[s];
    spin.occupied = static_cast<int>((reference.*members[s]).size());
    spin.orbitals = order_orbitals(expansion, reference.*members[s], members[s]);
    known[s][reference.*members[s]] = 0;
    spin.determinants.push_back(
        excite(reference.*members[s], reference.*members[s], spin.orbitals));
  }
  for (const Determinant& determinant : expansion.determinants) {
    int index[2];
    for (int s = 0; s < 2; ++s) {
      SpinExpansion& spin = result.spins[s];
      const auto [place, fresh] =
          known[s].try_emplace(determinant.*members[s], static_cast<int>(spin.determinants.size()));
      if (fresh) {
        spin.determinants.push_back(
            excite(determinant.*members[s], reference.*members[s], spin.orbitals));
      }
      index[s] = place->second;
    }
    result.products.push_back({0.0, index[0], index[1]});
  }
  for (const Csf& csf : expansion.csfs) {
    for (const CsfTerm& term : csf.terms) {
      result.products[static_cast<std::size_t>(term.determinant)].coefficient +=
          csf.coefficient * term.weight;
    }
  }
  return result;
}

}  // namespace markhor
