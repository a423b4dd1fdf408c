#include "app/keys.hpp"

#include <algorithm>
#include <utility>

#include "app/foreign_words.hpp"
#include "app/key_spec.hpp"
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
      {"surface", "The potential energy surface that [saddle] searches on.", false, false, {}},
      {"saddle",
       "Stage: a saddle point, or a minimum, near the molecule's geometry. Needs [surface]; brings "
       "no other stage.",
       true,
       false,
       {}},
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
              {absent(key("basis", "set", ValueKind::text, "",
                          "name of a basis set (cc-pVTZ, 6-31G*, STO-TZP, ...), or a file in "
                          "Gaussian94 or NWChem format or of Slater functions (.sto)"),
                      "needed by everything but a [saddle] whose engine has no basis"),
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
  add_optimize_keys(list);
  add_vmc_keys(list);
  add_dmc_keys(list);
  add_surface_keys(list);
  add_saddle_keys(list);
  add_run_keys(list);
  return list;
}

}  // namespace

const KeyTable& key_table() {
  static const KeyTable table(sections(), keys(), foreign_keys(), foreign_sections());
  return table;
}

}  // namespace markhor
