#include "molecule/molecule.hpp"

#include <cmath>

namespace markhor {

int Molecule::electrons() const {
  int count = -charge;
  for (const Atom& atom : atoms) count += atom.atomic_number;
  return count;
}

int Molecule::up_electrons() const { return (electrons() + multiplicity - 1) / 2; }

int Molecule::down_electrons() const { return (electrons() - multiplicity + 1) / 2; }

double Molecule::nuclear_repulsion() const {
  double sum = 0.0;
  for (std::size_t i = 0; i < atoms.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      const auto& a = atoms[i].position;
      const auto& b = atoms[j].position;
      const double distance = std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
      sum += atoms[i].atomic_number * atoms[j].atomic_number / distance;
    }
  }
  return sum;
}

}  // namespace markhor
