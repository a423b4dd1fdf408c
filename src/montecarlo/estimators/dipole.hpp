// Electric dipole moment about the origin, nuclei included: sum_A Z_A R_A - sum_i r_i, in e bohr.
// For a charged molecule it depends on the origin.
#pragma once

#include <array>

#include "montecarlo/estimators/estimator.hpp"

namespace markhor {

class Dipole final : public Estimator {
 public:
  explicit Dipole(const Molecule& molecule);
  std::vector<Quantity> quantities() const override;
  void measure(const Sample& sample, Lanes* values) const override;

 private:
  int electrons_;
  std::array<double, 3> nuclear_{};
};

}  // namespace markhor
