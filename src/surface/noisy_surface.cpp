#include "surface/noisy_surface.hpp"

#include "core/random.hpp"

namespace markhor {

namespace {

Eigen::Vector3d three_normals(const NoiseOptions& options, std::uint32_t call, int particle) {
  const NormalNumbers numbers =
      normal_numbers({options.seed, RandomStage::surface_noise}, lane_bits(0), call, particle);
  return {numbers.normal[0][0], numbers.normal[1][0], numbers.normal[2][0]};
}

}  // namespace

SurfaceValue NoisySurface::evaluate(const Eigen::VectorXd& positions) {
  const std::uint32_t call = calls_++;
  SurfaceValue value = surface_.evaluate(positions);
  if (!value.found) return value;
  const auto particles = static_cast<int>(positions.size() / 3);
  for (int i = 0; i < particles; ++i) {
    value.forces.segment<3>(3 * i) += options_.force_error * three_normals(options_, call, i);
  }
  value.energy += options_.energy_error * three_normals(options_, call, particles)[0];
  value.energy_error = std::hypot(value.energy_error, options_.energy_error);
  value.force_errors =
      (value.force_errors.array().square() + options_.force_error * options_.force_error).sqrt();
  return value;
}

}  // namespace markhor
