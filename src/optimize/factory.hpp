// The table of optimizers.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "optimize/optimizer.hpp"

namespace markhor {

struct OptimizerKind {
  std::string name;  // word of `[optimize] method`
  std::string help;
  std::vector<std::string> solvers;  // words of `[optimize] solver` it knows; the first: automatic
  // solver: one of these.
  std::function<std::unique_ptr<Optimizer>(const std::string& solver, double variance_weight)> make;
};

// Every optimizer there is. A new one is one more row; its contract test comes with it.
const std::vector<OptimizerKind>& optimizer_kinds();

// Throws InputError for a name or solver that is not in the table.
std::unique_ptr<Optimizer> make_optimizer(const std::string& name, const std::string& solver,
                                          double variance_weight);

}  // namespace markhor
