// The regularization near nodes (Pathak and Wagner 2020; see optimize.hpp).
#pragma once

#include <cmath>
#include <cstdint>

namespace markhor {

// Distance (bohr) below which samples are weighted down: a small part of the typical
// |Psi|/|grad Psi|, falling like samples^(-1/3). The share of |Psi|^2 this close is of order its
// third power. mean_squared_slope: <|grad ln Psi|^2>.
inline double node_distance(double mean_squared_slope, std::int64_t samples) {
  return 0.25 / std::sqrt(mean_squared_slope) * std::cbrt(1e4 / static_cast<double>(samples));
}

// 9 x^2 - 15 x^4 + 7 x^6 below x = 1, else 1, x = distance/epsilon: the polynomial for which the
// bias vanishes to third order (Pathak2020).
inline double node_weight(double squared_slope, double epsilon) {
  const double x2 = 1.0 / (squared_slope * epsilon * epsilon);
  return x2 < 1.0 ? x2 * (9.0 + x2 * (-15.0 + 7.0 * x2)) : 1.0;
}

}  // namespace markhor
