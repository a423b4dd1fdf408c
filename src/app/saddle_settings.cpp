// [surface] and [saddle] of a deck as options, and what they need of its files.
#include <algorithm>
#include <cmath>

#include "app/stage_settings.hpp"
#include "core/text.hpp"
#include "engine/xtb_surface.hpp"
#include "io/number.hpp"
#include "io/xyz.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

// Of the values that the deck's [scf] has, given or not: a resolved deck gives them all.
HartreeFockSurfaceOptions hartree_fock_options(const Deck& deck, const ScfOptions& scf) {
  Molecule molecule;
  molecule.multiplicity = static_cast<int>(deck.integer("molecule", "multiplicity"));
  HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  if (!deck.has_section("scf")) return options;
  if (deck.word("scf", "method") != "auto") options.scf.method = scf.method;
  options.scf.convergence = std::min(options.scf.convergence, scf.convergence);
  options.scf.max_iterations = scf.max_iterations;
  options.scf.memory_limit = scf.memory_limit;
  options.scf.threads = scf.threads;
  return options;
}

void check_parameters(const Deck& deck, const SurfaceKind& engine, Faults& faults) {
  for (const SurfaceKind& kind : surface_kinds()) {
    for (const std::string& name : kind.parameters) {
      const bool used = std::find(engine.parameters.begin(), engine.parameters.end(), name) !=
                        engine.parameters.end();
      if (used || !deck.is_given("surface", name)) continue;
      faults.add(deck.place("surface", name), "'" + name + "' is for engine = " + kind.name + "; " +
                                                  engine.name + " does not use it");
    }
  }
}

void check_engine(const Deck& deck, const Settings& settings, Faults& faults) {
  if (deck.value("surface", "engine").faulty) return;
  if (!settings.runs_saddle) {
    if (deck.has_section("surface")) {
      faults.add(deck.section_place("surface"),
                 "[surface] is what [saddle] searches on, and the deck has no [saddle]");
    }
    return;
  }
  if (settings.surface.engine.empty()) {
    std::vector<std::string> names;
    for (const SurfaceKind& kind : surface_kinds()) names.push_back(kind.name);
    faults.add(deck.section_place("saddle"),
               "[saddle] needs 'engine' of [surface]; one of " + joined(names, ", "));
    return;
  }
  check_parameters(deck, surface_kind(settings.surface.engine), faults);
  if (settings.surface.engine == "mueller-brown" && deck.word("molecule", "units") != "bohr") {
    faults.add(deck.place("molecule", "units"),
               "mueller-brown takes x and y in bohr; write units = bohr in [molecule]");
  }
}

void check_method(const Deck& deck, const SaddleSettings& saddle, Faults& faults) {
  const SaddleOptions defaults;
  const std::string method = method_name(saddle.options.method);
  if (saddle.xtb_prior && saddle.options.method != SaddleMethod::markhor) {
    faults.add(deck.place("saddle", "prior"),
               "'prior' is for method = markhor; " + method + " uses none");
  } else if (saddle.xtb_prior && !xtb_is_built_in()) {
    faults.add(deck.place("saddle", "prior"), no_xtb_sentence());
  }
  if (deck.is_given("saddle", "direction") && saddle.options.method == SaddleMethod::minimize) {
    faults.add(deck.place("saddle", "direction"),
               "'direction' is what a search for a saddle climbs; method = minimize only descends");
  }
  if (!saddle.options.verify &&
      saddle.options.max_verification_calls != defaults.max_verification_calls) {
    faults.add(deck.place("saddle", "max_verification_calls"),
               "'max_verification_calls' is for verify = modes");
  }
}

std::vector<int> frozen_atoms(const Deck& deck, Faults& faults) {
  std::vector<int> atoms;
  if (!deck.is_given("saddle", "frozen")) return atoms;
  for (const double number : deck.reals("saddle", "frozen")) {
    if (number != std::floor(number) || number > 1e9) {
      faults.add(deck.place("saddle", "frozen"),
                 "'" + number_text(number) + "' of 'frozen' is not the number of an atom");
      return {};
    }
    atoms.push_back(static_cast<int>(number));
  }
  return atoms;
}

void check_frozen(const Deck& deck, const std::vector<int>& frozen, std::size_t atoms,
                  Faults& faults) {
  for (const int atom : frozen) {
    if (static_cast<std::size_t>(atom) <= atoms) continue;
    faults.add(deck.place("saddle", "frozen"),
               "'frozen' names atom " + std::to_string(atom) + ", but the molecule has " +
                   std::to_string(atoms) + (atoms == 1 ? " atom" : " atoms"));
    return;
  }
  const std::vector<bool> flags = frozen_flags(frozen, atoms);
  if (!flags.empty() && std::find(flags.begin(), flags.end(), false) == flags.end()) {
    faults.add(deck.place("saddle", "frozen"), "'frozen' leaves no atom to move");
  }
}

