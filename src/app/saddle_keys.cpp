#include "app/key_spec.hpp"
#include "engine/factory.hpp"
#include "saddle/saddle_search.hpp"

namespace markhor {

namespace {

// Without a default in the table, so that a resolved deck does not give keys that its engine has no
// use for.
KeySpec parameter_key(const std::string& name, Dimension dimension, const std::string& unit,
                      const std::string& help, const std::string& without) {
  KeySpec spec =
      absent(in_range(key("surface", name, ValueKind::real, "", help), greater_than(0)), without);
  return dimension == Dimension::none ? spec : in_unit(spec, dimension, unit);
}

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (const SurfaceKind& kind : surface_kinds()) names.push_back(kind.name);
  return names;
}

std::string engine_help() {
  std::string help;
  for (const SurfaceKind& kind : surface_kinds()) {
    help += (help.empty() ? "" : ", ") + kind.name + " (" + kind.help + ")";
  }
  return "what computes energies and forces: " + help +
         ". hf is RHF for singlets and UHF for others; where the deck has [scf] its method, "
         "max_iterations, memory and threads hold, and its convergence if below 1e-8 hartree; "
         "instabilities are not followed";
}

std::vector<std::string> method_names() {
  std::vector<std::string> names;
  for (const SaddleMethod method : saddle_methods) names.push_back(method_name(method));
  return names;
}

void add_saddle_limit_keys(std::vector<KeySpec>& keys) {
  const SearchLimits limits;
  keys.insert(
      keys.end(),
      {in_range(
           in_unit(key("saddle", "force_tolerance", ValueKind::real,
                       number_text(limits.force_tolerance / hartree_per_bohr_per_ev_per_angstrom),
                       "the search has converged when the forces are below this"),
                   Dimension::force, "ev/angstrom"),
           greater_than(0)),
       with_words(key("saddle", "force_measure", ValueKind::word, "largest",
                      "what is compared with it: the largest force on an atom, or the norm of all "
                      "forces"),
                  {"largest", "norm"}),
       in_range(key("saddle", "max_calls", ValueKind::integer, std::to_string(limits.max_calls),
                    "gives up after so many energies with forces, not counting the verification; "
                    "dimer and minimize may need more"),
                Range{1, 1e6}),
       in_range(in_unit(key("saddle", "max_rise", ValueKind::real,
                            number_text(limits.max_rise / units::hartree_per_ev),
                            "gives up when the energy has risen by so much above the guess's"),
                        Dimension::energy, "ev"),
                greater_than(0))});
}

std::vector<std::string> verify_names() {
  std::vector<std::string> names;
  for (const Verify verify : verify_choices) names.push_back(verify_name(verify));
  return names;
}

void add_verification_keys(std::vector<KeySpec>& keys) {
  const SaddleOptions defaults;
  keys.insert(
      keys.end(),
      {with_words(key("saddle", "verify", ValueKind::word, verify_name(defaults.verify),
                      "what is computed of the Hessian at the end: its two lowest modes, or all of "
                      "it (two energies with forces a vibration) with harmonic frequencies and "
                      "the zero-point energy"),
                  verify_names()),
       in_range(key("saddle", "max_verification_calls", ValueKind::integer,
                    std::to_string(defaults.max_verification_calls),
                    "the most energies with forces for verify = modes"),
                Range{2, 1e6}),
       key("saddle", "irc", ValueKind::yes_no, yes_or_no(defaults.irc),
           "follows the paths of steepest descent (in coordinates scaled by the roots of the "
           "masses) to both sides of the saddle point, and minimizes where they end"),
       in_range(key("saddle", "irc_step", ValueKind::real, number_text(defaults.descent.step),
                    "length of path between energies with forces, bohr times the root of the "
                    "atomic mass unit; shorter where the path bends"),
                Range{0.0, 2.0, false, true}),
       in_range(key("saddle", "irc_max_calls", ValueKind::integer,
                    std::to_string(defaults.descent.max_calls),
                    "the most energies with forces for both paths and the minima at their ends"),
                Range{2, 1e6})});
}

}  // namespace

