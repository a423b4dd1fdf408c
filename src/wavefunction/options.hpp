// What a deck says about the trial wave function.
#pragma once

#include <string>
#include <vector>

namespace markhor {

// Values of the Jastrow factor before any optimization (jastrow_start.hpp).
enum class JastrowStart {
  mean_field,  // the electron-nucleus term keeps the density where the orbitals have it
  cusp         // the electron-electron cusp, everything else zero
};

struct WaveFunctionOptions {
  // Names of optional factors of the factory table (factory.hpp): the Jastrow terms.
  std::vector<std::string> jastrow = {"ee", "en"};
  // Gives the orbitals of all-electron nuclei their cusp (cusp_correction.hpp).
  bool cusp_correction = true;
  JastrowStart jastrow_start = JastrowStart::mean_field;
  int three_body_order = 4;  // of the electron-electron-nucleus polynomial, 3 ... 7
};

}  // namespace markhor
