#include "meanfield/csf.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <utility>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double rounding = 1e-10;         // CSF coefficients
constexpr double weight_rounding = 1e-14;  // weights within a CSF

// Twice the spin after each electron of a path of the branching diagram.
using Path = std::vector<int>;

void extend_paths(Path& path, int electrons, int twice_spin, std::vector<Path>& paths) {
  const int spin = path.empty() ? 0 : path.back();
  const int left = electrons - static_cast<int>(path.size());
  if (left == 0) {
    if (spin == twice_spin) paths.push_back(path);
    return;
  }
  if (std::abs(spin - twice_spin) > left) return;
  for (const int step : {1, -1}) {
    if (spin + step < 0) continue;
    path.push_back(spin + step);
    extend_paths(path, electrons, twice_spin, paths);
    path.pop_back();
  }
}

// The overlap of a path's function with a product of spins: a product of Clebsch-Gordan
// coefficients, one for each electron that is coupled on.
double path_weight(const Path& path, Occupation pattern) {
  double weight = 1.0;
  int before = 0, m = 0;  // twice S before, twice M after the electron
  for (std::size_t k = 0; k < path.size(); ++k) {
    const int s = path[k];
    const int spin = (pattern & bit(static_cast<int>(k))) != 0 ? 1 : -1;
    m += spin;
    if (std::abs(m) > s) return 0.0;
    if (s > before) {
      weight *= std::sqrt((s + spin * m) / (2.0 * s));
    } else {
      weight *= -spin * std::sqrt((s + 2 - spin * m) / (2.0 * (s + 2)));
    }
    before = s;
  }
  return weight;
}

// Pattern bits put on the orbitals of the open shells.
Occupation deposit(Occupation pattern, Occupation open) {
  Occupation result = 0;
  for (; open != 0; open &= open - 1, pattern >>= 1) {
    if ((pattern & 1) != 0) result |= open & (~open + 1);
  }
  return result;
}

// The sign of moving all ups to the left of all downs where a doubly occupied orbital has its up
// before its down.
int ordering_sign(Occupation up, Occupation down) {
  int sign = 1;
  for (const int p : orbitals_of(up)) sign *= parity(down & below(p));
  return sign;
}

std::vector<int> with_core(Occupation string, int core_orbitals) {
  std::vector<int> result;
  for (int p = 0; p < core_orbitals; ++p) result.push_back(p);
  for (const int p : orbitals_of(string)) result.push_back(core_orbitals + p);
  return result;
}

// A CSF of the vector on its way into the expansion.
struct Found {
  double coefficient = 0.0;
  std::size_t configuration = 0;
  Index function = 0;
};

VectorXd components(const VectorXd& vector, const std::vector<ConfigurationDeterminant>& list) {
  VectorXd result(Index(list.size()));
  for (std::size_t k = 0; k < list.size(); ++k) {
    result[Index(k)] = list[k].sign * vector[list[k].index];
  }
  return result;
}

// By magnitude; equal ones, which differ by rounding, in the order of configurations.
void sort_by_magnitude(std::vector<Found>& found) {
  const auto magnitude = [](const Found& f) { return std::llround(std::abs(f.coefficient) * 1e7); };
  std::stable_sort(found.begin(), found.end(),
                   [&](const Found& a, const Found& b) { return magnitude(a) > magnitude(b); });
}

// numbers: of the determinants that the expansion has, by their index in CI vectors.
void append_csf(const Found& found, const MatrixXd& functions,
                const std::vector<ConfigurationDeterminant>& list, int core_orbitals,
                std::map<Index, int>& numbers, DeterminantExpansion& expansion) {
  Csf csf;
  csf.coefficient = found.coefficient;
  for (std::size_t k = 0; k < list.size(); ++k) {
    const double weight = functions(Index(k), found.function);
    if (std::abs(weight) < weight_rounding) continue;
    const auto [at, is_new] = numbers.try_emplace(list[k].index, static_cast<int>(numbers.size()));
    if (is_new) {
      expansion.determinants.push_back(
          {with_core(list[k].up, core_orbitals), with_core(list[k].down, core_orbitals)});
    }
    csf.terms.push_back({at->second, list[k].sign * weight});
  }
  expansion.csfs.push_back(std::move(csf));
}

}  // namespace

