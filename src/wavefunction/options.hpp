// What a deck says about the trial wave function.
#pragma once

namespace markhor {

// Terms of the Jastrow factor; each is a wave-function factor of its own.
struct WaveFunctionOptions {
  bool electron_electron = true;
  bool electron_nucleus = true;
  bool electron_electron_nucleus = false;
  // Gives the orbitals of all-electron nuclei their cusp (Ma, Towler, Drummond, Needs 2005).
  bool cusp_correction = true;
};

}  // namespace markhor
