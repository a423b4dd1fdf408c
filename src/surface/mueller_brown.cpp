#include "surface/mueller_brown.hpp"

#include <array>
#include <cmath>

namespace markhor {

namespace {

// A exp(a (x - x0)^2 + b (x - x0)(y - y0) + c (y - y0)^2)
struct Well {
  double height, a, b, c, x0, y0;
};

constexpr std::array<Well, 4> wells = {{{-200.0, -1.0, 0.0, -10.0, 1.0, 0.0},
                                        {-100.0, -1.0, 0.0, -10.0, 0.0, 0.5},
                                        {-170.0, -6.5, 11.0, -6.5, -0.5, 1.5},
                                        {15.0, 0.7, 0.6, 0.7, -1.0, 1.0}}};
constexpr double hartree_per_unit = 1e-3;
constexpr double spring = 0.1;  // hartree/bohr^2, in z

}  // namespace

SurfaceValue MuellerBrownSurface::evaluate(const Eigen::VectorXd& positions) {
  SurfaceValue value;
  value.forces = Eigen::VectorXd::Zero(3);
  value.force_errors = Eigen::VectorXd::Zero(3);
  for (const Well& well : wells) {
    const double x = positions[0] - well.x0, y = positions[1] - well.y0;
    const double term =
        hartree_per_unit * well.height * std::exp(well.a * x * x + well.b * x * y + well.c * y * y);
    value.energy += term;
    value.forces[0] -= term * (2.0 * well.a * x + well.b * y);
    value.forces[1] -= term * (well.b * x + 2.0 * well.c * y);
  }
  value.energy += 0.5 * spring * positions[2] * positions[2];
  value.forces[2] = -spring * positions[2];
  value.found = std::isfinite(value.energy) && value.forces.allFinite();
  if (!value.found) value.status = "a coordinate is no number, or far off";
  return value;
}

}  // namespace markhor
