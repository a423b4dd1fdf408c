#include "saddle/surface_prior.hpp"

#include <algorithm>

#include "core/errors.hpp"
#include "support/catch.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

const std::vector<int> argon(4, 18);
const VectorXd cluster{{0.1, -0.1, 0.0, 4.1, 0.2, -0.1, 2.1, 3.5, 0.2, 1.9, 1.3, 3.4}};

// Counts calls, and has no energy beyond a distance from the cluster.
class Counted final : public Surface {
 public:
  explicit Counted(double reach) : reach_(reach) {}
  const SurfaceSystem& system() const override { return potential_.system(); }
  SurfaceValue evaluate(const VectorXd& x) override {
    ++calls;
    if ((x - cluster).norm() < reach_) return potential_.evaluate(x);
    SurfaceValue nothing;
    nothing.found = false;
    nothing.status = "too far";
    return nothing;
  }
  int calls = 0;

 private:
  double reach_;
  PairSurface<LennardJones> potential_{argon, {0.04, 3.6}};
};

MatrixXd differences(const GpPrior& prior, const VectorXd& x) {
  const double h = 1e-4;
  MatrixXd hessian(x.size(), x.size());
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const VectorXd d = h * VectorXd::Unit(x.size(), i);
    hessian.col(i) = (prior.mean(x + d).gradient - prior.mean(x - d).gradient) / (2 * h);
  }
  return hessian;
}

}  // namespace

TEST_CASE("surface prior: differences where nothing is known, updates nearby") {
  Counted surface(100.0);
  const FreeCoordinates space(surface.system(), {});
  SurfacePriorOptions options;
  options.separation = 1e-5;  // no self-consistency blurs these forces
  const GpPrior prior = surface_prior(surface, space, options);
  CHECK((prior.hessian(cluster) - differences(prior, cluster)).norm() < 1e-4);

  // Updates satisfy the secant equation and cost one call; the mean of the same point none.
  const VectorXd step = 0.02 * VectorXd::LinSpaced(12, -1.0, 1.3);
  const VectorXd there = cluster + step;
  const VectorXd ahead = prior.mean(there).gradient, here = prior.mean(cluster).gradient;
  surface.calls = 0;
  const MatrixXd updated = prior.hessian(there);
  CHECK(surface.calls == 1);
  CHECK((updated * step - (ahead - here)).norm() < 1e-10);
  prior.mean(there);
  prior.hessian(there);
  CHECK(surface.calls == 1);

  // Too far to be updated: D calls and one for the gradient.
  const VectorXd away = cluster + 0.4 * VectorXd::LinSpaced(12, -1.0, 1.0);
  surface.calls = 0;
  const MatrixXd fresh = prior.hessian(away);
  CHECK(surface.calls == 13);
  CHECK((fresh - differences(prior, away)).norm() < 1e-4);
}

TEST_CASE("surface prior: Newton steps with its Hessian reach a stationary point of its mean") {
  Counted surface(100.0);
  const FreeCoordinates space(surface.system(), {});
  const GpPrior prior = surface_prior(surface, space);
  VectorXd x = cluster;
  for (int i = 0; i < 30 && prior.mean(x).gradient.norm() > 1e-9; ++i) {
    const MatrixXd internal = space.internal_motions(x);
    const MatrixXd hessian = internal.transpose() * prior.hessian(x) * internal;
    const VectorXd step = hessian.ldlt().solve(internal.transpose() * prior.mean(x).gradient);
    x -= internal * step * std::min(1.0, 0.2 / step.norm());
  }
  CHECK(prior.mean(x).gradient.norm() < 1e-9);
  CHECK(surface.calls < 80);
}

TEST_CASE("surface prior: says where it has no energy") {
  Counted surface(1e-9);
  const FreeCoordinates space(surface.system(), {});
  const GpPrior prior = surface_prior(surface, space);
  prior.mean(cluster);
  CHECK_THROWS_AS(prior.hessian(cluster), CalculationError);
}
