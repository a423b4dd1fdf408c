// A checked deck as the options of the rooms. Nothing below app ever sees a deck.
#pragma once

#include <string>
#include <vector>

#include "core/errors.hpp"
#include "io/deck.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_library.hpp"
#include "molecule/geometry.hpp"
#include "montecarlo/vmc.hpp"
#include "wavefunction/options.hpp"

namespace markhor {

struct OutputOptions {
  std::string file;
  bool overwrite = false;
  Place place;  // of `file`, or the deck
};

struct Settings {
  bool runs_scf = false, runs_wave_function = false, runs_vmc = false;
  ScfOptions scf;
  WaveFunctionOptions wave_function;
  VmcOptions vmc;
  OutputOptions output;
  std::vector<std::string> notes;  // what the user should know about how values were taken
};

// Pure: reads no file, so that every rank gets the same settings from the same deck text. Faults:
// keys that contradict each other, and a deck without a stage.
Settings make_settings(const Deck& deck, Faults& faults);

// The files the deck names; on the root only.
struct CalculationInput {
  Molecule molecule;
  BasisSet basis;
};

// Faults: everything wrong with geometry, charge, multiplicity and basis set.
CalculationInput read_input(const Deck& deck, Faults& faults);

// Faults: a folder that is missing or cannot be written to, a file that exists and is to be kept,
// one of the deck's own input files.
void check_output(const OutputOptions& output, const Deck& deck, Faults& faults);

std::string method_name(ScfMethod method);  // "rhf", ...

}  // namespace markhor
