// Sums of Eigen's arrays over ranks.
#pragma once

#include <Eigen/Dense>
#include <span>

#include "parallel/communicator.hpp"

namespace markhor {

// In place, elementwise, on every rank (Communicator::sum of real numbers).
template <class Matrix>
void sum_over_ranks(Eigen::PlainObjectBase<Matrix>& values, const Communicator& communicator) {
  communicator.sum(std::span<double>(values.data(), static_cast<std::size_t>(values.size())));
}

}  // namespace markhor
