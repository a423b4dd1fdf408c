#include "molecule/equivalent_atoms.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

constexpr double tolerance = 1e-6;

struct Neighbour {
  int atomic_number = 0;
  double distance = 0.0;  // bohr
};

// What an atom sees: the others by element, then distance.
std::vector<Neighbour> surroundings(const Molecule& molecule, std::size_t atom) {
  const std::array<double, 3>& here = molecule.atoms[atom].position;
  std::vector<Neighbour> result;
  for (std::size_t other = 0; other < molecule.atoms.size(); ++other) {
    if (other == atom) continue;
    const std::array<double, 3>& there = molecule.atoms[other].position;
    result.push_back({molecule.atoms[other].atomic_number,
                      std::hypot(there[0] - here[0], there[1] - here[1], there[2] - here[2])});
  }
  std::sort(result.begin(), result.end(), [](const Neighbour& a, const Neighbour& b) {
    if (a.atomic_number != b.atomic_number) return a.atomic_number < b.atomic_number;
    return a.distance < b.distance;
  });
  return result;
}

// Distances that differ by rounding only may sort in either order, which does not matter: the lists
// are compared place by place with the tolerance.
bool alike(const std::vector<Neighbour>& a, const std::vector<Neighbour>& b) {
  return std::equal(
      a.begin(), a.end(), b.begin(), b.end(), [](const Neighbour& x, const Neighbour& y) {
        return x.atomic_number == y.atomic_number &&
               std::abs(x.distance - y.distance) <= tolerance * std::max(1.0, x.distance);
      });
}

}  // namespace

std::vector<int> equivalent_atoms(const Molecule& molecule) {
  struct Class {
    int atomic_number = 0;
    std::vector<Neighbour> surroundings;
  };
  std::vector<Class> classes;
  std::vector<int> result;
  for (std::size_t atom = 0; atom < molecule.atoms.size(); ++atom) {
    Class mine{molecule.atoms[atom].atomic_number, surroundings(molecule, atom)};
    const auto found = std::find_if(classes.begin(), classes.end(), [&](const Class& known) {
      return known.atomic_number == mine.atomic_number &&
             alike(known.surroundings, mine.surroundings);
    });
    result.push_back(static_cast<int>(found - classes.begin()));
    if (found == classes.end()) classes.push_back(std::move(mine));
  }
  return result;
}

}  // namespace markhor
