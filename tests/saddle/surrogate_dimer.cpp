#include "saddle/surrogate_dimer.hpp"

#include "saddle/gp_dimer.hpp"
#include "saddle/saddle_search.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

// (x - c)^T H (x - c) / 2 in an outer field, eigenvalues -0.3, 0.1, 0.4, ... along columns of an
// orthogonal matrix; at the centre c the two particles are 10 bohr apart.
struct Quadratic {
  MatrixXd modes, hessian;
  VectorXd centre{{0.0, 0.0, 0.0, 10.0, 0.0, 0.0}};
  FreeCoordinates space{{{0, 0}, false}, {}};
  SurrogateGradient gradient = [this](const VectorXd& x) {
    return VectorXd(hessian * (x - centre));
  };

  Quadratic() {
    MatrixXd numbers(6, 6);
    for (int i = 0; i < 36; ++i) numbers(i / 6, i % 6) = std::sin(1.0 + i * i);
    modes = Eigen::HouseholderQR<MatrixXd>(numbers).householderQ();
    const VectorXd values{{-0.3, 0.1, 0.4, 0.7, 1.0, 1.3}};
    hessian = modes * values.asDiagonal() * modes.transpose();
  }
  VectorXd lowest() const { return modes.col(0); }
};

SurrogateDimer at(const Quadratic& surface, const VectorXd& from_centre, const VectorXd& axis) {
  SurrogateDimer dimer{surface.centre + from_centre, axis.normalized(), {}, {}};
  set_dimer(surface.gradient, surface.space, SurrogateDimerOptions{}.separation, dimer);
  return dimer;
}

}  // namespace

TEST_CASE("surrogate dimer: turns to the lowest mode of a quadratic surface") {
  const Quadratic surface;
  const SurrogateDimerOptions options;
  SurrogateDimer dimer = at(surface, VectorXd::LinSpaced(6, -1.0, 1.0), VectorXd::Ones(6));
  const int turns = rotate_dimer(surface.gradient, surface.space, options, {1e-4, 200}, dimer);
  CHECK(turns < 30);
  CHECK(std::abs(dimer.axis.dot(surface.lowest())) == Approx(1.0).margin(1e-6));
  CHECK(dimer.curvature(options.separation) == Approx(-0.3).margin(1e-6));
  // Nothing is left to turn.
  CHECK(expected_turn(dimer, options.separation) < 1e-4);
  CHECK(rotate_dimer(surface.gradient, surface.space, options, {1e-2, 10}, dimer) == 0);
}

TEST_CASE("surrogate dimer: one turn within a plane finds its lowest curvature") {
  const Quadratic surface;
  const SurrogateDimerOptions options;
  const VectorXd axis = 0.6 * surface.modes.col(0) + 0.8 * surface.modes.col(4);
  SurrogateDimer dimer = at(surface, VectorXd::Zero(6), axis);
  CHECK(rotate_dimer(surface.gradient, surface.space, options, {1e-4, 10}, dimer) == 1);
  CHECK(std::abs(dimer.axis.dot(surface.lowest())) == Approx(1.0).margin(1e-9));
  // tan 2w = |F| / 2|C|: 2 (H n) across n is 2 * 0.6 * 0.8 * (1.0 + 0.3), C is 0.64 * 1 - 0.36 *
  // 0.3
  const SurrogateDimer before = at(surface, VectorXd::Zero(6), axis);
  CHECK(expected_turn(before, options.separation) ==
        Approx(0.5 * std::atan(2 * 0.48 * 1.3 / (2 * (0.64 - 0.108)))));
}

TEST_CASE("surrogate dimer: walks to the saddle point of a quadratic surface") {
  const Quadratic surface;
  const SurrogateDimerOptions options;
  SurrogateDimer dimer = at(surface, VectorXd::LinSpaced(6, -0.3, 0.4), surface.lowest());
  SurrogateTranslation translation(surface.space, options);
  for (int i = 0; i < 100; ++i) {
    set_dimer(surface.gradient, surface.space, options.separation, dimer);
    const VectorXd step = translation.next_step(dimer);
    CHECK(step.norm() < options.max_step * (1 + 1e-12));
    dimer.positions += step;
  }
  CHECK((dimer.positions - surface.centre).norm() < 1e-6);
}

TEST_CASE("surrogate dimer: where the curvature is positive it climbs along the axis alone") {
  const Quadratic surface;
  const SurrogateDimerOptions options;
  const VectorXd axis = surface.modes.col(3);
  const SurrogateDimer dimer = at(surface, -0.2 * axis + surface.modes.col(1), axis);
  SurrogateTranslation translation(surface.space, options);
  // Uphill of a coordinate that is -0.2 is down.
  CHECK((translation.next_step(dimer) + options.convex_step * axis).norm() < 1e-12);
}

