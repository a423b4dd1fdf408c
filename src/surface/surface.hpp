// A potential energy surface: positions in, energy and forces with their errors out. All that a
// saddle search knows of what it searches.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

namespace markhor {

struct SurfaceSystem {
  std::vector<int> atomic_numbers;  // one a particle; 0: a particle that is no atom
  // Energy and forces follow the particles when all are moved or turned together. False for
  // particles in an outer field.
  bool invariant = true;

  Eigen::Index coordinates() const { return 3 * static_cast<Eigen::Index>(atomic_numbers.size()); }
};

struct SurfaceValue {
  bool found = false;          // false: no value here, and `status` says why
  std::string status;          // a sentence, empty if there is nothing to say
  double energy = 0.0;         // Hartree
  double energy_error = 0.0;   // one standard error; 0: exact
  Eigen::VectorXd forces;        // x y z of the first particle, of the second, ..., Hartree/bohr
  Eigen::VectorXd force_errors;  // one standard error each; zeros: exact
};

// Positions: x y z of the first particle, of the second, ..., bohr. A point where there is no value
// (atoms on top of each other, a calculation that does not converge) is reported in the value, not
// thrown; CalculationError is for what makes any further call pointless (a client that died).
class Surface {
 public:
  virtual ~Surface() = default;
  virtual const SurfaceSystem& system() const = 0;
  virtual SurfaceValue evaluate(const Eigen::VectorXd& positions) = 0;
  // The same for independent points, which an engine may work on together; by default one after
  // the other.
  virtual std::vector<SurfaceValue> evaluate_batch(const std::vector<Eigen::VectorXd>& positions);
};

}  // namespace markhor
