#include "app/settings.hpp"

#include <filesystem>

#include "app/stage_settings.hpp"
#include "core/lanes.hpp"

namespace markhor {

namespace {

ScfMethod scf_method(const Deck& deck) {
  const std::string word = deck.word("scf", "method");
  if (word == "rhf") return ScfMethod::rhf;
  if (word == "uhf") return ScfMethod::uhf;
  if (word == "rohf") return ScfMethod::rohf;
  return deck.integer("molecule", "multiplicity") == 1 ? ScfMethod::rhf : ScfMethod::rohf;
}

ScfOptions scf_options(const Deck& deck, Faults& faults) {
  ScfOptions options;
  options.method = scf_method(deck);
  options.follow_instability = deck.yes("scf", "follow_instability");
  options.convergence = deck.real("scf", "convergence");
  options.max_iterations = static_cast<int>(deck.integer("scf", "max_iterations"));
  options.memory_limit = deck.real("scf", "memory");
  options.threads = static_cast<int>(deck.integer("scf", "threads"));
  const auto multiplicity = deck.integer("molecule", "multiplicity");
  if (options.method == ScfMethod::rhf && multiplicity != 1) {
    faults.add(deck.place("scf", "method"),
               "method = rhf pairs all electrons, but the multiplicity is " +
                   std::to_string(multiplicity) + "; use rohf or uhf");
  }
  return options;
}

// Keys of the drift move's time step where they would do nothing. A resolved deck, which gives
// every key its default, must pass.
void check_time_step(const Deck& deck, const VmcOptions& options, Faults& faults) {
  const bool fixed = !deck.value("vmc", "time_step").faulty && options.time_step;
  const bool tuned = options.acceptance != VmcOptions{}.acceptance;
  if (options.move == VmcMove::accelerated) {
    for (const char* key : {"time_step", "acceptance"}) {
      if (!(std::string(key) == "acceptance" ? tuned : fixed)) continue;
      faults.add(deck.place("vmc", key),
                 std::string("'") + key +
                     "' is for move = drift; accelerated moves, the default, have no time step");
    }
  } else if (fixed && tuned) {
    faults.add(deck.place("vmc", "acceptance"),
               "'acceptance' is what an automatic time step is tuned to, but 'time_step' is fixed "
               "at " +
                   deck.text("vmc", "time_step") + "; leave one of them out");
  }
}

VmcOptions vmc_options(const Deck& deck, Settings& settings, Faults& faults) {
  VmcOptions options;
  options.walkers = whole_tiles(deck, "vmc", settings.notes);
  if (deck.word("vmc", "steps").empty()) options.steps = deck.integer("vmc", "steps");
  if (deck.word("vmc", "target_error").empty()) {
    options.target_error = deck.real("vmc", "target_error");
  }
  if (deck.word("vmc", "time_step").empty()) options.time_step = deck.real("vmc", "time_step");
  options.move = deck.word("vmc", "move") == "drift" ? VmcMove::drift : VmcMove::accelerated;
  options.acceptance = deck.real("vmc", "acceptance");
  options.rebuild_interval = static_cast<int>(deck.integer("vmc", "rebuild_interval"));
  options.estimators = deck_names(deck, "vmc", "estimators");
  options.seed = static_cast<std::uint64_t>(deck.integer("run", "seed"));
  check_time_step(deck, options, faults);
  return options;
}

OutputOptions output_options(const Deck& deck) {
  OutputOptions options;
  options.overwrite = deck.yes("output", "overwrite");
  options.place = {deck.path(), 0};
  if (deck.is_given("output", "file")) {
    options.file = deck.file("output", "file");
    options.place = deck.place("output", "file");
  } else {
    options.file = std::filesystem::path(deck.path()).replace_extension("h5").string();
  }
  return options;
}

RunOptions run_options(const Deck& deck) {
  RunOptions options;
  if (deck.word("run", "wall_time").empty()) options.wall_time = deck.real("run", "wall_time");
  options.checkpoint_interval = deck.real("run", "checkpoint_interval");
  return options;
}

void check_stages(const Deck& deck, Faults& faults) {
  std::string stages;
  for (const char* stage : {"scf", "wavefunction", "optimize", "vmc", "dmc", "saddle"}) {
    if (deck.has_section(stage)) return;
    stages += std::string(stages.empty() ? "[" : ", [") + stage + "]";
  }
  faults.add({deck.path(), 0}, "the deck has no stage to run; add one of " + stages);
}

// Not in the table of keys, because it depends on other keys.
void check_basis(const Deck& deck, const Settings& settings, Faults& faults) {
  const DeckValue& set = deck.value("basis", "set");
  if (deck.is_given("basis", "set") && !needs_basis(settings) && settings.runs_saddle &&
      !settings.surface.engine.empty()) {
    faults.add(deck.place("basis", "set"), "[basis] is for orbitals; a search on engine = " +
                                               settings.surface.engine + " uses none");
  }
  if (!set.texts.empty() || set.faulty || !needs_basis(settings)) return;
  if (!settings.determinants.import.empty()) return;
  faults.add(deck.section_place("basis"), "[basis] needs 'set': " + set.spec->help);
}

bool runs_electrons(const Settings& settings) {
  return settings.runs_scf || settings.runs_wave_function || settings.runs_optimize ||
         settings.runs_vmc || settings.runs_dmc;
}

// Null: no surface is asked for, or it is not said which.
const SurfaceKind* engine_of(const Settings& settings) {
  if (!settings.runs_saddle || settings.surface.engine.empty()) return nullptr;
  return &surface_kind(settings.surface.engine);
}

}  // namespace

bool needs_basis(const Settings& settings) {
  const SurfaceKind* engine = engine_of(settings);
  return runs_electrons(settings) || (engine != nullptr && engine->needs_basis);
}

bool needs_electrons(const Settings& settings) {
  const SurfaceKind* engine = engine_of(settings);
  return runs_electrons(settings) || engine == nullptr || engine->has_electrons ||
         settings.saddle.xtb_prior;
}

std::vector<std::string> deck_names(const Deck& deck, const char* section, const char* key) {
  const std::vector<std::string>& words = deck.words(section, key);
  return words == std::vector<std::string>{"none"} ? std::vector<std::string>{} : words;
}

int whole_tiles(const Deck& deck, const char* section, std::vector<std::string>& notes) {
  const int walkers = static_cast<int>(deck.integer(section, "walkers"));
  const int rounded = (walkers + lane_count - 1) / lane_count * lane_count;
  if (rounded != walkers && deck.has_section(section)) {
    notes.push_back("walkers = " + std::to_string(walkers) + " is rounded up to " +
                    std::to_string(rounded) + ": walkers move in tiles of " +
                    std::to_string(lane_count));
  }
  return rounded;
}

Settings make_settings(const Deck& deck, Faults& faults) {
  Settings settings;
  settings.runs_scf = deck.has_section("scf");
  settings.runs_wave_function = deck.has_section("wavefunction");
  settings.runs_optimize = deck.has_section("optimize");
  settings.runs_vmc = deck.has_section("vmc");
  settings.runs_dmc = deck.has_section("dmc");
  settings.runs_saddle = deck.has_section("saddle");
  settings.scf = scf_options(deck, faults);
  settings.determinants = determinant_source(deck, settings.scf, faults);
  settings.wave_function = wave_function_options(deck);
  settings.optimize = optimize_options(deck, settings, faults);
  settings.vmc = vmc_options(deck, settings, faults);
  settings.dmc = dmc_options(deck, faults);
  settings.surface = surface_options(deck, settings, faults);
  settings.saddle = saddle_settings(deck, settings, faults);
  settings.output = output_options(deck);
  settings.run = run_options(deck);
  check_stages(deck, faults);
  check_basis(deck, settings, faults);
  return settings;
}

std::string method_name(ScfMethod method) {
  switch (method) {
    case ScfMethod::rhf:
      return "rhf";
    case ScfMethod::uhf:
      return "uhf";
    case ScfMethod::rohf:
      break;
  }
  return "rohf";
}

}  // namespace markhor
