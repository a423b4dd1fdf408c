// The estimators of a run, one after another.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "montecarlo/estimators/estimator.hpp"

namespace markhor {

class EstimatorSet {
 public:
  // names: of the optional ones, as make_estimators.
  EstimatorSet(const std::vector<std::string>& names, const Molecule& molecule);

  // The first is the local energy.
  const std::vector<Quantity>& quantities() const { return quantities_; }
  // The values of the quantities of eight walkers; valid until the next call.
  const Lanes* measure(const Sample& sample);

 private:
  std::vector<std::unique_ptr<Estimator>> estimators_;
  std::vector<std::size_t> first_quantity_;  // of each estimator in quantities_
  std::vector<Quantity> quantities_;
  LaneVector values_;
};

}  // namespace markhor
