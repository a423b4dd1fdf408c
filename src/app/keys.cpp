#include "app/keys.hpp"

#include <algorithm>
#include <utility>

#include "app/foreign_words.hpp"
#include "app/settings.hpp"
#include "core/text.hpp"
#include "io/number.hpp"
#include "meanfield/ci.hpp"
#include "meanfield/scf.hpp"
#include "molecule/geometry.hpp"
#include "montecarlo/dmc.hpp"
#include "montecarlo/estimators/estimator.hpp"
#include "montecarlo/vmc.hpp"
#include "optimize/factory.hpp"
#include "optimize/optimize.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

namespace {

KeySpec key(std::string section, std::string name, ValueKind kind, std::string default_text,
            std::string help) {
  KeySpec spec;
  spec.section = std::move(section);
  spec.name = std::move(name);
  spec.kind = kind;
  spec.default_text = std::move(default_text);
  spec.help = std::move(help);
  return spec;
}

KeySpec required(KeySpec spec) {
  spec.required = true;
  return spec;
}

KeySpec absent(KeySpec spec, std::string meaning) {
  spec.without = std::move(meaning);
  return spec;
}

KeySpec with_words(KeySpec spec, std::vector<std::string> words) {
  spec.words = std::move(words);
  return spec;
}

KeySpec in_range(KeySpec spec, Range range) {
  spec.range = range;
  return spec;
}

KeySpec in_place_of(KeySpec spec, std::vector<std::string> sections) {
  spec.replaces = std::move(sections);
  return spec;
}

KeySpec in_unit(KeySpec spec, Dimension dimension, std::string unit) {
  spec.dimension = dimension;
  spec.unit = std::move(unit);
  return spec;
}

std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

std::string number_or(const std::optional<double>& value, const std::string& word) {
  return value ? number_text(*value) : word;
}

// What a deck may say of a family of optional kinds, from the family's own table (`kinds` has rows
// with name, optional, help): its words after `none`, and what they mean.
template <class Kinds>
std::vector<std::string> words_of(const Kinds& kinds) {
  std::vector<std::string> words = {"none"};
  for (const auto& kind : kinds) {
    if (kind.optional) words.push_back(kind.name);
  }
  return words;
}

template <class Kinds>
std::string help_of(const std::string& start, const Kinds& kinds) {
  std::string help;
  for (const auto& kind : kinds) {
    if (kind.optional) help += (help.empty() ? ": " : ", ") + kind.name + " (" + kind.help + ")";
  }
  return start + help;
}

std::string list_or_none(const std::vector<std::string>& words) {
  return words.empty() ? "none" : joined(words, " ");
}

KeySpec walkers_key(const std::string& section, int walkers) {
  return in_range(key(section, "walkers", ValueKind::integer, std::to_string(walkers),
                      "number of walkers over all ranks; rounded up to a multiple of 8"),
                  Range{1, 1e8});
}

std::string steps_without_target() { return std::to_string(VmcOptions{}.step_limit()); }

std::vector<SectionSpec> sections() {
  return {
      {"molecule", "Where the nuclei are, and how many electrons.", false, true, {}},
      {"basis", "The basis functions of the orbitals.", false, true, {}},
      {"scf", "Stage: Hartree-Fock orbitals and energy.", true, false, {}},
      {"wavefunction",
       "Stage: the trial wave function, determinants of the Hartree-Fock orbitals times a Jastrow "
       "factor. Brings [scf] with its defaults.",
       true,
       false,
       {"scf"}},
      {"optimize",
       "Stage: optimizes the trial wave function; later stages use the best one. Brings [scf] and "
       "[wavefunction] with their defaults.",
       true,
       false,
       {"scf", "wavefunction"}},
      {"vmc",
       "Stage: variational Monte Carlo energy. Brings [scf] and [wavefunction] with their "
       "defaults.",
       true,
       false,
       {"scf", "wavefunction"}},
      {"dmc",
       "Stage: fixed-node diffusion Monte Carlo energy, at one or several time steps. Brings [scf] "
       "and [wavefunction] with their defaults.",
       true,
       false,
       {"scf", "wavefunction"}},
      {"output", "The result file.", false, true, {}},
      {"run", "What concerns the run as a whole.", false, true, {}},
  };
}

void add_molecule_keys(std::vector<KeySpec>& keys) {
  const MoleculeInput defaults;
  keys.insert(
      keys.end(),
      {absent(
           key("molecule", "geometry", ValueKind::path, "", "XYZ file with the atoms, in angstrom"),
           "the atoms are given as `atom` lines"),
       absent(key("molecule", "atom", ValueKind::lines, "",
                  "an atom, such as `atom = O 0.0 0.0 0.117`; one line for each"),
              "the atoms are in the `geometry` file"),
       with_words(key("molecule", "units", ValueKind::word, "angstrom", "unit of the `atom` lines"),
                  {"angstrom", "bohr"}),
       in_range(key("molecule", "charge", ValueKind::integer, std::to_string(defaults.charge),
                    "total charge of the molecule"),
                Range{-1000, 1000}),
       in_range(key("molecule", "multiplicity", ValueKind::integer,
                    std::to_string(defaults.multiplicity),
                    "spin multiplicity 2S + 1: unpaired electrons plus one"),
                Range{1, 1000})});
}

void add_basis_keys(std::vector<KeySpec>& keys) {
  keys.insert(keys.end(),
              {required(key("basis", "set", ValueKind::text, "",
                            "name of a basis set (cc-pVTZ, 6-31G*, STO-TZP, ...), or a file in "
                            "Gaussian94 or NWChem format or of Slater functions (.sto)")),
               with_words(key("basis", "cartesian", ValueKind::word, "auto",
                              "Cartesian d, f, ... functions instead of spherical ones; auto: as "
                              "the basis set declares"),
                          {"auto", "yes", "no"})});
}

void add_scf_keys(std::vector<KeySpec>& keys) {
  const ScfOptions defaults;
  const double bytes_per_gb = 1e9;
  keys.insert(
      keys.end(),
      {with_words(key("scf", "method", ValueKind::word, "auto",
                      "restricted, unrestricted or restricted open-shell Hartree-Fock; auto: rhf "
                      "for singlets, rohf otherwise"),
                  {"auto", "rhf", "uhf", "rohf"}),
       key("scf", "follow_instability", ValueKind::yes_no, yes_or_no(defaults.follow_instability),
           "test the solution's stability and leave a saddle point for a minimum"),
       in_range(
           in_unit(key("scf", "convergence", ValueKind::real, number_text(defaults.convergence),
                       "largest energy change at convergence; the orbital gradient must fall "
                       "below ten times this"),
                   Dimension::energy, "hartree"),
           between(0, 1)),
       in_range(key("scf", "max_iterations", ValueKind::integer,
                    std::to_string(defaults.max_iterations), "gives up after so many iterations"),
                Range{1, 1e6}),
       in_range(in_unit(key("scf", "memory", ValueKind::real,
                            number_text(defaults.memory_limit / bytes_per_gb) + " gb",
                            "largest memory for stored two-electron integrals; where they need "
                            "more they are recomputed in every iteration"),
                        Dimension::memory, "gb"),
                at_least(0)),
       in_range(key("scf", "threads", ValueKind::integer, std::to_string(defaults.threads),
                    "threads of the first rank that compute two-electron integrals"),
                Range{1, 1024})});
}

void add_determinant_keys(std::vector<KeySpec>& keys) {
  const CiOptions ci;
  keys.insert(
      keys.end(),
      {in_place_of(
           absent(key("wavefunction", "import", ValueKind::path, "",
                      "starts from the best wave function in this result file: its basis set, "
                      "orbitals, determinants and Jastrow factor; takes the place of [scf] and "
                      "`set` of [basis]. Terms of `jastrow` that it lacks are added, terms that "
                      "`jastrow` leaves out are dropped; without `jastrow` its terms are kept"),
                  "the wave function is made here"),
           {"scf", "basis"}),
       absent(key("wavefunction", "active_space", ValueKind::text, "",
                  "electrons in orbitals, such as `8 in 8`: the determinants and the natural "
                  "orbitals are those of full configuration interaction in this space"),
              "one determinant"),
       absent(in_range(key("wavefunction", "ci_threshold", ValueKind::real, "",
                           "configurations of the active space with a smaller coefficient are "
                           "left out"),
                       Range{0, 1, true, false}),
              number_text(ci.threshold)),
       absent(key("wavefunction", "determinants", ValueKind::path, "",
                  "file with determinants of the Hartree-Fock orbitals and their coefficients"),
              "one determinant, or those of `active_space`")});
}

// Where an imported wave function brings a value of its own, the key has no default that a resolved
// deck would print and a later run take for a wish.
void add_wave_function_keys(std::vector<KeySpec>& keys) {
  const WaveFunctionOptions defaults;
  const std::string or_imported = ", or as in the imported wave function";
  keys.insert(
      keys.end(),
      {absent(with_words(key("wavefunction", "jastrow", ValueKind::list, "",
                             help_of("terms of the Jastrow factor", factor_kinds())),
                         words_of(factor_kinds())),
              list_or_none(defaults.jastrow) + or_imported),
       with_words(key("wavefunction", "jastrow_start", ValueKind::word,
                      defaults.jastrow_start == JastrowStart::cusp ? "cusp" : "mean-field",
                      "starting values of the Jastrow factor: an electron-nucleus term that keeps "
                      "the density (mean-field), or nothing but the electron-electron cusp"),
                  {"mean-field", "cusp"}),
       absent(in_range(key("wavefunction", "een_order", ValueKind::integer, "",
                           "order of the electron-electron-nucleus polynomial, which starts at "
                           "zero; that of an imported one can be raised"),
                       Range{3, 7}),
              std::to_string(defaults.three_body_order) + or_imported),
       absent(key("wavefunction", "cusp_correction", ValueKind::yes_no, "",
                  "gives the orbitals their cusp at the nuclei"),
              yes_or_no(defaults.cusp_correction) + or_imported)});
}

// The optimizers' names, and the solvers that any of them has.
std::vector<std::string> optimizer_names() {
  std::vector<std::string> names;
  for (const OptimizerKind& kind : optimizer_kinds()) names.push_back(kind.name);
  return names;
}

std::string optimizer_help() {
  std::string help;
  for (const OptimizerKind& kind : optimizer_kinds()) {
    help += (help.empty() ? "" : ", ") + kind.help + " (" + kind.name + ")";
  }
  return help;
}

std::vector<std::string> solver_names() {
  std::vector<std::string> names;
  for (const OptimizerKind& kind : optimizer_kinds()) {
    for (const std::string& solver : kind.solvers) {
      if (std::find(names.begin(), names.end(), solver) == names.end()) names.push_back(solver);
    }
  }
  return names;
}

std::string solver_help() {
  std::string help = "how the steps are solved for";
  for (const OptimizerKind& kind : optimizer_kinds()) {
    help += "; " + kind.name + ": " + joined(kind.solvers, ", ");
  }
  return help;
}

void add_optimizer_keys(std::vector<KeySpec>& keys) {
  const OptimizeOptions defaults;
  keys.insert(
      keys.end(),
      {with_words(key("optimize", "method", ValueKind::word, defaults.method, optimizer_help()),
                  optimizer_names()),
       with_words(key("optimize", "solver", ValueKind::word, defaults.solver, solver_help()),
                  solver_names()),
       with_words(
           key("optimize", "parameters", ValueKind::list, parameter_words(defaults.parameters),
               "what is optimized: the Jastrow factor, the coefficients of configurations "
               "(ci), rotations of the orbitals, the exponents of the basis functions"),
           parameter_kind_names()),
       in_range(key("optimize", "variance_weight", ValueKind::real,
                    number_text(defaults.variance_weight),
                    "p: minimizes (1 - p) times the energy plus p times the variance"),
                Range{0, 1}),
       in_range(key("optimize", "max_iterations", ValueKind::integer,
                    std::to_string(defaults.max_iterations),
                    "ends after so many iterations; later stages still run"),
                Range{1, 1e6}),
       in_range(
           in_unit(key("optimize", "tolerance", ValueKind::real, number_text(defaults.tolerance),
                       "converged when two iterations in a row can gain no more than this, "
                       "error bars included"),
                   Dimension::energy, "hartree"),
           greater_than(0))});
}

void add_sample_keys(std::vector<KeySpec>& keys) {
  const OptimizeOptions defaults;
  const double bytes_per_gb = 1e9;
  keys.insert(
      keys.end(),
      {walkers_key("optimize", defaults.walkers),
       with_words(in_range(key("optimize", "samples", ValueKind::integer,
                               defaults.samples > 0 ? std::to_string(defaults.samples) : "auto",
                               "samples of the first iteration, over all ranks; more are taken "
                               "when an energy change is lost in its error; auto: as many as the "
                               "method needs"),
                           at_least(1)),
                  {"auto"}),
       in_range(key("optimize", "max_samples", ValueKind::integer,
                    std::to_string(defaults.max_samples), "most samples of one iteration"),
                at_least(1)),
       in_range(in_unit(key("optimize", "memory", ValueKind::real,
                            number_text(defaults.memory_limit / bytes_per_gb) + " gb",
                            "largest memory for samples, over all ranks; bounds their number"),
                        Dimension::memory, "gb"),
                greater_than(0))});
}

void add_vmc_keys(std::vector<KeySpec>& keys) {
  const VmcOptions defaults;
  const std::string move = defaults.move == VmcMove::drift ? "drift" : "accelerated";
  keys.insert(
      keys.end(),
      {walkers_key("vmc", defaults.walkers),
       with_words(in_range(key("vmc", "steps", ValueKind::integer,
                               defaults.steps ? std::to_string(*defaults.steps) : "auto",
                               "measured sweeps of each walker over all electrons, the most if "
                               "target_error is given; auto: " +
                                   steps_without_target() + ", or as many as target_error needs"),
                           at_least(2)),
                  {"auto"}),
       with_words(in_range(in_unit(key("vmc", "target_error", ValueKind::real,
                                       number_or(defaults.target_error, "none"),
                                       "stops when the energy's error bar is this small"),
                                   Dimension::energy, "hartree"),
                           greater_than(0)),
                  {"none"}),
       with_words(in_range(in_unit(key("vmc", "time_step", ValueKind::real,
                                       number_or(defaults.time_step, "auto"),
                                       "time step of the moves; auto: tuned to `acceptance`, then "
                                       "frozen; drift only"),
                                   Dimension::inverse_energy, "1/hartree"),
                           greater_than(0)),
                  {"auto"}),
       with_words(key("vmc", "move", ValueKind::word, move,
                      "drift-diffusion moves, or moves in spherical coordinates about the nearest "
                      "nucleus (accelerated)"),
                  {"drift", "accelerated"}),
       in_range(key("vmc", "acceptance", ValueKind::real, number_text(defaults.acceptance),
                    "fraction of accepted moves that the time step is tuned to; drift only"),
                between(0, 1)),
       in_range(key("vmc", "rebuild_interval", ValueKind::integer,
                    std::to_string(defaults.rebuild_interval),
                    "sweeps between rebuilds of the inverse matrices from scratch"),
                Range{1, 1e6}),
       with_words(key("vmc", "estimators", ValueKind::list, list_or_none(defaults.estimators),
                      help_of("what is measured besides the energy", estimator_kinds())),
                  words_of(estimator_kinds()))});
}

void add_dmc_length_keys(std::vector<KeySpec>& keys) {
  const DmcOptions defaults;
  keys.insert(
      keys.end(),
      {in_range(key("dmc", "walkers", ValueKind::integer, std::to_string(defaults.walkers),
                    "number of walkers that the population is kept near, over all ranks"),
                Range{8, 1e8}),
       in_range(in_unit(key("dmc", "time_step", ValueKind::reals,
                            number_text(defaults.time_steps.front()),
                            "time step, or several: run in this order, each starting from the "
                            "walkers of the one before, and extrapolated to zero"),
                        Dimension::inverse_energy, "1/hartree"),
                greater_than(0)),
       with_words(in_range(key("dmc", "steps", ValueKind::integer, "auto",
                               "measured generations at each time step, the most if target_error "
                               "is given; auto: " +
                                   std::to_string(defaults.step_limit()) +
                                   ", or as many as target_error needs"),
                           at_least(16)),
                  {"auto"}),
       with_words(in_range(in_unit(key("dmc", "target_error", ValueKind::real,
                                       number_or(defaults.target_error, "none"),
                                       "goes on to the next time step, or ends, when the energy's "
                                       "error bar is this small"),
                                   Dimension::energy, "hartree"),
                           greater_than(0)),
                  {"none"}),
       in_range(in_unit(key("dmc", "equilibration_time", ValueKind::real,
                            number_text(defaults.equilibration),
                            "projected time that is dropped at least before the first "
                            "measurement; half of it at later time steps; more where the energy "
                            "still drifts"),
                        Dimension::inverse_energy, "1/hartree"),
                at_least(0))});
}

void add_dmc_method_keys(std::vector<KeySpec>& keys) {
  const DmcOptions defaults;
  keys.insert(
      keys.end(),
      {with_words(key("dmc", "cutoff", ValueKind::word, "unr",
                      "how the energy that weights grow with is limited near nodes: by the "
                      "velocity of all electrons (Umrigar, Nightingale, Runge 1993), by "
                      "0.2 sqrt(electrons/time step) (zen), or electron by electron, which keeps "
                      "far fragments independent (size-consistent)"),
                  {"unr", "zen", "size-consistent"}),
       with_words(key("dmc", "population", ValueKind::word, "branching",
                      "walkers split and join and their total weight is steered (branching), or "
                      "a fixed number is drawn anew in every generation (reconfiguration)"),
                  {"branching", "reconfiguration"}),
       in_range(in_unit(key("dmc", "feedback", ValueKind::real, number_text(defaults.feedback),
                            "rate at which the total weight is steered back; branching only"),
                        Dimension::energy, "hartree"),
                at_least(0)),
       in_range(in_unit(key("dmc", "control_window", ValueKind::real,
                            number_text(defaults.control_window),
                            "projected time over which the control of the population is undone "
                            "in the energy"),
                        Dimension::inverse_energy, "1/hartree"),
                at_least(0)),
       in_range(key("dmc", "rebuild_interval", ValueKind::integer,
                    std::to_string(defaults.rebuild_interval),
                    "generations between rebuilds of the inverse matrices from scratch"),
                Range{1, 1e6}),
       with_words(key("dmc", "estimators", ValueKind::list, list_or_none(defaults.estimators),
                      help_of("what is measured besides the energy", estimator_kinds())),
                  words_of(estimator_kinds()))});
}

void add_run_keys(std::vector<KeySpec>& keys) {
  keys.insert(
      keys.end(),
      {absent(key("output", "file", ValueKind::path, "", "HDF5 file for all results"),
              "the deck's name with .h5"),
       key("output", "overwrite", ValueKind::yes_no, "no",
           "replaces an existing file; also --overwrite on the command line"),
       in_range(key("run", "seed", ValueKind::integer, std::to_string(VmcOptions{}.seed),
                    "seed of the random numbers; the same deck and seed give the same "
                    "numbers on any number of ranks; with [optimize] on the same number"),
                at_least(0)),
       with_words(in_range(in_unit(key("run", "wall_time", ValueKind::real, "none",
                                       "stops after so long with a checkpoint and exit "
                                       "code 3; `markhor continue` goes on, and has as "
                                       "long again. Leave time for the last sweeps, "
                                       "iteration or Hartree-Fock, and for the writing"),
                                   Dimension::duration, ""),
                           greater_than(0)),
                  {"none"}),
       in_range(in_unit(key("run", "checkpoint_interval", ValueKind::real,
                            number_text(RunOptions{}.checkpoint_interval / 60.0) + " minutes",
                            "time between checkpoints, the most that a run that is killed "
                            "loses; an optimization writes them between iterations, at "
                            "least this often or every few seconds"),
                        Dimension::duration, ""),
                greater_than(0))});
}

std::vector<KeySpec> keys() {
  std::vector<KeySpec> list;
  add_molecule_keys(list);
  add_basis_keys(list);
  add_scf_keys(list);
  add_determinant_keys(list);
  add_wave_function_keys(list);
  add_optimizer_keys(list);
  add_sample_keys(list);
  add_vmc_keys(list);
  add_dmc_length_keys(list);
  add_dmc_method_keys(list);
  add_run_keys(list);
  return list;
}

}  // namespace

const KeyTable& key_table() {
  static const KeyTable table(sections(), keys(), foreign_keys(), foreign_sections());
  return table;
}

}  // namespace markhor
