#include "montecarlo/estimators/dipole.hpp"

namespace markhor {

Dipole::Dipole(const Molecule& molecule) : electrons_(molecule.electrons()) {
  for (const Atom& atom : molecule.atoms) {
    for (std::size_t d = 0; d < 3; ++d) nuclear_[d] += atom.atomic_number * atom.position[d];
  }
}

std::vector<Quantity> Dipole::quantities() const {
  return {{"dipole_x", "e bohr", "dipole moment about the origin, x"},
          {"dipole_y", "e bohr", "dipole moment about the origin, y"},
          {"dipole_z", "e bohr", "dipole moment about the origin, z"}};
}

void Dipole::measure(const Sample& sample, Lanes* values) const {
  for (int d = 0; d < 3; ++d) {
    Lanes sum(nuclear_[static_cast<std::size_t>(d)]);
    for (int e = 0; e < electrons_; ++e) sum -= sample.positions[3 * e + d];
    values[d] = sum;
  }
}

}  // namespace markhor
