// What a deck says about the trial wave function.
#pragma once

#include <string>
#include <vector>

namespace markhor {

struct WaveFunctionOptions {
  // Names of optional factors of the factory table (factory.hpp): the Jastrow terms.
  std::vector<std::string> jastrow = {"ee", "en"};
  // Gives the orbitals of all-electron nuclei their cusp (cusp_correction.hpp).
  bool cusp_correction = true;
};

}  // namespace markhor
