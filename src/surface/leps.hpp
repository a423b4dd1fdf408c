// Three atoms A, B, C between two diatomics: the London-Eyring-Polanyi-Sato surface.
#pragma once

#include <array>

#include "surface/surface.hpp"

namespace markhor {

// Pairs AB, BC, AC. The defaults are those of H. Jonsson, G. Mills, K. W. Jacobsen, in Classical
// and Quantum Dynamics in Condensed Phase Simulations (World Scientific, 1998), p. 385, appendix,
// who hold the atoms on a line; here they move in space.
struct LepsOptions {
  std::array<double, 3> dissociation_energy = {4.746, 4.746, 3.445};  // eV
  std::array<double, 3> sato = {0.05, 0.30, 0.05};
  double bond_length = 0.742;  // angstrom
  double width = 1.942;        // 1/angstrom
};

class LepsSurface : public Surface {
 public:
  explicit LepsSurface(const LepsOptions& options = {}) : options_(options) {}
  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  LepsOptions options_;
  SurfaceSystem system_{{1, 1, 1}, true};
};

}  // namespace markhor
