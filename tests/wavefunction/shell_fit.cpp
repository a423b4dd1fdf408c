// Coefficients that follow their basis functions, on sets whose fits are known.
#include "wavefunction/shell_fit.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

namespace {

Shell shell_of(int atom, int l, double exponent, bool slater) {
  Shell shell{atom, l, false, {exponent}, {1.0}, {}};
  if (slater) shell.powers = {0};
  normalize_contraction(shell);
  return shell;
}

}  // namespace

TEST_CASE("shell fit: functions that only change places take their coefficients along", "[unit]") {
  for (const bool slater : {false, true}) {
    BasisSet before, after;
    before.shells = {shell_of(0, 0, 3.0, slater), shell_of(0, 1, 1.7, slater),
                     shell_of(0, 0, 0.8, slater), shell_of(0, 1, 0.6, slater),
                     shell_of(1, 0, 0.9, slater)};
    after = before;
    std::swap(after.shells[0], after.shells[2]);
    std::swap(after.shells[1], after.shells[3]);
    Eigen::MatrixXd c(9, 2);
    for (Eigen::Index i = 0; i < 9; ++i) c.row(i) << double(i + 1), std::sin(double(i));
    Eigen::MatrixXd expected = c;
    expected.row(0).swap(expected.row(4));
    for (Eigen::Index m = 0; m < 3; ++m) expected.row(1 + m).swap(expected.row(5 + m));
    follow_basis(before, after, c);
    CHECK((c - expected).norm() < 1e-10);
  }
}

TEST_CASE("shell fit: a lone function keeps its overlap with what it was", "[unit]") {
  // <a|b> of normalized 1s Slater functions: (2 sqrt(ab)/(a + b))^3, of Gaussians the power 3/2.
  for (const bool slater : {false, true}) {
    BasisSet before, after;
    before.shells = {shell_of(0, 0, 2.0, slater)};
    after.shells = {shell_of(0, 0, 2.6, slater)};
    Eigen::MatrixXd c = Eigen::MatrixXd::Constant(1, 1, 0.7);
    follow_basis(before, after, c);
    const double overlap = 2.0 * std::sqrt(2.0 * 2.6) / 4.6;
    CHECK(std::abs(c(0, 0) - 0.7 * std::pow(overlap, slater ? 3.0 : 1.5)) < 1e-10);
    // And to first order not at all: a normalized function moves at right angles to itself.
    CHECK(std::abs(shell_blocks(before).front().scale_fit(0, 0)) < 1e-10);
  }
}
