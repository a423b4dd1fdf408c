#include "saddle/descent.hpp"

#include <algorithm>
#include <cmath>

#include "saddle/saddle_search.hpp"
#include "support/catch.hpp"
#include "surface/leps.hpp"
#include "surface/mueller_brown.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

// Steepest descent by steps so short that their order does not matter: the oracle.
std::vector<VectorXd> crawl(Surface& surface, VectorXd x, const VectorXd& masses) {
  constexpr double step = 2e-4;
  std::vector<VectorXd> path;
  double energy = surface.evaluate(x).energy;
  for (int i = 0; i < 100000; ++i) {
    const VectorXd downhill = surface.evaluate(x).forces.cwiseQuotient(masses.cwiseSqrt());
    x += step * downhill.normalized().cwiseQuotient(masses.cwiseSqrt());
    const double next = surface.evaluate(x).energy;
    if (next > energy) break;
    energy = next;
    if (i % 10 == 0) path.push_back(x);
  }
  return path;
}

double distance_to(const std::vector<VectorXd>& path, const VectorXd& x) {
  double nearest = 1e9;
  for (const VectorXd& point : path) nearest = std::min(nearest, (point - x).norm());
  return nearest;
}

SaddleOptions with_paths(std::vector<double> masses, double step) {
  SaddleOptions options;
  options.limits.force_tolerance = 1e-4;
  options.irc = true;
  options.masses = std::move(masses);
  options.descent.step = step;
  return options;
}

}  // namespace

// K. Mueller, L. D. Brown, Theor. Chim. Acta 53, 75 (1979): the upper saddle point leads to the
// minima at (-0.558, 1.442) with -146.700 and (-0.050, 0.467) with -80.768.
TEST_CASE("descent: the upper saddle point of Mueller and Brown's surface joins two minima") {
  MuellerBrownSurface surface;
  SaddleOptions options = with_paths({1.0}, 0.1);
  options.direction = VectorXd{{-1.0, 1.0, 0.0}};
  const SaddleResult result = find_saddle(surface, VectorXd{{-0.75, 0.55, 0.0}}, options);
  INFO(result.status << result.descent_status);
  REQUIRE(result.converged);
  REQUIRE(result.descents.size() == 2);
  std::vector<Descent> sides = result.descents;
  std::sort(sides.begin(), sides.end(),
            [](const Descent& a, const Descent& b) { return a.end_energy < b.end_energy; });
  for (const Descent& side : sides) {
    CAPTURE(side.path_status, side.status, side.points.size());
    CHECK(side.converged);
    double energy = result.value.energy;
    for (const DescentPoint& point : side.points) {
      CHECK(point.energy < energy);
      energy = point.energy;
    }
  }
  CHECK(sides[0].end[0] == Approx(-0.558).margin(2e-3));
  CHECK(sides[0].end[1] == Approx(1.442).margin(2e-3));
  CHECK(sides[0].end_energy == Approx(-0.146700).margin(1e-6));
  CHECK(sides[1].end[0] == Approx(-0.050).margin(2e-3));
  CHECK(sides[1].end[1] == Approx(0.467).margin(2e-3));
  CHECK(sides[1].end_energy == Approx(-0.080768).margin(1e-6));
  CHECK(result.descent_calls > 0);
  CHECK(result.search_calls + result.rotation_calls + result.verification_calls +
            result.descent_calls ==
        static_cast<int>(result.calls.size()));
}

TEST_CASE("descent: the path is that of short steps") {
  MuellerBrownSurface surface;
  SaddleOptions options = with_paths({1.0}, 0.05);
  options.direction = VectorXd{{-1.0, 1.0, 0.0}};
  const SaddleResult result = find_saddle(surface, VectorXd{{-0.75, 0.55, 0.0}}, options);
  REQUIRE(result.descents.size() == 2);
  for (const Descent& side : result.descents) {
    REQUIRE(side.points.size() > 5);
    const VectorXd away = side.points.front().positions - result.positions;
    const auto path = crawl(surface, result.positions + 0.01 * away, VectorXd::Ones(3));
    for (const DescentPoint& point : side.points) {
      INFO(point.length);
      CHECK(distance_to(path, point.positions) < 0.01);
    }
  }
}

TEST_CASE(
    "descent: from the collinear saddle point of LEPS an atom goes either way, as masses say") {
  LepsSurface surface;
  const VectorXd guess{{-1.7, 0.0, 0.0, 0.0, 0.05, 0.0, 2.1, 0.0, 0.02}};
  const SaddleResult result =
      find_saddle(surface, guess, with_paths({1.007825, 1.007825, 2.014102}, 0.1));
  INFO(result.status << result.descent_status);
  REQUIRE(result.converged);
  REQUIRE(result.descents.size() == 2);
  const auto bond = [](const VectorXd& x, int a, int b) {
    return (x.segment<3>(3 * a) - x.segment<3>(3 * b)).norm();
  };
  int left = 0, right = 0;
  for (const Descent& side : result.descents) {
    INFO(side.path_status << ' ' << side.status);
    CHECK(side.end_energy < result.value.energy);
    (bond(side.end, 0, 1) < bond(side.end, 1, 2) ? left : right) += 1;
    // Forces inside a system do not move its centre of mass.
    const auto centre = [](const VectorXd& x) -> Eigen::Vector3d {
      return x.segment<3>(0) + x.segment<3>(3) + 2.014102 / 1.007825 * x.segment<3>(6);
    };
    for (const DescentPoint& point : side.points) {
      CHECK((centre(point.positions) - centre(result.positions)).norm() < 0.02);
    }
  }
  CHECK(left == 1);
  CHECK(right == 1);
}

TEST_CASE("descent: limits hold, and a minimum has no paths down") {
  MuellerBrownSurface surface;
  SaddleOptions options = with_paths({1.0}, 0.05);
  options.descent.max_calls = 6;
  const SaddleResult few = find_saddle(surface, VectorXd{{-0.75, 0.55, 0.0}}, options);
  REQUIRE(few.converged);
  CHECK(few.descent_calls == 6);
  CHECK_FALSE(few.descents.back().converged);
  options.method = SaddleMethod::minimize;
  const SaddleResult minimum = find_saddle(surface, VectorXd{{-0.55, 1.4, 0.0}}, options);
  CHECK(minimum.descents.empty());
  CHECK(minimum.descent_status == "no paths down: no mode of the Hessian is known to be negative");
}
