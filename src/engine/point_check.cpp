#include "engine/point_check.hpp"

#include <cstdio>
#include <utility>

#include "core/units.hpp"

namespace markhor {

namespace {

constexpr double smallest_distance = 0.1 * units::bohr_per_angstrom;

}  // namespace

std::string point_problem(const Eigen::VectorXd& positions) {
  if (!positions.allFinite()) return "a coordinate is not a finite number";
  for (Eigen::Index i = 0; i < positions.size() / 3; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const double r = (positions.segment<3>(3 * i) - positions.segment<3>(3 * j)).norm();
      if (r >= smallest_distance) continue;
      char text[96];
      std::snprintf(text, sizeof text, "atoms %d and %d are %.3f angstrom apart",
                    static_cast<int>(j) + 1, static_cast<int>(i) + 1, r / units::bohr_per_angstrom);
      return text;
    }
  }
  return "";
}

SurfaceValue not_found(std::string status) {
  SurfaceValue value;
  value.status = std::move(status);
  return value;
}

}  // namespace markhor
