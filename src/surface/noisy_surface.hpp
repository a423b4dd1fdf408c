// A surface with planted Gaussian noise of known size, to try searches on what a Monte Carlo
// surface will be like.
#pragma once

#include <cstdint>

#include "surface/surface.hpp"

namespace markhor {

struct NoiseOptions {
  double energy_error = 0.0;  // one sigma, Hartree
  double force_error = 0.0;   // one sigma of every component, Hartree/bohr
  std::uint64_t seed = 1;
  std::uint32_t first_call = 0;  // a search that goes on must not meet the same errors again
};

// Every call has noise of its own, which the values' errors state; the surface below must outlive
// this one.
class NoisySurface : public Surface {
 public:
  NoisySurface(Surface& surface, const NoiseOptions& options)
      : surface_(surface), options_(options), calls_(options.first_call) {}
  const SurfaceSystem& system() const override { return surface_.system(); }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  Surface& surface_;
  NoiseOptions options_;
  std::uint32_t calls_;
};

}  // namespace markhor
