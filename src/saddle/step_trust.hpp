// How far a search on a model goes from its last true point before it asks again, and whether it
// stays where it went: by how well gradient and energy there were foreseen.
#pragma once

#include "gp/gaussian_process.hpp"
#include "saddle/search.hpp"

namespace markhor {

// Distances over all moving coordinates, bohr.
struct StepTrustOptions {
  double first_radius = 0.2 * units::bohr_per_angstrom;
  double smallest_radius = 0.1 * units::bohr_per_angstrom;
  double largest_radius = 0.35 * units::bohr_per_angstrom;
  // The first and the largest are so many times as long where forces have errors: what a step
  // changes has to show above them.
  double noisy_stretch = 1.5;
};

class StepTrust {
 public:
  StepTrust() = default;
  StepTrust(const StepTrustOptions& options, bool noisy);

  double radius() const { return radius_; }
  // Halved so often that nothing is left to be tried.
  bool is_exhausted() const { return radius_ < 0.1 * options_.smallest_radius; }

  // A step from `from` to `to`, where the model foresaw energy and gradient. False: it is to be
  // taken back, because neither was what the model had said.
  bool judge(const SearchPoint& from, const SearchPoint& to, const GpPrediction& foreseen,
             bool at_boundary, const FreeCoordinates& space);

  // To half of a length.
  void shorten(double length);
  // Where a step found no energy; not held by the smallest radius.
  void halve() { radius_ *= 0.5; }

 private:
  StepTrustOptions options_;
  double radius_ = 0.0, largest_ = 0.0;
  int rejections_ = 0;
};

}  // namespace markhor
