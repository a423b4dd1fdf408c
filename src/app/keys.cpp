#include "app/keys.hpp"

#include <utility>

#include "io/number.hpp"
#include "meanfield/scf.hpp"
#include "molecule/geometry.hpp"
#include "montecarlo/estimators/estimator.hpp"
#include "montecarlo/vmc.hpp"
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
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text.empty() ? "none" : text;
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
      {"vmc",
       "Stage: variational Monte Carlo energy. Brings [scf] and [wavefunction] with their "
       "defaults.",
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
                            "name of a basis set (cc-pVTZ, 6-31G*, ...), or a file in Gaussian94 "
                            "or NWChem format")),
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

void add_wave_function_keys(std::vector<KeySpec>& keys) {
  keys.insert(keys.end(), {with_words(key("wavefunction", "jastrow", ValueKind::list,
                                          list_or_none(WaveFunctionOptions{}.jastrow),
                                          help_of("terms of the Jastrow factor", factor_kinds())),
                                      words_of(factor_kinds())),
                           key("wavefunction", "cusp_correction", ValueKind::yes_no,
                               yes_or_no(WaveFunctionOptions{}.cusp_correction),
                               "gives the orbitals their cusp at the nuclei")});
}

void add_vmc_keys(std::vector<KeySpec>& keys) {
  const VmcOptions defaults;
  const std::string move = defaults.move == VmcMove::drift ? "drift" : "accelerated";
  keys.insert(
      keys.end(),
      {in_range(key("vmc", "walkers", ValueKind::integer, std::to_string(defaults.walkers),
                    "number of walkers over all ranks; rounded up to a multiple of 8"),
                Range{1, 1e8}),
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

void add_run_keys(std::vector<KeySpec>& keys) {
  keys.insert(keys.end(),
              {absent(key("output", "file", ValueKind::path, "", "HDF5 file for all results"),
                      "the deck's name with .h5"),
               key("output", "overwrite", ValueKind::yes_no, "no",
                   "replaces an existing file; also --overwrite on the command line"),
               in_range(key("run", "seed", ValueKind::integer, std::to_string(VmcOptions{}.seed),
                            "seed of the random numbers; the same deck and seed give the same "
                            "numbers on any number of ranks"),
                        at_least(0))});
}

std::vector<KeySpec> keys() {
  std::vector<KeySpec> list;
  add_molecule_keys(list);
  add_basis_keys(list);
  add_scf_keys(list);
  add_wave_function_keys(list);
  add_vmc_keys(list);
  add_run_keys(list);
  return list;
}

// Words of other programs.
std::vector<ForeignWord> foreign_keys() {
  const std::string blocks =
      "blocks are formed when the data are analysed; the length of a run is "
      "'steps' of [vmc]";
  const std::string equilibration = "equilibration is detected and discarded by itself";
  return {
      {"basis", "basis", "set", ""},
      {"basis_set", "basis", "set", ""},
      {"basisset", "basis", "set", ""},
      {"bohr", "molecule", "units", "units = bohr"},
      {"coordinates", "molecule", "geometry", "an XYZ file"},
      {"coords", "molecule", "geometry", "an XYZ file"},
      {"geom", "molecule", "geometry", "an XYZ file"},
      {"xyz", "molecule", "geometry", "an XYZ file"},
      {"unit", "molecule", "units", ""},
      {"spin", "molecule", "multiplicity", "2S + 1"},
      {"mult", "molecule", "multiplicity", ""},
      {"pure", "basis", "cartesian", "no for spherical functions"},
      {"spherical", "basis", "cartesian", "no for spherical functions"},
      {"reference", "scf", "method", ""},
      {"scftype", "scf", "method", ""},
      {"scf_type", "scf", "method", ""},
      {"nthreads", "scf", "threads", ""},
      {"num_threads", "scf", "threads", ""},
      {"maxiter", "scf", "max_iterations", ""},
      {"max_cycle", "scf", "max_iterations", ""},
      {"conv_tol", "scf", "convergence", ""},
      {"e_convergence", "scf", "convergence", ""},
      {"stability", "scf", "follow_instability", ""},
      {"max_memory", "scf", "memory", ""},
      {"j1", "wavefunction", "jastrow", "the term is 'en'"},
      {"j2", "wavefunction", "jastrow", "the term is 'ee'"},
      {"j3", "wavefunction", "jastrow", "the term is 'een'"},
      {"cusp", "wavefunction", "cusp_correction", ""},
      {"tau", "vmc", "time_step", ""},
      {"timestep", "vmc", "time_step", ""},
      {"dt", "vmc", "time_step", ""},
      {"dtvmc", "vmc", "time_step", ""},
      {"nwalkers", "vmc", "walkers", ""},
      {"nconfig", "vmc", "walkers", ""},
      {"vmc_nstep", "vmc", "steps", ""},
      {"nsteps", "vmc", "steps", ""},
      {"samples", "vmc", "steps", "sweeps of each walker"},
      {"blocks", "", "", blocks},
      {"nblocks", "", "", blocks},
      {"vmc_nblk", "", "", blocks},
      {"warmupsteps", "", "", equilibration},
      {"vmc_equil_nstep", "", "", equilibration},
      {"equilibration", "", "", equilibration},
      {"ecp", "", "", "this version has no pseudopotentials, all electrons are treated"},
      {"pseudo", "", "", "this version has no pseudopotentials, all electrons are treated"},
      {"pseudopotential", "", "",
       "this version has no pseudopotentials, all electrons are treated"},
      {"fmax", "", "", "this version does not move nuclei"},
      {"random_seed", "run", "seed", ""},
      {"output", "output", "file", ""},
      {"outfile", "output", "file", ""},
  };
}

std::vector<ForeignWord> foreign_sections() {
  return {
      {"system", "", "", "the atoms are in [molecule]"},
      {"geometry", "", "", "the atoms are in [molecule]"},
      {"hf", "", "", "Hartree-Fock is [scf]"},
      {"hartree-fock", "", "", "Hartree-Fock is [scf]"},
      {"jastrow", "", "", "the Jastrow factor is a key of [wavefunction]"},
      {"wave_function", "", "", "write [wavefunction]"},
      {"dmc", "", "", "diffusion Monte Carlo is not in this version"},
      {"optimize", "", "", "optimization of wave functions is not in this version"},
      {"surface", "", "", "surfaces are not in this version"},
      {"saddle", "", "", "saddle searches are not in this version"},
  };
}

}  // namespace

const KeyTable& key_table() {
  static const KeyTable table(sections(), keys(), foreign_keys(), foreign_sections());
  return table;
}

}  // namespace markhor
