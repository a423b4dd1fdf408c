#include "saddle/frequencies.hpp"

#include <cmath>

#include "saddle/saddle_search.hpp"
#include "support/catch.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::VectorXd;

namespace {

const Morse hydrogen = {0.1745, 1.028, 1.401};  // hartree, 1/bohr, bohr: H2

// Of a Morse bond with depth D and width a: the force constant is 2 D a^2.
double harmonic(const Morse& morse, double reduced_mass) {
  const double force_constant = 2.0 * morse.depth * morse.width * morse.width;
  return std::sqrt(force_constant / (reduced_mass * units::electron_masses_per_u)) /
         units::hartree_per_inverse_cm;
}

SaddleOptions full_hessian(std::vector<double> masses) {
  SaddleOptions options;
  options.method = SaddleMethod::minimize;
  options.verify = Verify::hessian;
  options.limits.force_tolerance = 1e-8;
  options.masses = std::move(masses);
  return options;
}

}  // namespace

TEST_CASE("frequencies: a Morse molecule has one, of the formula") {
  PairSurface<Morse> surface({1, 1}, hydrogen);
  const SaddleResult result = find_saddle(surface, VectorXd{{0.1, 0.2, 0.0, 0.9, 0.6, 0.8}},
                                          full_hessian({1.007825, 34.968853}));
  REQUIRE(result.frequencies);
  REQUIRE(result.frequencies->wavenumbers.size() == 1);
  const double expected = harmonic(hydrogen, 1.007825 * 34.968853 / (1.007825 + 34.968853));
  CHECK(result.frequencies->wavenumbers[0] == Approx(expected).epsilon(2e-4));
  CHECK(result.frequencies->zero_point_energy ==
        Approx(0.5 * expected * units::hartree_per_inverse_cm).epsilon(2e-4));
  CHECK(result.negative_modes == 0);
  CHECK(result.verification == "0 of 1 frequencies are imaginary: a minimum");
  // Two calls a vibration.
  CHECK(result.verification_calls == 2);
}

TEST_CASE("frequencies: with one end frozen only the other's mass counts") {
  PairSurface<Morse> surface({1, 1}, hydrogen);
  SaddleOptions options = full_hessian({1.0, 3.0});
  options.frozen = {true, false};
  const SaddleResult result =
      find_saddle(surface, VectorXd{{0.0, 0.0, 0.0, 0.9, 0.6, 0.9}}, options);
  REQUIRE(result.frequencies);
  // Turning around the frozen end changes nothing.
  REQUIRE(result.frequencies->wavenumbers.size() == 1);
  CHECK(result.frequencies->wavenumbers[0] == Approx(harmonic(hydrogen, 3.0)).epsilon(2e-4));
}

// An equilateral triangle of springs k between equal masses m: omega^2 = 3 k / m once, 3 k / (2 m)
// twice (Wilson, Decius, Cross, ch. 2). 2 D a^2 is k of a Morse bond.
TEST_CASE("frequencies: a triangle has its two different ones") {
  PairSurface<Morse> surface({1, 1, 1}, hydrogen);
  const double mass = 4.0;
  const SaddleResult result =
      find_saddle(surface, VectorXd{{0.0, 0.0, 0.1, 1.5, 0.0, 0.0, 0.7, 1.2, 0.0}},
                  full_hessian({mass, mass, mass}));
  REQUIRE(result.frequencies);
  const VectorXd& found = result.frequencies->wavenumbers;
  REQUIRE(found.size() == 3);
  CHECK(found[0] == Approx(harmonic(hydrogen, mass / 1.5)).epsilon(3e-4));
  CHECK(found[1] == Approx(harmonic(hydrogen, mass / 1.5)).epsilon(3e-4));
  CHECK(found[2] == Approx(harmonic(hydrogen, mass / 3.0)).epsilon(3e-4));
}

TEST_CASE("frequencies: masses that do not fit are the programmer's fault") {
  const FreeCoordinates space({{1, 1}, true}, {});
  CHECK_THROWS_AS(root_masses(space, {1.0}), std::invalid_argument);
  CHECK_THROWS_AS(root_masses(space, {1.0, 0.0}), std::invalid_argument);
}
