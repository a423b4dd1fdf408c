// The true surface as a search sees it: every call is recorded, none is paid twice.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "surface/surface.hpp"

namespace markhor {

enum class CallPurpose {
  search,        // the geometry of a step, the guess included
  rotation,      // an image beside it, for the direction of lowest curvature
  verification,  // second derivatives at the end
  descent        // paths down from the saddle
};

std::string purpose_name(CallPurpose purpose);  // "search", ...

// What the search expected and how it chose the point; NaN and empty where there is none.
struct CallContext {
  double predicted_energy = std::numeric_limits<double>::quiet_NaN();  // Hartree
  double predicted_force = std::numeric_limits<double>::quiet_NaN();   // largest, Hartree/bohr
  double trust_radius = std::numeric_limits<double>::quiet_NaN();      // bohr
  std::vector<double> hyperparameters;  // s^2 (Hartree^2), length scales (1/bohr)
};

struct SurfaceCall {
  CallPurpose purpose = CallPurpose::search;
  Eigen::VectorXd positions;  // 3n, bohr
  SurfaceValue value;
  CallContext context;
};

class Evaluations {
 public:
  using Listener = std::function<void(const std::vector<SurfaceCall>&)>;

  // stored: calls of an earlier part of the same search. A search asks for the same points again
  // and gets their values from there; not to the last bit, which threads and alignment of the
  // linear algebra decide: a point within 1e-5 bohr of the stored one counts as it and takes its
  // place, so that differences do not grow. listener: after each new call.
  explicit Evaluations(Surface& surface, std::vector<SurfaceCall> stored = {},
                       Listener listener = {});

  // The call's positions are those of its value, not quite the ones asked for where it was stored.
  // The reference is valid until the next call.
  const SurfaceCall& evaluate(const Eigen::VectorXd& positions, CallPurpose purpose,
                              CallContext context = {});

  const SurfaceSystem& system() const { return surface_.system(); }
  const std::vector<SurfaceCall>& calls() const { return calls_; }
  int count() const { return static_cast<int>(calls_.size()); }
  int count(CallPurpose purpose) const;

 private:
  Surface& surface_;
  std::vector<SurfaceCall> stored_, calls_;
  Listener listener_;
};

}  // namespace markhor
