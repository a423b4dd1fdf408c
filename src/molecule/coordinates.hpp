// A molecule's elements and positions in the form that surfaces take them.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "molecule/molecule.hpp"

namespace markhor {

std::vector<int> atomic_numbers(const Molecule& molecule);

Eigen::VectorXd positions_of(const Molecule& molecule);  // 3n, bohr
// Throws std::invalid_argument unless there are 3n.
void set_positions(Molecule& molecule, const Eigen::VectorXd& positions);

}  // namespace markhor
