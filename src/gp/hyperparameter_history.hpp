// Fits of hyperparameters to few data may jump to and fro from one observation to the next, and the
// surrogate with them. R. Goswami, H. Jonsson, arXiv:2510.06030 (2025) notice it by the signs of
// the changes and then fit to more data.
#pragma once

#include <Eigen/Dense>
#include <deque>

#include "gp/kernel.hpp"

namespace markhor {

struct OscillationOptions {
  int kept = 6;                // fits: 5 changes, 4 pairs of consecutive changes
  double threshold = 1e-9;     // products of changes above minus this are no flip
  double largest_share = 0.8;  // of flips among all pairs and parameters
};

class HyperparameterHistory {
 public:
  explicit HyperparameterHistory(const OscillationOptions& options = {}) : options_(options) {}

  // theta = (ln s^2, ln l_0, ...)
  void add(const GpHyperparameters& hyperparameters);
  void clear() { fits_.clear(); }
  // False as long as there are fewer fits than are kept.
  bool oscillates() const;

 private:
  OscillationOptions options_;
  std::deque<Eigen::VectorXd> fits_;
};

}  // namespace markhor
