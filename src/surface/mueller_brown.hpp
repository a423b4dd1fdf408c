// The two-dimensional surface of K. Mueller, L. D. Brown, Theor. Chim. Acta 53, 75 (1979), fig. 1:
// three minima, two saddle points.
#pragma once

#include "surface/surface.hpp"

namespace markhor {

// One particle whose x and y are the variables; a spring of 0.1 hartree/bohr^2 holds it at z = 0.
// Lengths in bohr, energies in millihartree where the paper has bare numbers.
class MuellerBrownSurface : public Surface {
 public:
  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  SurfaceSystem system_{{0}, false};
};

}  // namespace markhor
