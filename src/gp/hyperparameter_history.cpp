#include "gp/hyperparameter_history.hpp"

#include <cmath>

namespace markhor {

using Eigen::Index;
using Eigen::VectorXd;

void HyperparameterHistory::add(const GpHyperparameters& hyperparameters) {
  const VectorXd& lengths = hyperparameters.length_scales;
  VectorXd theta(1 + lengths.size());
  theta << std::log(hyperparameters.signal_variance), lengths.array().log().matrix();
  fits_.push_back(std::move(theta));
  if (int(fits_.size()) > options_.kept) fits_.pop_front();
}

bool HyperparameterHistory::oscillates() const {
  if (int(fits_.size()) < options_.kept || options_.kept < 3) return false;
  Index flips = 0, pairs = 0;
  for (std::size_t i = 2; i < fits_.size(); ++i) {
    const VectorXd before = fits_[i - 1] - fits_[i - 2], after = fits_[i] - fits_[i - 1];
    flips += (before.cwiseProduct(after).array() < -options_.threshold).count();
    pairs += after.size();
  }
  return double(flips) > options_.largest_share * double(pairs);
}

}  // namespace markhor
