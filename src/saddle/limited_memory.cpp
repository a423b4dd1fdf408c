#include "saddle/limited_memory.hpp"

#include <vector>

namespace markhor {

void LimitedMemory::add(const Eigen::VectorXd& step, const Eigen::VectorXd& gradient_change) {
  const double product = step.dot(gradient_change);
  if (product == 0.0) return;
  pairs_.push_back({step, gradient_change, 1.0 / product});
  if (pairs_.size() > memory_) pairs_.pop_front();
}

Eigen::VectorXd LimitedMemory::apply(const Eigen::VectorXd& gradient,
                                     double inverse_curvature) const {
  Eigen::VectorXd q = gradient;
  std::vector<double> weights(pairs_.size());
  for (std::size_t i = pairs_.size(); i-- > 0;) {
    weights[i] = pairs_[i].inverse_product * pairs_[i].step.dot(q);
    q -= weights[i] * pairs_[i].change;
  }
  q *= inverse_curvature;
  for (std::size_t i = 0; i < pairs_.size(); ++i) {
    const double back = pairs_[i].inverse_product * pairs_[i].change.dot(q);
    q += (weights[i] - back) * pairs_[i].step;
  }
  return q;
}

}  // namespace markhor
