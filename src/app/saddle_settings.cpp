// [surface] and [saddle] of a deck as options.
#include <algorithm>
#include <cmath>

#include "app/stage_settings.hpp"
#include "core/text.hpp"
#include "engine/xtb_surface.hpp"
#include "io/number.hpp"

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
  if (settings.surface.engine == "socket" && !deck.has_value("surface", "socket")) {
    faults.add(deck.place("surface", "engine"),
               "engine = socket needs 'socket', where the client connects: a name, a path or a "
               "port");
  }
  if (settings.surface.engine == "mueller-brown" && deck.word("molecule", "units") != "bohr") {
    faults.add(deck.place("molecule", "units"),
               "mueller-brown takes x and y in bohr; write units = bohr in [molecule]");
  }
}

void check_ends(const Deck& deck, const SaddleOptions& options, Faults& faults) {
  const bool reactant = deck.is_given("saddle", "reactant");
  const bool product = deck.is_given("saddle", "product");
  if (reactant != product) {
    faults.add(deck.place("saddle", reactant ? "reactant" : "product"),
               std::string("a path has two ends; '") + (reactant ? "product" : "reactant") +
                   "' is missing");
  } else if (reactant && options.method == SaddleMethod::minimize) {
    faults.add(deck.place("saddle", "reactant"),
               "'reactant' and 'product' have a saddle point between them; method = minimize only "
               "descends");
  }
}

void check_method(const Deck& deck, const SaddleSettings& saddle, Faults& faults) {
  const std::string method = method_name(saddle.options.method);
  if (saddle.xtb_prior && saddle.options.method != SaddleMethod::markhor) {
    faults.add(deck.place("saddle", "prior"),
               "'prior' is for method = markhor; " + method + " uses none");
  } else if (saddle.xtb_prior && !xtb_is_built_in()) {
    faults.add(deck.place("saddle", "prior"), no_xtb_sentence());
  } else if (saddle.xtb_prior && deck.word("surface", "engine") == "xtb") {
    faults.add(deck.place("saddle", "prior"),
               "prior = xtb knows all that engine = xtb would tell; leave it out");
  }
  if (deck.is_given("saddle", "direction") && saddle.options.method == SaddleMethod::minimize) {
    faults.add(deck.place("saddle", "direction"),
               "'direction' is what a search for a saddle climbs; method = minimize only descends");
  }
}

// A key of verification or paths where it would do nothing. A resolved deck, which gives every key
// its default, must pass.
void check_verification(const Deck& deck, const Settings& settings, const SaddleOptions& options,
                        Faults& faults) {
  const SaddleOptions defaults;
  if (options.verify != Verify::modes &&
      options.max_verification_calls != defaults.max_verification_calls) {
    faults.add(deck.place("saddle", "max_verification_calls"),
               "'max_verification_calls' is for verify = modes");
  }
  const std::string& engine = settings.surface.engine;
  if (options.verify == Verify::hessian && !engine.empty() && !surface_kind(engine).has_elements) {
    faults.add(
        deck.place("saddle", "verify"),
        "verify = hessian gives frequencies, and the particles of " + engine + " have no masses");
  }
  if (!options.irc) {
    const bool step = options.descent.step != defaults.descent.step;
    if (step || options.descent.max_calls != defaults.descent.max_calls) {
      const std::string name = step ? "irc_step" : "irc_max_calls";
      faults.add(deck.place("saddle", name), "'" + name + "' is for irc = yes");
    }
  } else if (options.method == SaddleMethod::minimize) {
    faults.add(deck.place("saddle", "irc"),
               "paths lead down from saddle points; method = minimize looks for a minimum");
  } else if (options.verify == Verify::none) {
    faults.add(deck.place("saddle", "irc"),
               "'irc' needs the Hessian; write verify = modes, or hessian");
  }
}

