#include "surface/surface.hpp"

namespace markhor {

std::vector<SurfaceValue> Surface::evaluate_batch(const std::vector<Eigen::VectorXd>& positions) {
  std::vector<SurfaceValue> values;
  values.reserve(positions.size());
  for (const Eigen::VectorXd& x : positions) values.push_back(evaluate(x));
  return values;
}

}  // namespace markhor
