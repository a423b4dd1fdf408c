// A difference of two energies, estimated twice.
#pragma once

#include <cmath>

namespace markhor {

struct Difference {
  double value = 0.0, error = 0.0;  // Hartree, one sigma

  bool exceeds(double sigmas) const { return value > sigmas * error; }
};

// Both by the inverse squares of their errors.
inline Difference combine(const Difference& a, const Difference& b) {
  const double norm = std::hypot(a.error, b.error);
  if (norm == 0.0) return a;
  const double x = b.error / norm, y = a.error / norm;
  return {x * x * a.value + y * y * b.value, a.error * x};
}

}  // namespace markhor
