#include "molecule/bonds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>

#include "core/units.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

using Pairs = std::vector<std::pair<int, int>>;

// Cordero et al., table 2, angstrom; the low-spin ones of Mn, Fe and Co, sp3 carbon.
constexpr std::array<double, 86> radii = {
    0.31, 0.28, 1.28, 0.96, 0.84, 0.76, 0.71, 0.66, 0.57, 0.58, 1.66, 1.41, 1.21, 1.11, 1.07,
    1.05, 1.02, 1.06, 2.03, 1.76, 1.70, 1.60, 1.53, 1.39, 1.39, 1.32, 1.26, 1.24, 1.32, 1.22,
    1.22, 1.20, 1.19, 1.20, 1.20, 1.16, 2.20, 1.95, 1.90, 1.75, 1.64, 1.54, 1.47, 1.46, 1.42,
    1.39, 1.45, 1.44, 1.42, 1.39, 1.39, 1.38, 1.39, 1.40, 2.44, 2.15, 2.07, 2.04, 2.03, 2.01,
    1.99, 1.98, 1.98, 1.96, 1.94, 1.92, 1.92, 1.89, 1.90, 1.87, 1.87, 1.75, 1.70, 1.62, 1.51,
    1.44, 1.41, 1.36, 1.36, 1.32, 1.45, 1.46, 1.48, 1.40, 1.50, 1.50};

double radius(int atomic_number) {
  const auto last = static_cast<int>(radii.size());
  return units::bohr_per_angstrom *
         radii[static_cast<std::size_t>(std::clamp(atomic_number, 1, last) - 1)];
}

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
      const double longest = stretch * (radius(atomic_numbers[static_cast<std::size_t>(a)]) +
                                        radius(atomic_numbers[static_cast<std::size_t>(b)]));
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
