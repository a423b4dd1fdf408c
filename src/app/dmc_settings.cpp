#include <algorithm>

#include "app/stage_settings.hpp"

namespace markhor {

namespace {

EnergyCutoff energy_cutoff(const std::string& word) {
  if (word == "zen") return EnergyCutoff::zen;
  return word == "unr" ? EnergyCutoff::unr : EnergyCutoff::size_consistent;
}

// Equal time steps would give an extrapolation without a slope.
void check_time_steps(const Deck& deck, std::vector<double> time_steps, Faults& faults) {
  std::sort(time_steps.begin(), time_steps.end());
  const auto twice = std::adjacent_find(time_steps.begin(), time_steps.end());
  if (twice == time_steps.end()) return;
  faults.add(deck.place("dmc", "time_step"),
             "a time step is given twice in 'time_step = " + deck.text("dmc", "time_step") +
                 "'; they are extrapolated to zero, so each counts once");
}

// Keys that would do nothing. A resolved deck, which gives every key its default, must pass.
void check_feedback(const Deck& deck, const DmcOptions& options, Faults& faults) {
  if (options.population == PopulationControl::branching ||
      options.feedback == DmcOptions{}.feedback) {
    return;
  }
  faults.add(deck.place("dmc", "feedback"),
             "'feedback' steers a branching population; with population = reconfiguration the "
             "number of walkers is fixed");
}

}  // namespace

DmcOptions dmc_options(const Deck& deck, Faults& faults) {
  DmcOptions options;
  options.walkers = static_cast<int>(deck.integer("dmc", "walkers"));
  options.time_steps = deck.reals("dmc", "time_step");
  if (deck.word("dmc", "steps").empty()) options.steps = deck.integer("dmc", "steps");
  if (deck.word("dmc", "target_error").empty()) {
    options.target_error = deck.real("dmc", "target_error");
  }
  options.equilibration = deck.real("dmc", "equilibration_time");
  options.cutoff = energy_cutoff(deck.word("dmc", "cutoff"));
  options.population = deck.word("dmc", "population") == "branching"
                           ? PopulationControl::branching
                           : PopulationControl::reconfiguration;
  options.feedback = deck.real("dmc", "feedback");
  options.control_window = deck.real("dmc", "control_window");
  options.rebuild_interval = static_cast<int>(deck.integer("dmc", "rebuild_interval"));
  options.estimators = deck_names(deck, "dmc", "estimators");
  options.seed = static_cast<std::uint64_t>(deck.integer("run", "seed"));
  if (!deck.value("dmc", "time_step").faulty) check_time_steps(deck, options.time_steps, faults);
  check_feedback(deck, options, faults);
  return options;
}

}  // namespace markhor
