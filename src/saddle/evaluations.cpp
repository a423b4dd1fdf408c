#include "saddle/evaluations.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace markhor {

namespace {

bool same_point(const Eigen::VectorXd& stored, const Eigen::VectorXd& wanted) {
  constexpr double tolerance = 1e-5;  // bohr
  return stored.size() == wanted.size() && (stored - wanted).norm() < tolerance;
}

// No method could go on from a value that is none.
SurfaceValue finite(SurfaceValue value) {
  if (value.found && !(std::isfinite(value.energy) && value.forces.allFinite())) {
    value.found = false;
    value.status = "the energy or the forces are not finite";
  }
  return value;
}

}  // namespace

std::string purpose_name(CallPurpose purpose) {
  switch (purpose) {
    case CallPurpose::search:
      return "search";
    case CallPurpose::rotation:
      return "rotation";
    case CallPurpose::verification:
      return "verification";
    case CallPurpose::descent:
      break;
  }
  return "descent";
}

Evaluations::Evaluations(Surface& surface, std::vector<SurfaceCall> stored, Listener listener)
    : surface_(surface), stored_(std::move(stored)), listener_(std::move(listener)) {}

const SurfaceCall& Evaluations::evaluate(const Eigen::VectorXd& positions, CallPurpose purpose,
                                         CallContext context) {
  const std::size_t next = calls_.size();
  SurfaceCall call{purpose, positions, {}, std::move(context)};
  // The values of a noisy surface depend on the order of the calls: the stored ones are taken in
  // theirs, and only as long as the search goes the same way.
  if (next < stored_.size() && same_point(stored_[next].positions, positions)) {
    call.positions = stored_[next].positions;
    call.value = stored_[next].value;
    calls_.push_back(std::move(call));
    return calls_.back();
  }
  stored_.clear();
  call.value = finite(surface_.evaluate(positions));
  calls_.push_back(std::move(call));
  if (listener_) listener_(calls_);
  return calls_.back();
}

int Evaluations::count(CallPurpose purpose) const {
  return static_cast<int>(std::count_if(
      calls_.begin(), calls_.end(), [&](const SurfaceCall& c) { return c.purpose == purpose; }));
}

}  // namespace markhor
