#include "gp/features.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace markhor {

namespace {

// Elements of a pair, the lighter first.
std::array<int, 2> elements_of(const std::array<int, 2>& pair,
                               const std::vector<int>& atomic_numbers) {
  const auto [low, high] =
      std::minmax(atomic_numbers[std::size_t(pair[0])], atomic_numbers[std::size_t(pair[1])]);
  return {low, high};
}

// Types in the order of the elements, so that the order of the atoms does not matter.
void assign_types(FeatureMap& features, const std::vector<int>& atomic_numbers) {
  std::map<std::array<int, 2>, int> types;
  for (const auto& pair : features.pairs) types[elements_of(pair, atomic_numbers)] = 0;
  features.types = 0;
  for (auto& [elements, type] : types) type = features.types++;
  for (const auto& pair : features.pairs) {
    features.pair_types.push_back(types[elements_of(pair, atomic_numbers)]);
  }
}

}  // namespace

FeatureMap make_features(const std::vector<int>& atomic_numbers, const std::vector<bool>& frozen,
                         bool invariant) {
  if (!frozen.empty() && frozen.size() != atomic_numbers.size()) {
    throw std::invalid_argument("make_features: as many flags as particles, or none");
  }
  const auto moves = [&](int i) { return frozen.empty() || !frozen[std::size_t(i)]; };
  const int particles = int(atomic_numbers.size());
  FeatureMap features;
  for (int i = 0; i < particles; ++i) {
    if (!moves(i)) continue;
    for (int axis = 0; axis < 3; ++axis) features.moving.push_back(3 * i + axis);
  }
  if (!invariant || particles < 2) return features;
  for (int i = 0; i < particles; ++i) {
    for (int j = i + 1; j < particles; ++j) {
      if (moves(i) || moves(j)) features.pairs.push_back({i, j});
    }
  }
  if (!features.pairs.empty()) assign_types(features, atomic_numbers);
  return features;
}

}  // namespace markhor