// What takes forces as they come would follow their errors.
void check_noise(const Deck& deck, const NoiseOptions& noise, const SaddleOptions& options,
                 Faults& faults) {
  if (noise.force_error == 0.0) {
    if (noise.energy_error > 0.0) {
      faults.add(deck.place("surface", "energy_noise"), "'energy_noise' needs 'force_noise'");
    }
    return;
  }
  const auto refuse = [&](const std::string& name, const std::string& why) {
    faults.add(deck.place("saddle", name), why + " with 'force_noise' in [surface]");
  };
  if (options.method != SaddleMethod::markhor) {
    refuse("method", "only method = markhor takes forces");
  }
  if (options.verify == Verify::hessian) {
    refuse("verify", "verify = hessian takes differences of forces, which say nothing");
  }
  if (options.irc) refuse("irc", "paths down follow forces, and lead nowhere");
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
    if (std::find(atoms.begin(), atoms.end(), static_cast<int>(number)) != atoms.end()) {
      faults.add(deck.place("saddle", "frozen"),
                 "'frozen' names atom " + number_text(number) + " twice");
      return {};
    }
    atoms.push_back(static_cast<int>(number));
  }
  return atoms;
}

SocketSurfaceOptions socket_options(const Deck& deck, Faults& faults) {
  SocketSurfaceOptions options;
  if (deck.has_value("surface", "timeout")) {
    options.connect_timeout = options.reply_timeout = deck.real("surface", "timeout");
  }
  if (!deck.has_value("surface", "socket")) return options;
  const std::string text = deck.text("surface", "socket");
  const AddressReading reading = read_local_address(text);
  if (!reading.problem.empty()) {
    faults.add(deck.place("surface", "socket"),
               "'" + text + "' of 'socket' " + reading.problem +
                   "; write a name (for /tmp/ipi_NAME), the path of a UNIX socket, or a port");
  }
  options.address = reading.address;
  if (!options.address.unix_path.empty()) {
    options.address.unix_path = deck.relative_to_deck(options.address.unix_path);
  }
  return options;
}

}  // namespace

bool starts_between(const Deck& deck) {
  return deck.is_given("saddle", "reactant") || deck.is_given("saddle", "product");
}

SurfaceOptions surface_options(const Deck& deck, const Settings& settings, Faults& faults) {
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
  options.socket = socket_options(deck, faults);
  options.noise.force_error = deck.real("surface", "force_noise");
  options.noise.energy_error = deck.real("surface", "energy_noise");
  options.noise.seed = static_cast<std::uint64_t>(deck.integer("run", "seed"));
  return options;
}

SaddleSettings saddle_settings(const Deck& deck, const Settings& settings, Faults& faults) {
  SaddleSettings saddle;
  SaddleOptions& options = saddle.options;
  options.method = method_named(deck.word("saddle", "method")).value_or(options.method);
  options.limits.force_tolerance = deck.real("saddle", "force_tolerance");
  options.limits.measure = deck.word("saddle", "force_measure") == "norm"
                               ? ForceMeasure::norm
                               : ForceMeasure::largest_on_a_particle;
  options.limits.max_calls = static_cast<int>(deck.integer("saddle", "max_calls"));
  options.limits.max_rise = deck.real("saddle", "max_rise");
  for (const Verify verify : verify_choices) {
    if (deck.word("saddle", "verify") == verify_name(verify)) options.verify = verify;
  }
  options.max_verification_calls =
      static_cast<int>(deck.integer("saddle", "max_verification_calls"));
  options.irc = deck.yes("saddle", "irc");
  options.descent.step = deck.real("saddle", "irc_step");
  options.descent.max_calls = static_cast<int>(deck.integer("saddle", "irc_max_calls"));
  saddle.xtb_prior = deck.word("saddle", "prior") == "xtb";
  saddle.frozen = frozen_atoms(deck, faults);
  check_engine(deck, settings, faults);
  check_method(deck, saddle, faults);
  check_ends(deck, options, faults);
  check_verification(deck, settings, options, faults);
  check_noise(deck, settings.surface.noise, options, faults);
  return saddle;
}

}  // namespace markhor
