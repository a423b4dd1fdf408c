// Estimators: quantities averaged over the walkers.
//
// An estimator turns one sample (eight walkers after a sweep) into a fixed number of values per
// walker. Summing, blocking and error bars are the driver's: an estimator knows no ranks, blocks or
// weights, so merging blocks cannot depend on it. See docs/adding-an-estimator.md.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hamiltonian/local_energy.hpp"
#include "molecule/molecule.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

struct Sample {
  const Lanes* positions = nullptr;  // electrons x 3, bohr
  const LogDerivatives& derivatives;
  const LocalEnergy& energy;
};

struct Quantity {
  std::string name, unit, description;
};

class Estimator {
 public:
  virtual ~Estimator() = default;
  // What measure writes, in this order.
  virtual std::vector<Quantity> quantities() const = 0;
  // values: one Lanes per quantity, overwritten.
  virtual void measure(const Sample& sample, Lanes* values) const = 0;
};

struct EstimatorKind {
  std::string name;  // word of `[vmc] estimators` for the optional ones
  bool optional = false;
  std::string help;
  std::function<std::unique_ptr<Estimator>(const Molecule&)> make;
};

// Every kind there is; the first is always measured, and its first quantity is the local energy.
const std::vector<EstimatorKind>& estimator_kinds();

// The kinds that are not optional and those named. Throws InputError for an unknown name.
std::vector<std::unique_ptr<Estimator>> make_estimators(const std::vector<std::string>& names,
                                                        const Molecule& molecule);

}  // namespace markhor
