// The local energy and its parts, and the kinetic energy once more in its gradient form,
// 1/2 sum_i |grad_i ln|Psi||^2: both forms have the same mean (Green's theorem), so a difference
// beyond their errors shows a wave function with a defect (a missing cusp, a jump) or a sample that
// is not Psi^2.
#pragma once

#include "montecarlo/estimators/estimator.hpp"

namespace markhor {

class EnergyParts final : public Estimator {
 public:
  std::vector<Quantity> quantities() const override;
  void measure(const Sample& sample, Lanes* values) const override;
};

}  // namespace markhor
