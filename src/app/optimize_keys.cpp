#include <algorithm>

#include "app/key_spec.hpp"
#include "app/settings.hpp"
#include "optimize/factory.hpp"
#include "optimize/optimize.hpp"

namespace markhor {

namespace {

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
                               "when an energy change is lost in its error; auto: three times as "
                               "many as the method needs, at least 1024"),
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

}  // namespace

void add_optimize_keys(std::vector<KeySpec>& keys) {
  add_optimizer_keys(keys);
  add_sample_keys(keys);
}

}  // namespace markhor
