// What a run is about to do, in a few lines.
#pragma once

#include <string>

#include "app/settings.hpp"

namespace markhor {

std::string formula(const Molecule& molecule);  // "H2O", in Hill's order
std::string molecule_line(const Molecule& molecule);
std::string basis_line(const BasisSet& basis);
std::string stages_line(const Settings& settings, const CalculationInput& input);

// Estimates of what the stages need beyond a few tens of megabytes for the program itself.
std::string memory_line(const Settings& settings, const CalculationInput& input);

}  // namespace markhor
