#include "saddle/surface_prior.hpp"

#include <algorithm>
#include <deque>
#include <memory>

#include "core/errors.hpp"
#include "curvature/quasi_newton.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

struct KnownHessian {
  VectorXd positions, gradient;  // 3n, D
  MatrixXd hessian;              // D x D
  double updated = 0.0;          // along the steps since it was computed by differences, bohr
};

class SurfacePrior {
 public:
  SurfacePrior(Surface& surface, const FreeCoordinates& space, const SurfacePriorOptions& options)
      : surface_(surface), space_(space), options_(options) {}

  // The walk asks for value and Hessian of the same point.
  const GpPrediction& mean(const VectorXd& x) {
    if (last_positions_.size() == 0 || x != last_positions_) {
      last_ = evaluate(x);
      last_positions_ = x;
    }
    return last_;
  }

  MatrixXd hessian(const VectorXd& x) {
    const auto distance = [&x](const KnownHessian& known) { return (x - known.positions).norm(); };
    const auto nearest =
        std::min_element(known_.begin(), known_.end(),
                         [&](const auto& a, const auto& b) { return distance(a) < distance(b); });
    const bool is_near =
        nearest != known_.end() && nearest->updated + distance(*nearest) < options_.longest_update;
    if (is_near && distance(*nearest) < options_.shortest_update) return nearest->hessian;
    remember(is_near ? update(*nearest, x) : by_differences(x));
    return known_.back().hessian;
  }

 private:
  GpPrediction evaluate(const VectorXd& x) const {
    const SurfaceValue value = surface_.evaluate(x);
    if (!value.found) throw CalculationError("the prior has no energy: " + value.status);
    return {value.energy, -space_.reduced(value.forces)};
  }

  KnownHessian update(const KnownHessian& from, const VectorXd& x) {
    const VectorXd step = space_.reduced(x - from.positions);
    const VectorXd gradient = mean(x).gradient;
    return {x, gradient, bofill_update(from.hessian, step, gradient - from.gradient).hessian,
            from.updated + step.norm()};
  }

  KnownHessian by_differences(const VectorXd& x) {
    const double h = options_.separation;
    const VectorXd here = mean(x).gradient;
    MatrixXd hessian(space_.size(), space_.size());
    for (Index i = 0; i < space_.size(); ++i) {
      const VectorXd step = h * VectorXd::Unit(space_.size(), i);
      hessian.col(i) = (evaluate(space_.moved(x, step)).gradient - here) / h;
    }
    return {x, here, 0.5 * (hessian + hessian.transpose()), 0.0};
  }

  void remember(KnownHessian known) {
    known_.push_back(std::move(known));
    if (static_cast<int>(known_.size()) > options_.remembered) known_.pop_front();
  }

  Surface& surface_;
  const FreeCoordinates& space_;
  SurfacePriorOptions options_;
  VectorXd last_positions_;
  GpPrediction last_;
  std::deque<KnownHessian> known_;
};

}  // namespace

GpPrior surface_prior(Surface& surface, const FreeCoordinates& space,
                      const SurfacePriorOptions& options) {
  const auto shared = std::make_shared<SurfacePrior>(surface, space, options);
  GpPrior prior;
  prior.mean = [shared](const VectorXd& x) { return shared->mean(x); };
  prior.hessian = [shared](const VectorXd& x) { return shared->hessian(x); };
  return prior;
}

}  // namespace markhor
