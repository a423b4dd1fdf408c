#include "app/key_spec.hpp"
#include "montecarlo/dmc.hpp"
#include "montecarlo/estimators/estimator.hpp"
#include "montecarlo/vmc.hpp"

namespace markhor {

namespace {

// What [vmc] and [dmc] say alike, for the options of either. least: of the steps.
template <class Options>
KeySpec steps_key(const std::string& section, const Options& defaults, const std::string& counted,
                  double least) {
  return with_words(
      in_range(
          key(section, "steps", ValueKind::integer,
              defaults.steps ? std::to_string(*defaults.steps) : "auto",
              "measured " + counted + ", the most if target_error is given; auto: " +
                  std::to_string(defaults.step_limit()) + ", or as many as target_error needs"),
          at_least(least)),
      {"auto"});
}

template <class Options>
KeySpec target_error_key(const std::string& section, const Options& defaults,
                         const std::string& help) {
  return with_words(in_range(in_unit(key(section, "target_error", ValueKind::real,
                                         number_or(defaults.target_error, "none"), help),
                                     Dimension::energy, "hartree"),
                             greater_than(0)),
                    {"none"});
}

template <class Options>
KeySpec rebuild_interval_key(const std::string& section, const Options& defaults,
                             const std::string& steps) {
  return in_range(key(section, "rebuild_interval", ValueKind::integer,
                      std::to_string(defaults.rebuild_interval),
                      steps + " between rebuilds of the inverse matrices from scratch"),
                  Range{1, 1e6});
}

template <class Options>
KeySpec estimators_key(const std::string& section, const Options& defaults) {
  return with_words(key(section, "estimators", ValueKind::list, list_or_none(defaults.estimators),
                        help_of("what is measured besides the energy", estimator_kinds())),
                    words_of(estimator_kinds()));
}

}  // namespace

void add_vmc_keys(std::vector<KeySpec>& keys) {
  const VmcOptions defaults;
  const std::string move = defaults.move == VmcMove::drift ? "drift" : "accelerated";
  keys.insert(
      keys.end(),
      {walkers_key("vmc", defaults.walkers),
       steps_key("vmc", defaults, "sweeps of each walker over all electrons", 2),
       target_error_key("vmc", defaults, "stops when the energy's error bar is this small"),
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
       rebuild_interval_key("vmc", defaults, "sweeps"), estimators_key("vmc", defaults)});
}

namespace {

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
       steps_key("dmc", defaults, "generations at each time step", 16),
       target_error_key(
           "dmc", defaults,
           "goes on to the next time step, or ends, when the energy's error bar is this "
           "small"),
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
       rebuild_interval_key("dmc", defaults, "generations"), estimators_key("dmc", defaults)});
}

}  // namespace

void add_dmc_keys(std::vector<KeySpec>& keys) {
  add_dmc_length_keys(keys);
  add_dmc_method_keys(keys);
}

}  // namespace markhor
