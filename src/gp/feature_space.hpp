// The features of a geometry with their derivatives, and the few products of these derivatives that
// the kernel is made of.
//
// A pair of particles touches six coordinates: its row of the Jacobian J_pa = du_p/dx_a is one
// 3-vector g_p = du_p/dx_first = -r / |r|^3, r = x_first - x_second, and its negative. J is
// therefore never stored, and a product J^T diag(c) J' costs one 3 x 3 matrix a pair.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "gp/features.hpp"

namespace markhor {

// Sizes here and below: P features, D moving coordinates.
struct FeaturePoint {
  Eigen::VectorXd values;   // P
  Eigen::Matrix3Xd slopes;  // 3 x P, the vectors g_p; empty where the coordinates are the features
};

class FeatureSpace {
 public:
  // Throws std::invalid_argument unless whole particles move and every pair has one that does.
  explicit FeatureSpace(FeatureMap map);

  const FeatureMap& map() const { return map_; }
  Eigen::Index size() const { return static_cast<Eigen::Index>(types_.size()); }  // P
  Eigen::Index dimension() const { return map_.dimension(); }                     // D
  int type(Eigen::Index feature) const { return types_[static_cast<std::size_t>(feature)]; }

  // positions: all 3n coordinates. Particles on top of each other give features that are not
  // finite.
  FeaturePoint at(const Eigen::VectorXd& positions) const;

  // J v, P, for v of D.
  Eigen::VectorXd along(const FeaturePoint& point, const Eigen::VectorXd& direction) const;
  // J^T f, D, for f of P.
  Eigen::VectorXd pulled_back(const FeaturePoint& point, const Eigen::VectorXd& covector) const;
  // Adds J^T diag(weights) J', J at `point` and J' at `other`; matrix: D x D.
  void add_product(const FeaturePoint& point, const FeaturePoint& other,
                   const Eigen::VectorXd& weights, Eigen::Ref<Eigen::MatrixXd> matrix) const;
  // The diagonal of J M J'^T, P, for M of D x D.
  Eigen::VectorXd sandwich(const FeaturePoint& point, const FeaturePoint& other,
                           const Eigen::Ref<const Eigen::MatrixXd>& matrix) const;
  // Adds sum_p covector_p d2u_p/dx dx, with d2u/dr dr = 3 r r^T / |r|^5 - 1 / |r|^3.
  void add_curvature(const FeaturePoint& point, const Eigen::VectorXd& covector,
                     Eigen::MatrixXd& matrix) const;

 private:
  // First columns of the two particles among the moving coordinates; second = -1 if it is fixed.
  struct Ends {
    Eigen::Index first = 0, second = -1;
  };
  void build_ends();
  bool has_pairs() const { return !map_.pairs.empty(); }

  FeatureMap map_;  // pairs turned so that the first particle moves
  std::vector<int> types_;
  std::vector<Ends> ends_;
  Eigen::Index coordinates_ = 0;  // that positions must have at least
};

}  // namespace markhor
