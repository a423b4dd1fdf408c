#include <algorithm>

#include "app/stage_settings.hpp"
#include "core/text.hpp"
#include "optimize/factory.hpp"

namespace markhor {

namespace {

const char* const section = "optimize";

ParameterSelection parameter_selection(const Deck& deck) {
  const std::vector<std::string>& words = deck.words(section, "parameters");
  const auto named = [&](ParameterKind kind) {
    return std::find(words.begin(), words.end(), kind_name(kind)) != words.end();
  };
  return {named(ParameterKind::jastrow), named(ParameterKind::ci), named(ParameterKind::orbitals),
          named(ParameterKind::exponents)};
}

void check_solver(const Deck& deck, const OptimizeOptions& options, Faults& faults) {
  for (const OptimizerKind& kind : optimizer_kinds()) {
    if (kind.name != options.method) continue;
    const auto& solvers = kind.solvers;
    if (std::find(solvers.begin(), solvers.end(), options.solver) != solvers.end()) return;
    faults.add(deck.place(section, "solver"), "method = " + options.method + " has no solver '" +
                                                  options.solver + "'; it has " +
                                                  joined(solvers, ", "));
  }
}

// Parameters that the wave function this deck describes cannot have. An imported one is not known
// yet, see check_parameters in trial_stage.cpp.
void check_parameters(const Deck& deck, const Settings& settings, const OptimizeOptions& options,
                      Faults& faults) {
  const DeterminantSource& source = settings.determinants;
  const Place place = deck.place(section, "parameters");
  const bool imported = !source.import.empty();
  if (options.parameters.ci && !imported && !deck.is_given("wavefunction", "active_space") &&
      source.determinant_file.empty()) {
    faults.add(place,
               "parameters = ci needs a wave function of several determinants; give [wavefunction] "
               "an 'active_space', 'determinants' or 'import'");
  }
  if (options.parameters.jastrow && settings.wave_function.jastrow.empty() &&
      (!imported || source.jastrow_given)) {
    faults.add(place,
               "parameters = jastrow needs a Jastrow factor, but 'jastrow' of [wavefunction] is "
               "none");
  }
}

void check_samples(const Deck& deck, const OptimizeOptions& options, Faults& faults) {
  const std::string walkers = std::to_string(options.walkers) + " walkers";
  if (options.max_samples < options.walkers) {
    faults.add(deck.place(section, "max_samples"),
               "max_samples = " + std::to_string(options.max_samples) +
                   " is less than one of each "
                   "of the " +
                   walkers);
  }
  if (options.samples == 0) return;
  if (options.samples < options.walkers) {
    faults.add(deck.place(section, "samples"), "samples = " + std::to_string(options.samples) +
                                                   " is less than one of each of the " + walkers +
                                                   "; give more samples or fewer walkers");
  }
  if (options.samples > options.max_samples) {
    faults.add(deck.place(section, "samples"),
               "samples = " + std::to_string(options.samples) +
                   " is more than max_samples = " + std::to_string(options.max_samples));
  }
}

}  // namespace

std::string parameter_words(const ParameterSelection& selection) {
  std::string words;
  for (std::size_t k = 0; k < parameter_kind_names().size(); ++k) {
    if (!selection.has(static_cast<ParameterKind>(k))) continue;
    words += (words.empty() ? "" : " ") + parameter_kind_names()[k];
  }
  return words;
}

OptimizeOptions optimize_options(const Deck& deck, Settings& settings, Faults& faults) {
  OptimizeOptions options;
  options.method = deck.word(section, "method");
  options.solver = deck.word(section, "solver");
  options.parameters = parameter_selection(deck);
  options.variance_weight = deck.real(section, "variance_weight");
  options.max_iterations = static_cast<int>(deck.integer(section, "max_iterations"));
  options.tolerance = deck.real(section, "tolerance");
  options.walkers = whole_tiles(deck, section, settings.notes);
  if (deck.word(section, "samples").empty()) options.samples = deck.integer(section, "samples");
  options.max_samples = deck.integer(section, "max_samples");
  options.memory_limit = deck.real(section, "memory");
  options.seed = static_cast<std::uint64_t>(deck.integer("run", "seed"));
  if (!deck.has_section(section)) return options;
  check_solver(deck, options, faults);
  check_parameters(deck, settings, options, faults);
  check_samples(deck, options, faults);
  return options;
}

}  // namespace markhor
