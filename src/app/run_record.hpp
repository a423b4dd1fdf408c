// Everything a run has come to know so far; what the result file holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/provenance.hpp"
#include "meanfield/ci.hpp"
#include "meanfield/scf.hpp"
#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"
#include "montecarlo/dmc.hpp"
#include "montecarlo/vmc.hpp"
#include "optimize/optimize.hpp"
#include "saddle/saddle_search.hpp"
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

// Configuration interaction in an active space. The result's orbitals and expansion are not kept:
// they are the trial wave function's.
struct CiRecord {
  ActiveSpace space;
  double threshold = 0.0;
  int configurations = 0, determinants = 0;  // of the expansion
  double seconds = 0.0;
  CiResult result;
};

// The optimization so far. The result's best wave function is not kept: it is the record's.
struct OptimizeRecord {
  bool finished = false;           // false: only the iterations are there
  std::string kinds;               // of the parameters: "jastrow ci"
  std::vector<std::string> names;  // of each parameter
  OptimizeResult result;
};

// There from the start of a run with a saddle search.
struct SaddleRecord {
  bool finished = false;      // false: no result yet
  std::string engine;         // "hf"
  Eigen::VectorXd guess;      // 3n, bohr
  Eigen::VectorXd direction;  // 3n, that is climbed at first; empty: the method looks for it
  SaddleResult result;
};

// A saddle search under way: what it has paid for. It goes the same way again from the start.
struct SaddleState {
  std::vector<SurfaceCall> calls;
};

struct RunRecord {
  std::string deck_text, resolved_deck;
  // The stage that is under way or comes next; empty: nothing is left to do. While there is one the
  // file has a /checkpoint.
  std::string next_stage;
  std::uint64_t seed = 0;
  Provenance provenance;
  Molecule molecule;
  BasisSet basis;
  std::optional<ScfRecord> scf;
  std::optional<CiRecord> ci;
  // Imported from the start, or made by the wave-function stage; the best one so far.
  std::optional<TrialWaveFunction> wave_function;
  std::optional<OptimizeRecord> optimize;
  std::optional<VmcResult> vmc;
  std::optional<DmcResult> dmc;
  std::optional<SaddleRecord> saddle;
};

}  // namespace markhor
