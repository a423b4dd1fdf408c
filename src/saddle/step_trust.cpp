#include "saddle/step_trust.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

using Eigen::VectorXd;

// What a forecast is called, found by trial on guesses of reactions of small molecules: errors of
// the gradient over its change, of the energy in Hartree. Stiff directions are mispredicted first
// and matter least, so that a wrong gradient alone is no reason for shorter steps.
constexpr double good_gradient = 0.35, poor_gradient = 0.7;
constexpr double good_energy = 0.02 * units::hartree_per_ev;
constexpr double poor_energy = 0.06 * units::hartree_per_ev;
// Errors of the energy also count as good or poor by their share of its change, far from the end.
constexpr double good_share = 0.15, poor_share = 0.3;
constexpr double rejected_energy = 0.15 * units::hartree_per_ev;
constexpr int most_rejections = 2;  // in a row: the model has learned from each

// Without what the errors of the two sides are expected to make of it.
double beyond_errors(double difference, double variance) {
  return std::sqrt(std::max(0.0, difference * difference - variance));
}

}  // namespace

StepTrust::StepTrust(const StepTrustOptions& options, bool noisy) : options_(options) {
  const double stretch = noisy ? options.noisy_stretch : 1.0;
  radius_ = stretch * options.first_radius;
  largest_ = stretch * options.largest_radius;
}

void StepTrust::shorten(double length) {
  radius_ = std::max(options_.smallest_radius, 0.5 * length);
}

bool StepTrust::judge(const SearchPoint& from, const SearchPoint& to, const GpPrediction& foreseen,
                      bool at_boundary, const FreeCoordinates& space) {
  const double length = (to.positions - from.positions).norm();
  const double force_variance = space.reduced(to.value.force_errors).squaredNorm();
  const double energy_variance = to.value.energy_error * to.value.energy_error;
  const double change = beyond_errors((from.forces - to.forces).norm(), 2.0 * force_variance);
  const VectorXd surprise = -to.forces - foreseen.gradient;
  const double wrong = beyond_errors(surprise.norm(), force_variance) / change;
  const double energy_error = beyond_errors(to.value.energy - foreseen.energy, energy_variance);
  const double energy_change =
      beyond_errors(to.value.energy - from.value.energy, 2.0 * energy_variance);
  if (wrong > poor_gradient && energy_error > rejected_energy && rejections_ < most_rejections) {
    shorten(length);
    ++rejections_;
    return false;
  }
  rejections_ = 0;
  const bool is_good = energy_error < std::max(good_energy, good_share * energy_change);
  const bool is_poor = energy_error > std::max(poor_energy, poor_share * energy_change);
  if (at_boundary && (is_good || wrong < good_gradient)) {
    radius_ = std::min(largest_, 1.5 * radius_);
  } else if (wrong > poor_gradient && is_poor) {
    radius_ = std::max(options_.smallest_radius, std::min(radius_, 0.7 * length));
  }
  return true;
}

}  // namespace markhor