// 3n; empty after a fault.
Eigen::VectorXd read_direction(const Deck& deck, const Molecule& molecule,
                               const std::vector<int>& frozen, Faults& faults) {
  const std::string file = deck.file("saddle", "direction");
  const std::size_t faults_before = faults.list().size();
  const std::vector<AtomLine> lines = read_xyz(file, faults);
  if (faults.list().size() != faults_before) return {};
  if (lines.size() != molecule.atoms.size()) {
    faults.add({file, 1}, "has " + std::to_string(lines.size()) +
                              " displacements, but the molecule has " +
                              std::to_string(molecule.atoms.size()) + " atoms");
    return {};
  }
  Eigen::VectorXd direction = Eigen::VectorXd::Zero(3 * static_cast<Eigen::Index>(lines.size()));
  const std::vector<bool> fixed = frozen_flags(frozen, lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (atomic_number(lines[i].symbol) != molecule.atoms[i].atomic_number) {
      faults.add(lines[i].place, "'" + lines[i].symbol + "' stands where the molecule has " +
                                     element_symbol(molecule.atoms[i].atomic_number) +
                                     "; the atoms must be in the same order");
      return {};
    }
    if (!fixed.empty() && fixed[i]) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      direction[static_cast<Eigen::Index>(3 * i + k)] = lines[i].position[k];
    }
  }
  if (direction.norm() > 0.0) return direction.normalized();
  faults.add({file, 0}, "displaces no atom that may move");
  return {};
}

}  // namespace

std::vector<bool> frozen_flags(const std::vector<int>& frozen, std::size_t atoms) {
  if (frozen.empty()) return {};
  std::vector<bool> flags(atoms, false);
  for (const int atom : frozen) {
    if (static_cast<std::size_t>(atom) <= atoms) flags[static_cast<std::size_t>(atom) - 1] = true;
  }
  return flags;
}

SurfaceOptions surface_options(const Deck& deck, const Settings& settings) {
  SurfaceOptions options;
  if (deck.has_value("surface", "engine")) options.engine = deck.word("surface", "engine");
  options.hartree_fock = hartree_fock_options(deck, settings.scf);
  const auto take = [&deck](const char* name, double& value) {
    if (deck.has_value("surface", name)) value = deck.real("surface", name);
  };
  take("epsilon", options.lennard_jones.epsilon);
  take("sigma", options.lennard_jones.sigma);
  take("depth", options.morse.depth);
  take("width", options.morse.width);
  take("bond_length", options.morse.bond_length);
  return options;
}

SaddleSettings saddle_settings(const Deck& deck, const Settings& settings, Faults& faults) {
  SaddleSettings saddle;
  SaddleOptions& options = saddle.options;
  for (const SaddleMethod method : saddle_methods) {
    if (deck.word("saddle", "method") == method_name(method)) options.method = method;
  }
  options.limits.force_tolerance = deck.real("saddle", "force_tolerance");
  options.limits.measure = deck.word("saddle", "force_measure") == "norm"
                               ? ForceMeasure::norm
                               : ForceMeasure::largest_on_a_particle;
  options.limits.max_calls = static_cast<int>(deck.integer("saddle", "max_calls"));
  options.limits.max_rise = deck.real("saddle", "max_rise");
  options.verify = deck.word("saddle", "verify") == "modes";
  options.max_verification_calls =
      static_cast<int>(deck.integer("saddle", "max_verification_calls"));
  saddle.xtb_prior = deck.word("saddle", "prior") == "xtb";
  saddle.frozen = frozen_atoms(deck, faults);
  check_engine(deck, settings, faults);
  check_method(deck, saddle, faults);
  return saddle;
}

void read_saddle_input(const Deck& deck, const Settings& settings, CalculationInput& input,
                       Faults& faults) {
  if (!settings.runs_saddle) return;
  const Molecule& molecule = input.molecule;
  if (!settings.surface.engine.empty()) {
    const std::string problem = surface_kind(settings.surface.engine).problem(molecule);
    if (!problem.empty()) faults.add(deck.place("surface", "engine"), problem);
  }
  check_frozen(deck, settings.saddle.frozen, molecule.atoms.size(), faults);
  if (deck.is_given("saddle", "direction")) {
    input.direction = read_direction(deck, molecule, settings.saddle.frozen, faults);
  }
}

}  // namespace markhor
