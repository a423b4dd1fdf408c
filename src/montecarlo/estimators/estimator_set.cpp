#include "montecarlo/estimators/estimator_set.hpp"

#include <utility>

namespace markhor {

EstimatorSet::EstimatorSet(const std::vector<std::string>& names, const Molecule& molecule)
    : estimators_(make_estimators(names, molecule)) {
  for (const auto& estimator : estimators_) {
    first_quantity_.push_back(quantities_.size());
    for (Quantity& quantity : estimator->quantities()) quantities_.push_back(std::move(quantity));
  }
  values_.resize(quantities_.size());
}

const Lanes* EstimatorSet::measure(const Sample& sample) {
  for (std::size_t i = 0; i < estimators_.size(); ++i) {
    estimators_[i]->measure(sample, values_.data() + first_quantity_[i]);
  }
  return values_.data();
}

}  // namespace markhor
