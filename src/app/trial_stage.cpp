#include "app/trial_stage.hpp"

#include <algorithm>
#include <cmath>
#include <ostream>
#include <utility>

#include "app/checkpoints.hpp"
#include "app/ci_report.hpp"
#include "app/output_file.hpp"
#include "app/trial_record.hpp"
#include "core/errors.hpp"
#include "core/stopwatch.hpp"
#include "meanfield/orbital_symmetry.hpp"
#include "molecule/determinant_file.hpp"
#include "wavefunction/jastrow_start.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// What differs between the molecule of a deck and that of a file; empty: nothing.
std::string difference(const Molecule& here, const Molecule& there) {
  constexpr double tolerance = 1e-6;  // bohr
  if (here.atoms.size() != there.atoms.size()) {
    return std::to_string(there.atoms.size()) + " atoms, the deck " +
           std::to_string(here.atoms.size());
  }
  for (std::size_t a = 0; a < here.atoms.size(); ++a) {
    bool same = here.atoms[a].atomic_number == there.atoms[a].atomic_number;
    for (std::size_t k = 0; k < 3; ++k) {
      same &= std::abs(here.atoms[a].position[k] - there.atoms[a].position[k]) <= tolerance;
    }
    if (!same) return "another atom " + std::to_string(a + 1) + " or another place for it";
  }
  if (here.charge != there.charge) {
    return "charge " + std::to_string(there.charge) + ", the deck " + std::to_string(here.charge);
  }
  if (here.multiplicity != there.multiplicity) {
    return "multiplicity " + std::to_string(there.multiplicity) + ", the deck " +
           std::to_string(here.multiplicity);
  }
  return "";
}

// A polynomial of higher order: the terms of a lower one come first and keep their cusps.
void raise_order(ThreeBodyJastrow& jastrow, int order) {
  const auto terms = static_cast<Eigen::Index>(three_body_terms(order).size());
  jastrow.order = order;
  for (Eigen::VectorXd& coefficients : jastrow.coefficients) {
    const Eigen::Index had = coefficients.size();
    coefficients.conservativeResize(terms);
    coefficients.tail(terms - had).setZero();
  }
}

// The deck's terms, those that the file lacks with starting values.
void choose_terms(TrialWaveFunction& trial, const Settings& settings) {
  if (!settings.determinants.jastrow_given) return;
  const JastrowParameters start = starting_jastrow(trial.molecule, settings.wave_function);
  const std::vector<std::string>& had = trial.options.jastrow;
  if (!contains(had, "ee")) trial.jastrow.electron_electron = start.electron_electron;
  if (!contains(had, "ee_parallel")) trial.jastrow.parallel = start.parallel;
  if (!contains(had, "en")) trial.jastrow.electron_nucleus = start.electron_nucleus;
  if (!contains(had, "een")) trial.jastrow.three_body = start.three_body;
  if (!contains(had, "een_parallel")) {
    trial.jastrow.parallel_three_body = start.parallel_three_body;
    const int order = trial.jastrow.three_body.order;
    if (order > start.parallel_three_body.order) {
      raise_order(trial.jastrow.parallel_three_body, order);
    }
  }
  trial.options.jastrow = settings.wave_function.jastrow;
}

void choose_order(const Deck& deck, const Settings& settings, TrialWaveFunction& trial,
                  Faults& faults) {
  ThreeBodyJastrow& jastrow = trial.jastrow.three_body;
  const int order = settings.wave_function.three_body_order;
  if (!deck.has_value("wavefunction", "een_order") || order == jastrow.order) return;
  if (order < jastrow.order) {
    faults.add(deck.place("wavefunction", "een_order"),
               "een_order = " + std::to_string(order) + " is less than that of the imported " +
                   "wave function, " + std::to_string(jastrow.order) + "; it can only be raised");
    return;
  }
  raise_order(jastrow, order);
  raise_order(trial.jastrow.parallel_three_body, order);
}

// Options of the deck that the file has decided.
void check_against_file(const Deck& deck, const Settings& settings, const TrialWaveFunction& trial,
                        Faults& faults) {
  const std::string& file = settings.determinants.import;
  if (deck.is_given("basis", "set") && deck.text("basis", "set") != trial.basis.name) {
    faults.add(deck.place("basis", "set"), "the wave function in " + file + " has the basis set " +
                                               trial.basis.name + ", the deck " +
                                               deck.text("basis", "set") +
                                               "; leave 'set' out, or import another file");
  }
  if (deck.word("basis", "cartesian") != "auto") {
    faults.add(deck.place("basis", "cartesian"),
               "the basis functions come from " + file + "; leave 'cartesian' out");
  }
  if (deck.has_value("wavefunction", "cusp_correction") &&
      settings.wave_function.cusp_correction != trial.options.cusp_correction) {
    faults.add(deck.place("wavefunction", "cusp_correction"),
               "the wave function in " + file + " was made " +
                   (trial.options.cusp_correction ? "with" : "without") +
                   " cusp correction, which cannot be changed; leave 'cusp_correction' out");
  }
}

