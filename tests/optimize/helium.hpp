// A helium atom to optimize.
#pragma once

#include <string>
#include <vector>

#include "wavefunction/factory.hpp"

namespace markhor::testing {

// RHF orbitals in a basis set that is shipped; the starting Jastrow of these terms.
TrialWaveFunction helium(const std::string& basis, const std::vector<std::string>& jastrow);

}  // namespace markhor::testing
