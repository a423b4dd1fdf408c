// Limited-memory BFGS: the product of an inverse Hessian, known from the last steps, with a
// gradient. J. Nocedal, Math. Comp. 35, 773 (1980).
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <deque>

namespace markhor {

class LimitedMemory {
 public:
  explicit LimitedMemory(std::size_t memory) : memory_(memory) {}

  void clear() { pairs_.clear(); }
  // A step and the change of the gradient over it.
  void add(const Eigen::VectorXd& step, const Eigen::VectorXd& gradient_change);
  // H gradient, where without pairs H = inverse_curvature.
  Eigen::VectorXd apply(const Eigen::VectorXd& gradient, double inverse_curvature) const;

 private:
  struct Pair {
    Eigen::VectorXd step, change;
    double inverse_product;  // 1 / (step . change)
  };
  std::size_t memory_;
  std::deque<Pair> pairs_;
};

}  // namespace markhor
