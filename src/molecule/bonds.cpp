#include "molecule/bonds.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

#include "core/covalent_radius.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

using Pairs = std::vector<std::pair<int, int>>;

double distance(std::span<const double> x, int a, int b) {
  const auto i = 3 * static_cast<std::size_t>(a), j = 3 * static_cast<std::size_t>(b);
  return std::hypot(x[i] - x[j], x[i + 1] - x[j + 1], x[i + 2] - x[j + 2]);
}

std::string names(const Pairs& pairs, const std::vector<int>& numbers) {
  std::string text;
  const auto name = [&numbers](int atom) {
    return element_symbol(numbers[static_cast<std::size_t>(atom)]) + std::to_string(atom + 1);
  };
  for (const auto& [a, b] : pairs) text += (text.empty() ? "" : " ") + name(a) + "-" + name(b);
  return text;
}

Pairs only_in(const Pairs& these, const Pairs& those) {
  Pairs result;
  std::set_difference(these.begin(), these.end(), those.begin(), those.end(),
                      std::back_inserter(result));
  return result;
}

}  // namespace

Pairs bonds(const std::vector<int>& atomic_numbers, std::span<const double> positions) {
  constexpr double stretch = 1.3;
  Pairs pairs;
  const auto atoms = static_cast<int>(atomic_numbers.size());
  for (int a = 0; a < atoms; ++a) {
    for (int b = a + 1; b < atoms; ++b) {
      const double longest =
          stretch * (covalent_radius(atomic_numbers[static_cast<std::size_t>(a)]) +
                     covalent_radius(atomic_numbers[static_cast<std::size_t>(b)]));
      if (distance(positions, a, b) < longest) pairs.emplace_back(a, b);
    }
  }
  return pairs;
}

std::string bond_changes(const std::vector<int>& atomic_numbers, std::span<const double> first,
                         std::span<const double> second) {
  const Pairs before = bonds(atomic_numbers, first), after = bonds(atomic_numbers, second);
  const Pairs broken = only_in(before, after), made = only_in(after, before);
  if (broken.empty() && made.empty()) return "the same bonds";
  std::string text;
  if (!broken.empty()) text = "breaks " + names(broken, atomic_numbers);
  if (!made.empty()) text += (text.empty() ? "makes " : ", makes ") + names(made, atomic_numbers);
  return text;
}

}  // namespace markhor
