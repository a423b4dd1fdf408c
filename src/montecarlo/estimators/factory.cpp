#include <algorithm>

#include "core/errors.hpp"
#include "montecarlo/estimators/dipole.hpp"
#include "montecarlo/estimators/energy_parts.hpp"
#include "montecarlo/estimators/estimator.hpp"

namespace markhor {

const std::vector<EstimatorKind>& estimator_kinds() {
  static const std::vector<EstimatorKind> kinds = {
      {"energy", false, "local energy and its parts",
       [](const Molecule&) { return std::make_unique<EnergyParts>(); }},
      {"dipole", true, "electric dipole moment about the origin",
       [](const Molecule& molecule) { return std::make_unique<Dipole>(molecule); }},
  };
  return kinds;
}

std::vector<std::unique_ptr<Estimator>> make_estimators(const std::vector<std::string>& names,
                                                        const Molecule& molecule) {
  const auto& kinds = estimator_kinds();
  for (const std::string& name : names) {
    const bool known = std::any_of(kinds.begin(), kinds.end(),
                                   [&](auto& kind) { return kind.optional && kind.name == name; });
    if (!known) throw InputError({}, "there is no estimator '" + name + "'");
  }
  std::vector<std::unique_ptr<Estimator>> result;
  for (const EstimatorKind& kind : kinds) {
    const bool asked = std::find(names.begin(), names.end(), kind.name) != names.end();
    if (!kind.optional || asked) result.push_back(kind.make(molecule));
  }
  return result;
}

}  // namespace markhor
