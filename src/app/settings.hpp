// A checked deck as the options of the rooms. Nothing below app ever sees a deck.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/errors.hpp"
#include "engine/factory.hpp"
#include "io/deck.hpp"
#include "meanfield/ci.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "molecule/geometry.hpp"
#include "montecarlo/dmc.hpp"
#include "montecarlo/vmc.hpp"
#include "optimize/optimize.hpp"
#include "saddle/saddle_search.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

struct OutputOptions {
  std::string file;
  bool overwrite = false;
  Place place;  // of `file`, or the deck
};

// Durations in seconds.
struct RunOptions {
  std::optional<double> wall_time;  // of this part of the run
  double checkpoint_interval = 600.0;
};

// Where the determinants of the trial wave function come from; nothing given: one determinant of
// the Hartree-Fock orbitals.
struct DeterminantSource {
  std::optional<CiOptions> ci;   // an active space
  std::string determinant_file;  // a path, or empty
  std::string import;            // a result file whose wave function is taken over, or empty
  // The deck gives terms for the Jastrow factor, which then replace those of an imported one.
  bool jastrow_given = false;
};

// The options lack what files and engines give: frozen flags, direction, prior.
struct SaddleSettings {
  SaddleOptions options;
  std::vector<int> frozen;  // numbers of atoms, from 1
  bool xtb_prior = false;
};

struct Settings {
  bool runs_scf = false, runs_wave_function = false, runs_optimize = false, runs_vmc = false,
       runs_dmc = false, runs_saddle = false;
  ScfOptions scf;
  DeterminantSource determinants;
  WaveFunctionOptions wave_function;
  OptimizeOptions optimize;
  VmcOptions vmc;
  DmcOptions dmc;
  SurfaceOptions surface;
  SaddleSettings saddle;
  OutputOptions output;
  RunOptions run;
  std::vector<std::string> notes;  // what the user should know about how values were taken
};

// Stages other than a saddle search, whose engine may do without.
bool needs_basis(const Settings& settings);
bool needs_electrons(const Settings& settings);

// One flag an atom, for numbers from 1; empty if there are none.
std::vector<bool> frozen_flags(const std::vector<int>& frozen, std::size_t atoms);

// Pure: reads no file, so that every rank gets the same settings from the same deck text. Faults:
// keys that contradict each other, and a deck without a stage.
Settings make_settings(const Deck& deck, Faults& faults);

// The files the deck names; on the root only.
struct CalculationInput {
  Molecule molecule;
  BasisSet basis;
  std::optional<TrialWaveFunction> imported;
  Eigen::VectorXd direction;  // 3n, that a saddle search climbs at first; empty: not given
};

// Faults: everything wrong with geometry, charge, multiplicity, basis set, active space, a
// determinant file and a file to import from.
CalculationInput read_input(const Deck& deck, const Settings& settings, Faults& faults);

// Faults: a folder that is missing or cannot be written to, a file that exists and is to be kept,
// one of the deck's own input files.
void check_output(const Settings& settings, const Deck& deck, Faults& faults);

std::string method_name(ScfMethod method);                         // "rhf", ...
std::string parameter_words(const ParameterSelection& selection);  // "jastrow ci"

}  // namespace markhor
