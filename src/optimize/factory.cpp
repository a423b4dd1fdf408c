#include "optimize/factory.hpp"

#include <algorithm>

#include "core/errors.hpp"
#include "core/text.hpp"
#include "optimize/linear_method.hpp"
#include "optimize/stochastic_reconfiguration.hpp"

namespace markhor {

namespace {

std::unique_ptr<Optimizer> make_linear(const std::string& solver, double variance_weight) {
  const LinearSolver kind = solver == "dense"         ? LinearSolver::dense
                            : solver == "matrix-free" ? LinearSolver::matrix_free
                                                      : LinearSolver::automatic;
  return std::make_unique<LinearMethod>(kind, variance_weight);
}

std::unique_ptr<Optimizer> make_reconfiguration(const std::string& solver, double variance_weight) {
  const ReconfigurationSolver kind =
      solver == "dense"                ? ReconfigurationSolver::dense
      : solver == "conjugate-gradient" ? ReconfigurationSolver::conjugate_gradient
      : solver == "sample-space"       ? ReconfigurationSolver::sample_space
                                       : ReconfigurationSolver::automatic;
  return std::make_unique<StochasticReconfiguration>(kind, variance_weight);
}

}  // namespace

const std::vector<OptimizerKind>& optimizer_kinds() {
  static const std::vector<OptimizerKind> kinds = {
      {"linear", "linear method", {"auto", "dense", "matrix-free"}, make_linear},
      {"sr",
       "stochastic reconfiguration",
       {"auto", "dense", "conjugate-gradient", "sample-space"},
       make_reconfiguration},
  };
  return kinds;
}

std::unique_ptr<Optimizer> make_optimizer(const std::string& name, const std::string& solver,
                                          double variance_weight) {
  const auto& kinds = optimizer_kinds();
  const auto kind =
      std::find_if(kinds.begin(), kinds.end(), [&](auto& k) { return k.name == name; });
  if (kind == kinds.end()) throw InputError({}, "there is no optimizer '" + name + "'");
  const auto& solvers = kind->solvers;
  if (std::find(solvers.begin(), solvers.end(), solver) == solvers.end()) {
    throw InputError({}, "optimizer '" + name + "' has no solver '" + solver + "'; it has " +
                             joined(solvers, ", "));
  }
  return kind->make(solver, variance_weight);
}

}  // namespace markhor