MatrixXd genealogical_functions(int open, int up) {
  std::vector<Path> paths;
  Path path;
  extend_paths(path, open, 2 * up - open, paths);
  const Strings patterns(open, up);
  MatrixXd result(patterns.size(), Index(paths.size()));
  for (Index f = 0; f < result.cols(); ++f) {
    for (int k = 0; k < patterns.size(); ++k) {
      result(k, f) = path_weight(paths[static_cast<std::size_t>(f)], patterns[k]);
    }
  }
  return result;
}

// A configuration is met at the determinant that has the ups in its lowest open shells.
std::vector<Configuration> configurations(const CiSpace& space) {
  std::vector<Configuration> result;
  for (int i = 0; i < space.up().size(); ++i) {
    for (int j = 0; j < space.down().size(); ++j) {
      const Occupation up = space.up()[i], down = space.down()[j];
      const Occupation open_up = up & ~down, open_down = down & ~up;
      if (open_up == 0 || open_down == 0 ||
          static_cast<int>(std::bit_width(open_up)) <= std::countr_zero(open_down)) {
        result.push_back({up & down, up ^ down});
      }
    }
  }
  return result;
}

std::vector<ConfigurationDeterminant> determinants_of(const CiSpace& space,
                                                      const Configuration& configuration) {
  const Strings patterns(std::popcount(configuration.open),
                         space.up().electrons() - std::popcount(configuration.closed));
  std::vector<ConfigurationDeterminant> result;
  for (int k = 0; k < patterns.size(); ++k) {
    const Occupation open_up = deposit(patterns[k], configuration.open);
    const Occupation up = configuration.closed | open_up;
    const Occupation down = configuration.closed | (configuration.open & ~open_up);
    result.push_back(
        {up, down, space.index(up, down), static_cast<double>(ordering_sign(up, down))});
  }
  return result;
}

CsfTable::CsfTable(const CiSpace& space) {
  const int up = space.up().electrons(), down = space.down().electrons();
  for (int closed = down; closed >= std::max(0, up + down - space.orbitals()); --closed) {
    const int open = up + down - 2 * closed;
    by_open_shells_.resize(static_cast<std::size_t>(open + 1));
    by_open_shells_.back() = genealogical_functions(open, up - closed);
  }
}

const MatrixXd& CsfTable::functions(const Configuration& configuration) const {
  return by_open_shells_.at(static_cast<std::size_t>(std::popcount(configuration.open)));
}

double csfs_in(int orbitals, int up, int down) {
  return (up - down + 1.0) / (orbitals + 1.0) * binomial(orbitals + 1, down) *
         binomial(orbitals + 1, up + 1);
}

CsfExpansion csf_expansion(const CiSpace& space, const VectorXd& vector, int core_orbitals,
                           double threshold) {
  const CsfTable table(space);
  const std::vector<Configuration> all = configurations(space);
  std::vector<Found> found;
  double kept = 0.0;
  for (std::size_t k = 0; k < all.size(); ++k) {
    const VectorXd coefficients =
        table.functions(all[k]).transpose() * components(vector, determinants_of(space, all[k]));
    for (Index f = 0; f < coefficients.size(); ++f) {
      const double size = std::abs(coefficients[f]);
      if (size < threshold || size <= rounding) continue;
      found.push_back({coefficients[f], k, f});
      kept += size * size;
    }
  }
  sort_by_magnitude(found);
  CsfExpansion result;
  result.dropped_weight = std::max(0.0, vector.squaredNorm() - kept);
  const double phase = !found.empty() && found.front().coefficient < 0.0 ? -1.0 : 1.0;
  std::map<Index, int> numbers;
  for (Found& f : found) {
    f.coefficient *= phase;
    const Configuration& configuration = all[f.configuration];
    append_csf(f, table.functions(configuration), determinants_of(space, configuration),
               core_orbitals, numbers, result.expansion);
  }
  return result;
}

}  // namespace markhor