TEST_CASE("surrogate dimer: no atom comes too near to another in a step") {
  const std::vector<int> atoms = {6, 1, 8};
  const VectorXd x{{0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 0.0, 5.0, 0.0}};
  VectorXd step = VectorXd::Zero(9);
  step[3] = -1.0;
  const FreeCoordinates space({atoms, true}, {});
  // The hydrogen's neighbour is 2 bohr away.
  CHECK(safe_scale(space, x, step, 2.0 / 3.0) == Approx(0.99 * 0.5 / 3.0 * 2.0));
  CHECK(safe_scale(space, x, 0.1 * step, 2.0 / 3.0) == 1.0);
  step[7] = 1.0;  // of the oxygen 5 bohr away: its limit is wider
  CHECK(safe_scale(space, x, step, 2.0 / 3.0) == Approx(0.99 * 0.5 / 3.0 * 2.0));
  // Fixed atoms count as neighbours.
  const FreeCoordinates last({atoms, true}, {true, true, false});
  CHECK(safe_scale(last, x, VectorXd{{0.0, 2.0, 0.0}}, 2.0 / 3.0) ==
        Approx(0.99 * 0.5 / 3.0 * 5.0 / 2.0));
}

TEST_CASE("surrogate dimer: a motion of the whole is no mode to climb") {
  // All curvatures are positive but those of moving and turning, which are zero.
  const std::vector<int> atoms = {1, 1, 1};
  const VectorXd x{{0.0, 0.0, 0.0, 2.0, 0.1, 0.0, 0.9, 1.8, 0.3}};
  const FreeCoordinates space({atoms, true}, {});
  const MatrixXd rigid = space.rigid_motions(x);
  const VectorXd stiffness = VectorXd::LinSpaced(9, 0.1, 0.9);
  const MatrixXd internal = MatrixXd::Identity(9, 9) - rigid * rigid.transpose();
  const MatrixXd hessian = internal * stiffness.asDiagonal() * internal;
  const SurrogateGradient gradient = [&](const VectorXd& y) { return VectorXd(hessian * (y - x)); };
  const SurrogateDimerOptions options;
  SurrogateDimer dimer{x, VectorXd::LinSpaced(9, -0.3, 0.7).normalized(), {}, {}};
  CHECK((rigid.transpose() * dimer.axis).norm() > 0.1);
  set_dimer(gradient, space, options.separation, dimer);
  rotate_dimer(gradient, space, options, {1e-4, 50}, dimer);
  CHECK((rigid.transpose() * dimer.axis).norm() < 1e-10);
  CHECK(dimer.curvature(options.separation) > 0.09);
}

TEST_CASE("GP-dimer: calls say what was expected of them") {
  LepsSurface surface;
  SaddleOptions options;
  options.method = SaddleMethod::otgp_dimer;
  options.verify = Verify::none;
  const VectorXd guess{{-1.7, 0.0, 0.0, 0.0, 0.25, 0.0, 2.1, 0.0, 0.1}};
  const SaddleResult result = find_saddle(surface, guess, options);
  INFO(result.status);
  REQUIRE(result.converged);
  CHECK(result.rotation_calls >= 1);
  CHECK(result.rotation_calls <= 1 + published_otgp_dimer().max_initial_rotations);
  CHECK(result.steps == result.search_calls - 1);
  const SurfaceCall& last = result.calls.back();
  CHECK(last.context.predicted_energy == Approx(last.value.energy).margin(1e-3));
  CHECK(last.context.trust_radius > 0.15 * units::bohr_per_angstrom);
  CHECK(last.context.hyperparameters.size() == 2);
  CHECK(std::isnan(result.calls.front().context.predicted_energy));
}

TEST_CASE("GP-dimer: a budget of calls holds") {
  LepsSurface surface;
  SaddleOptions options;
  options.method = SaddleMethod::gp_dimer;
  const VectorXd guess{{-1.7, 0.0, 0.0, 0.0, 0.25, 0.0, 2.1, 0.0, 0.1}};
  for (const int calls : {1, 2, 5}) {
    options.limits.max_calls = calls;
    const SaddleResult result = find_saddle(surface, guess, options);
    CHECK_FALSE(result.converged);
    CHECK(result.status.find("not converged after") == 0);
    CHECK(static_cast<int>(result.calls.size()) == calls);
  }
}
