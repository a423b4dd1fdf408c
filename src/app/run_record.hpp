// Everything a run has come to know so far; what the result file holds.
#pragma once

#include <optional>
#include <string>

#include "app/provenance.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"
#include "montecarlo/vmc.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

// The SCF stage with what its report needs besides the result.
struct ScfRecord {
  std::string method, basis;  // "rhf", "cc-pVTZ"
  int functions = 0;          // basis functions
  int up = 0, down = 0;       // electrons
  double seconds = 0.0;
  ScfResult result;
};

struct RunRecord {
  std::string deck_text, resolved_deck;
  std::uint64_t seed = 0;
  Provenance provenance;
  Molecule molecule;
  BasisSet basis;
  std::optional<ScfRecord> scf;
  std::optional<TrialWaveFunction> wave_function;
  std::optional<VmcResult> vmc;
};

}  // namespace markhor
