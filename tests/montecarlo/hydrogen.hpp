// The hydrogen atom with its exact orbital, exp(-r)/sqrt(pi), as one Slater function.
#pragma once

#include <cmath>

#include "wavefunction/factory.hpp"

namespace markhor::testing {

inline TrialWaveFunction exact_hydrogen() {
  TrialWaveFunction trial;
  trial.molecule.atoms = {{1, {0.0, 0.0, 0.0}}};
  trial.molecule.multiplicity = 2;
  trial.basis.shells = {{0, 0, false, {1.0}, {1.0 / std::sqrt(3.14159265358979323846)}, {0}}};
  trial.up = Eigen::MatrixXd::Ones(1, 1);
  trial.down = Eigen::MatrixXd::Zero(1, 0);
  trial.options = {{}, true};  // a Slater function needs no cusp correction and gets none
  return trial;
}

// The same with another exponent: of energies that are all equal a comparison would show nothing.
inline TrialWaveFunction approximate_hydrogen() {
  TrialWaveFunction trial = exact_hydrogen();
  trial.basis.shells[0].exponents[0] = 0.8;
  return trial;
}

}  // namespace markhor::testing
