#include "saddle/lowest_modes.hpp"

#include "saddle/model_hessian.hpp"
#include "support/catch.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// Five particles about a trigonal bipyramid, not relaxed.
const VectorXd cluster{
    {0.0, 0.0, 0.0, 4.1, 0.0, 0.1, 2.0, 3.5, 0.0, 2.1, 1.1, 3.2, 1.9, 1.2, -3.3}};
const std::vector<int> argon(5, 18);

PairSurface<LennardJones> surface() { return {argon, {0.04, 3.6}}; }

MatrixXd true_hessian(Surface& s, const VectorXd& x) {
  MatrixXd hessian(x.size(), x.size());
  const double h = 1e-4;
  for (Eigen::Index i = 0; i < x.size(); ++i) {
    const VectorXd d = h * VectorXd::Unit(x.size(), i);
    hessian.col(i) = (s.evaluate(x - d).forces - s.evaluate(x + d).forces) / (2 * h);
  }
  return 0.5 * (hessian + hessian.transpose());
}

// A search that stands at the cluster; it refers to itself and stays where it is.
struct AtCluster {
  PairSurface<LennardJones> potential = surface();
  Evaluations evaluations{potential};
  FreeCoordinates space{potential.system(), {}};
  SearchProblem problem{evaluations, space, cluster, {}, {}};
  SearchPoint point = evaluate_point(problem, cluster, CallPurpose::search);

  AtCluster() = default;
  AtCluster(const AtCluster&) = delete;

  LowestModes look(const LowestModesOptions& options) const {
    return find_lowest_modes(problem, point, model_hessian(argon, cluster), {}, options);
  }
};

}  // namespace

TEST_CASE("lowest modes: those of the true Hessian") {
  AtCluster at;
  LowestModesOptions options;
  options.modes = 2;
  options.max_calls = 40;
  options.tolerance = 1e-5;
  options.separation = 1e-5;  // products of a finite step are not quite symmetric
  const LowestModes found = at.look(options);
  REQUIRE(found.converged);
  const MatrixXd internal = at.space.internal_motions(cluster);
  const MatrixXd hessian = true_hessian(at.potential, cluster);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> exact{
      MatrixXd(internal.transpose() * hessian * internal)};
  CHECK(found.curvatures[0] == Approx(exact.eigenvalues()[0]).margin(1e-5));
  CHECK(found.curvatures[1] == Approx(exact.eigenvalues()[1]).margin(1e-5));
  CHECK((at.space.rigid_motions(cluster).transpose() * found.modes).norm() < 1e-10);
  const MatrixXd corrected = corrected_hessian(MatrixXd::Identity(15, 15), found);
  CHECK((corrected * found.directions - found.products).norm() < 1e-4);
  CHECK((corrected - corrected.transpose()).norm() < 1e-12);
}

TEST_CASE("lowest modes: a few calls are enough where they show a curvature that is low enough") {
  const auto calls = [](double enough_curvature) {
    const AtCluster at;
    LowestModesOptions options;
    options.max_calls = 5;
    options.tolerance = 1e-9;
    options.enough_calls = 3;
    options.enough_curvature = enough_curvature;
    const LowestModes found = at.look(options);
    CHECK(!found.converged);
    CHECK(found.directions.cols() == at.evaluations.count(CallPurpose::rotation));
    return at.evaluations.count(CallPurpose::rotation);
  };
  CHECK(calls(1e3) == 3);   // anything is enough
  CHECK(calls(-1e3) == 5);  // nothing is
}

TEST_CASE("model Hessian: springs have no force against moving or turning everything") {
  const VectorXd x{{0.0, 0.0, 0.1, 1.9, 0.2, 0.0, 3.0, 1.9, 0.4, 2.1, 3.5, -0.8}};
  const std::vector<int> atoms = {1, 8, 8, 1};
  const MatrixXd hessian = model_hessian(atoms, x);
  const FreeCoordinates space({atoms, true}, {});
  CHECK((hessian * space.rigid_motions(x)).norm() < 1e-12);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> modes(hessian);
  CHECK(modes.eigenvalues()[0] > -1e-12);
  CHECK(modes.eigenvalues()[6] > 1e-4);  // all six internal motions are held
}
