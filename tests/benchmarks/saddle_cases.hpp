// Guesses of reactions' transition states, as published benchmarks of saddle searches give them.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "molecule/molecule.hpp"

namespace markhor::benchmarks {

struct SaddleCase {
  std::string id, formula;  // "s_035", "C3H6O2"
  std::string path;         // of the geometry within the folder: "singlets/035"
  Molecule molecule;        // bohr
};

// All NAME.xyz in the sub-folders of a folder (angstrom; comment line: id=, charge=, multiplicity=,
// formula=), the smallest first. Throws InputError for a malformed file.
std::vector<SaddleCase> read_saddle_cases(const std::string& folder);

struct SaddleStart {
  Eigen::VectorXd positions;  // 3n, bohr
  Eigen::VectorXd direction;  // 3n, unit vector; empty: none
};

// Without a folder of starts the case's own geometry; otherwise that of SUBFOLDER/NAME.txt in it:
// lines of symbol, x y z in angstrom, and a direction of any length; `#` opens a comment line.
// Throws InputError if it does not belong to the case.
SaddleStart start_of(const SaddleCase& one, const std::string& folder_of_starts);

}  // namespace markhor::benchmarks