void add_surface_keys(std::vector<KeySpec>& keys) {
  keys.insert(
      keys.end(),
      {absent(
           with_words(key("surface", "engine", ValueKind::word, "", engine_help()), engine_names()),
           "needed by [saddle]"),
       parameter_key("epsilon", Dimension::energy, "ev", "lennard-jones: depth of a pair's well",
                     "1 ev"),
       parameter_key("sigma", Dimension::length, "angstrom",
                     "lennard-jones: distance where the energy of a pair is zero", "2.5 angstrom"),
       parameter_key("depth", Dimension::energy, "ev", "morse: depth of a pair's well",
                     "0.7102 ev, for platinum"),
       parameter_key("width", Dimension::none, "",
                     "morse: how steep the well is, 1/bohr; the inverse of a length",
                     "0.84917, for platinum (1.6047 1/angstrom)"),
       parameter_key("bond_length", Dimension::length, "angstrom",
                     "morse: distance at the bottom of the well", "2.8970 angstrom, for platinum"),
       absent(key("surface", "socket", ValueKind::text, "",
                  "socket: where the client connects: a name, which stands for the UNIX socket "
                  "/tmp/ipi_NAME, a path with a slash, or a port of this machine such as 31415 or "
                  "localhost:31415"),
              "needed by engine = socket"),
       parameter_key("timeout", Dimension::duration, "",
                     "socket: how long to wait for the client to come, and for each of its answers",
                     "10 minutes for the client, 1 hour for an answer"),
       in_range(in_unit(key("surface", "force_noise", ValueKind::real, "0",
                            "a normal error of this size is added to each component of each force, "
                            "and method = markhor, which alone can, is told of it: a trial of "
                            "searches on forces that are sampled"),
                        Dimension::force, "ev/angstrom"),
                at_least(0)),
       in_range(in_unit(key("surface", "energy_noise", ValueKind::real, "0",
                            "the same for energies, beside force_noise"),
                        Dimension::energy, "ev"),
                at_least(0))});
}

void add_saddle_keys(std::vector<KeySpec>& keys) {
  const SaddleOptions defaults;
  keys.push_back(with_words(
      key("saddle", "method", ValueKind::word, method_name(defaults.method),
          "a search on a Gaussian process learned on the way (markhor), quasi-Newton steps "
          "(prfo), or the dimer method: as it is (dimer), and on a Gaussian process as published "
          "in 2020 (gp-dimer) and 2025 (otgp-dimer); minimize looks for a minimum instead"),
      method_names()));
  add_saddle_limit_keys(keys);
  keys.insert(
      keys.end(),
      {absent(in_range(key("saddle", "frozen", ValueKind::reals, "",
                           "atoms that stay where they are, by their numbers from 1, such as "
                           "`3 4 7`"),
                       at_least(1)),
              "all atoms move"),
       absent(key("saddle", "reactant", ValueKind::path, "",
                  "XYZ file of one end of the reaction, in place of the atoms of [molecule]; with "
                  "`product` the search starts between them: on the image of highest energy on the "
                  "prior where there is one, else half-way; the direction is the path's"),
              "the geometry of [molecule] is the guess"),
       absent(key("saddle", "product", ValueKind::path, "",
                  "XYZ file of the other end, atoms in the same order; it is turned and moved onto "
                  "the reactant, unless atoms are frozen"),
              "the geometry of [molecule] is the guess"),
       absent(key("saddle", "direction", ValueKind::path, "",
                  "file as an XYZ file whose lines hold a displacement of each atom, of any "
                  "length: the direction to climb at first"),
              "the method looks for it"),
       with_words(key("saddle", "prior", ValueKind::word, "none",
                      "a cheap surface of which only the difference is learned; markhor only"),
                  {"none", "xtb"})});
  add_verification_keys(keys);
}

}  // namespace markhor
