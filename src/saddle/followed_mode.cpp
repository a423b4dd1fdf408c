#include "saddle/followed_mode.hpp"

namespace markhor {

namespace {

// Hartree/bohr^2.
constexpr double clearly_upwards = 0.005;
constexpr double clearly_negative = -3e-4;

}  // namespace

Eigen::Index followed_mode(const Eigen::VectorXd& eigenvalues, const Eigen::VectorXd& overlaps,
                           bool insists) {
  if (overlaps.size() == 0) return 0;
  Eigen::Index closest = 0;
  overlaps.cwiseAbs().maxCoeff(&closest);
  if (insists) return closest;
  const double curvature = eigenvalues[closest];
  const bool has_turned =
      curvature > clearly_upwards || (curvature > 0.0 && eigenvalues[0] < clearly_negative);
  return has_turned ? 0 : closest;
}

}  // namespace markhor
