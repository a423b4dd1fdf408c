// The table of wave-function factors, and the wave function a deck asks for.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/jastrow_radial.hpp"
#include "wavefunction/jastrow_three_body.hpp"
#include "wavefunction/options.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

// The Jastrow factor's numbers. One function or coefficient set per nucleus.
struct JastrowParameters {
  RadialJastrow electron_electron;
  std::vector<RadialJastrow> electron_nucleus;
  ThreeBodyJastrow three_body;
};

// Everything that defines a trial wave function; a value that can be stored and sent to ranks.
struct TrialWaveFunction {
  Molecule molecule;
  BasisSet basis;
  Eigen::MatrixXd up, down;  // basis functions x occupied orbitals of that spin
  WaveFunctionOptions options;
  JastrowParameters jastrow;
};

struct FactorKind {
  std::string name;  // word of `[wavefunction] jastrow` for the optional ones
  bool optional = false;
  std::string help;
  std::function<std::unique_ptr<Factor>(const TrialWaveFunction&)> make;
};

// Every kind of factor there is. A new kind is one more row; its contract test comes with it.
const std::vector<FactorKind>& factor_kinds();

// Product of the kinds that are not optional and those named in trial.options.jastrow. Throws
// InputError for a name that is not in the table.
WaveFunction make_wave_function(const TrialWaveFunction& trial);

}  // namespace markhor
