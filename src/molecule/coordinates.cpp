#include "molecule/coordinates.hpp"

#include <stdexcept>

namespace markhor {

using Eigen::Index;
using Eigen::VectorXd;

std::vector<int> atomic_numbers(const Molecule& molecule) {
  std::vector<int> numbers;
  for (const Atom& atom : molecule.atoms) numbers.push_back(atom.atomic_number);
  return numbers;
}

VectorXd positions_of(const Molecule& molecule) {
  VectorXd positions(3 * static_cast<Index>(molecule.atoms.size()));
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    positions.segment<3>(3 * static_cast<Index>(a)) =
        Eigen::Vector3d::Map(molecule.atoms[a].position.data());
  }
  return positions;
}

void set_positions(Molecule& molecule, const VectorXd& positions) {
  if (positions.size() != 3 * static_cast<Index>(molecule.atoms.size())) {
    throw std::invalid_argument("positions of all atoms are needed");
  }
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    Eigen::Vector3d::Map(molecule.atoms[a].position.data()) =
        positions.segment<3>(3 * static_cast<Index>(a));
  }
}

}  // namespace markhor
