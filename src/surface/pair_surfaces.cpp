#include "surface/pair_surfaces.hpp"

#include <cmath>

namespace markhor {

PairEnergy LennardJones::operator()(double distance) const {
  const double s6 = std::pow(sigma / distance, 6);
  return {4.0 * epsilon * s6 * (s6 - 1.0), -24.0 * epsilon * s6 * (2.0 * s6 - 1.0) / distance};
}

PairEnergy Morse::operator()(double distance) const {
  const double one = std::exp(-width * (distance - bond_length));
  return {depth * one * (one - 2.0), -2.0 * width * depth * one * (one - 1.0)};
}

template <class Potential>
SurfaceValue PairSurface<Potential>::evaluate(const Eigen::VectorXd& positions) {
  SurfaceValue value;
  value.forces = Eigen::VectorXd::Zero(positions.size());
  value.force_errors = Eigen::VectorXd::Zero(positions.size());
  for (Eigen::Index i = 0; i < positions.size(); i += 3) {
    for (Eigen::Index j = 0; j < i; j += 3) {
      const Eigen::Vector3d r = positions.segment<3>(i) - positions.segment<3>(j);
      const PairEnergy pair = potential_(r.norm());
      value.energy += pair.energy;
      const Eigen::Vector3d force = -pair.slope / r.norm() * r;
      value.forces.segment<3>(i) += force;
      value.forces.segment<3>(j) -= force;
    }
  }
  value.found = std::isfinite(value.energy) && value.forces.allFinite();
  if (!value.found) value.status = "two atoms are at the same place";
  return value;
}

template class PairSurface<LennardJones>;
template class PairSurface<Morse>;

}  // namespace markhor