void check_parameters(const Deck& deck, const Settings& settings, const TrialWaveFunction& trial,
                      Faults& faults) {
  if (!settings.runs_optimize) return;
  const Place place = deck.place("optimize", "parameters");
  const ParameterSelection& selection = settings.optimize.parameters;
  if (selection.ci && trial.expansion.csfs.size() < 2) {
    faults.add(place, "parameters = ci needs several determinants, but the wave function in " +
                          settings.determinants.import + " has one");
  }
  if (selection.jastrow && !settings.determinants.jastrow_given && trial.options.jastrow.empty()) {
    faults.add(place, "parameters = jastrow needs a Jastrow factor, but the wave function in " +
                          settings.determinants.import + " has none; 'jastrow' adds terms");
  }
}

// On the root: the orbitals become natural orbitals.
void run_active_space(const Settings& settings, RunRecord& record, TrialWaveFunction& trial,
                      std::ostream& out) {
  const Stopwatch watch;
  const CiOptions& options = *settings.determinants.ci;
  CiRecord ci;
  ci.space = options.space;
  ci.threshold = options.threshold;
  ci.result = run_ci(record.molecule, record.basis, record.scf->result.orbitals, options);
  trial.up = trial.down = std::exchange(ci.result.orbitals, {});
  trial.expansion = std::exchange(ci.result.expansion, {});
  ci.configurations = static_cast<int>(trial.expansion.csfs.size());
  ci.determinants = static_cast<int>(trial.expansion.determinants.size());
  ci.seconds = watch.seconds();
  record.ci = std::move(ci);
  out << '\n';
  report_ci(out, *record.ci);
  out.flush();
  if (!record.ci->result.converged) {
    record.next_stage.clear();
    write_output(record, settings.output.file);
    throw CalculationError("configuration interaction: " + record.ci->result.status);
  }
}

void read_determinants(const Settings& settings, TrialWaveFunction& trial) {
  Faults faults;
  const auto orbitals = static_cast<int>(std::min(trial.up.cols(), trial.down.cols()));
  trial.expansion = read_determinant_file(settings.determinants.determinant_file, trial.molecule,
                                          orbitals, faults);
  faults.throw_if_any();
}

// One determinant of the first orbitals needs no expansion, and is faster without.
bool is_plain(const DeterminantExpansion& expansion) {
  if (expansion.determinants.size() != 1) return false;
  const auto first_ones = [](const std::vector<int>& occupied) {
    return occupied.empty() || occupied.back() == static_cast<int>(occupied.size()) - 1;
  };
  return first_ones(expansion.determinants[0].up) && first_ones(expansion.determinants[0].down);
}

TrialWaveFunction new_trial(const Settings& settings, RunRecord& record, std::ostream& out) {
  MolecularOrbitals& orbitals = record.scf->result.orbitals;
  align_degenerate_orbitals(record.molecule, record.basis, orbitals);
  TrialWaveFunction trial;
  trial.molecule = record.molecule;
  trial.basis = record.basis;
  trial.up = orbitals.up;
  trial.down = orbitals.down;
  trial.restricted = settings.scf.method != ScfMethod::uhf;
  trial.options = settings.wave_function;
  if (settings.determinants.ci) run_active_space(settings, record, trial, out);
  if (!settings.determinants.determinant_file.empty()) read_determinants(settings, trial);
  if (is_plain(trial.expansion)) trial.expansion = {};
  trial.up_symmetry = symmetry_blocks(trial.molecule, trial.basis, trial.up);
  trial.down_symmetry = trial.restricted ? trial.up_symmetry
                                         : symmetry_blocks(trial.molecule, trial.basis, trial.down);
  trial.jastrow = starting_jastrow(record.molecule, settings.wave_function);
  complete_trial(trial);
  return trial;
}

}  // namespace

TrialWaveFunction import_trial(const Deck& deck, const Settings& settings, const Molecule* molecule,
                               Faults& faults) {
  const std::string& file = settings.determinants.import;
  TrialWaveFunction trial;
  try {
    trial = read_trial(Hdf5Reader(file, schema_version), file);
  } catch (const InputError& error) {
    faults.add(error);
    return trial;
  }
  if (molecule != nullptr) {
    const std::string other = difference(*molecule, trial.molecule);
    if (!other.empty()) {
      faults.add(deck.place("wavefunction", "import"),
                 "the wave function in " + file + " is of another molecule: it has " + other);
      return trial;
    }
    trial.molecule = *molecule;
  }
  check_against_file(deck, settings, trial, faults);
  check_parameters(deck, settings, trial, faults);
  choose_terms(trial, settings);
  choose_order(deck, settings, trial, faults);
  return trial;
}

void run_trial_stage(const Settings& settings, RunRecord& record, std::ostream& out) {
  if (record.wave_function) {
    out << "\nThe wave function comes from " << settings.determinants.import
        << "; Hartree-Fock is not run\n"
        << std::flush;
  } else {
    record.wave_function = new_trial(settings, record, out);
  }
  record.next_stage = stage_after(settings, "wavefunction");
  write_output(record, settings.output.file);
}

void check_parameter_kinds(const TrialWaveFunction& trial, const ParameterSelection& selection) {
  for (const ParameterKind kind : missing_kinds(trial, selection)) {
    throw InputError({}, "the wave function has no parameters of the kind '" + kind_name(kind) +
                             "'; leave the word out of 'parameters' of [optimize]");
  }
}

}  // namespace markhor
