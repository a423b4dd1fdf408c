// The table of wave-function factors, and the wave function a deck asks for.
#pragma once

#include <Eigen/Dense>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/determinants.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/jastrow_radial.hpp"
#include "wavefunction/jastrow_three_body.hpp"
#include "wavefunction/options.hpp"
#include "wavefunction/parameters.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

// The Jastrow factor's numbers. One function or coefficient set per nucleus.
struct JastrowParameters {
  RadialJastrow electron_electron;
  RadialJastrow parallel;  // added for pairs of electrons of equal spin; first = pade = 0
  std::vector<RadialJastrow> electron_nucleus;
  ThreeBodyJastrow three_body;
  ThreeBodyJastrow parallel_three_body;  // added for pairs of electrons of equal spin
};

// Everything that defines a trial wave function; a value that can be stored and sent to ranks.
struct TrialWaveFunction {
  Molecule molecule;
  BasisSet basis;
  // Basis functions x orbitals. Without an expansion the electrons of a spin occupy its first ones;
  // the others serve orbital optimization.
  Eigen::MatrixXd up, down;
  bool restricted = false;  // up and down are the same orbitals and stay so
  // Symmetry label of each orbital (equal ones may mix); empty: any may.
  std::vector<int> up_symmetry, down_symmetry;
  DeterminantExpansion expansion;  // no CSF: one determinant
  // Class of symmetry-equivalent nuclei of each nucleus, numbered by first occurrence.
  std::vector<int> atom_classes;
  std::vector<double> cusp_radii;  // cusp_correction.hpp; empty: no correction
  WaveFunctionOptions options;
  JastrowParameters jastrow;
};

// Fills what follows from molecule, basis, occupied orbitals and options: atom classes and cusp
// radii. Once, when the wave function is made: its optimization keeps them.
void complete_trial(TrialWaveFunction& trial);

struct FactorKind {
  std::string name;  // word of `[wavefunction] jastrow` for the optional ones
  bool optional = false;
  std::string help;
  // The factor; it differentiates the selected parameters. Null if none are selected and the
  // factor is 1 everywhere: it is left out of the product.
  std::function<std::unique_ptr<Factor>(const TrialWaveFunction&, const ParameterSelection&)> make;
  // The selected parameters of this factor, in the order of Factor::parameter_derivatives.
  std::function<std::vector<Parameter>(const TrialWaveFunction&, const ParameterSelection&)>
      parameters;
  // Adds a step (as long as the list above) to the parameters. Returns why the result is no
  // acceptable wave function, or nothing.
  std::function<std::optional<std::string>(TrialWaveFunction&, const ParameterSelection&,
                                           const Eigen::VectorXd& step)>
      change;
};

// Every kind of factor there is. A new kind is one more row; its contract test comes with it.
const std::vector<FactorKind>& factor_kinds();

// Product of the kinds that are not optional and those named in trial.options.jastrow. Throws
// InputError for a name that is not in the table.
WaveFunction make_wave_function(const TrialWaveFunction& trial,
                                const ParameterSelection& selection = {});

// The selected parameters of all factors, in the order of WaveFunction::parameter_derivatives.
std::vector<Parameter> selected_parameters(const TrialWaveFunction& trial,
                                           const ParameterSelection& selection);

// Selected kinds of which the wave function has no parameter.
std::vector<ParameterKind> missing_kinds(const TrialWaveFunction& trial,
                                         const ParameterSelection& selection);

// Adds a step to the selected parameters; returns why the result is not acceptable, or nothing.
std::optional<std::string> change_parameters(TrialWaveFunction& trial,
                                             const ParameterSelection& selection,
                                             const Eigen::VectorXd& step);

}  // namespace markhor
