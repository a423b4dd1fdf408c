#include "saddle/free_coordinates.hpp"

#include "support/catch.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

const VectorXd bent{{0.0, 0.0, 0.0, 1.8, 0.1, 0.0, -0.4, 1.7, 0.2}};
const VectorXd straight{{0.0, 0.0, 0.0, 2.0, 0.0, 0.0, 4.5, 0.0, 0.0}};

Eigen::Index rigid(const std::vector<bool>& frozen, const VectorXd& x, bool invariant = true) {
  return FreeCoordinates({{8, 1, 1}, invariant}, frozen).rigid_motions(x).cols();
}

}  // namespace

TEST_CASE("free coordinates: motions that change nothing") {
  CHECK(rigid({}, bent) == 6);
  CHECK(rigid({}, straight) == 5);
  CHECK(rigid({true, false, false}, bent) == 3);  // rotations about the frozen atom
  CHECK(rigid({true, true, false}, bent) == 1);   // rotation about the line of two
  CHECK(rigid({true, true, false}, straight) == 0);
  CHECK(rigid({}, bent, false) == 0);
  const FreeCoordinates space({{8, 1, 1}, true}, {});
  const MatrixXd internal = space.internal_motions(bent), motions = space.rigid_motions(bent);
  CHECK(internal.cols() == 3);
  CHECK((internal.transpose() * motions).norm() < 1e-12);
  CHECK((internal.transpose() * internal - MatrixXd::Identity(3, 3)).norm() < 1e-12);
}

// As a search leaves them. The rotation about the line would be a bend whose curvature it hides.
TEST_CASE("free coordinates: molecules that are straight to a hundredth of a bohr are straight") {
  for (const double bend : {1e-5, 1e-3, 0.01}) {
    VectorXd x = straight;
    x[4] = bend;
    CHECK(rigid({}, x) == 5);
    CHECK(rigid({true, false, true}, x) == 0);
    x[4] = 100.0 * bend + 0.1;
    CHECK(rigid({}, x) == 6);
    CHECK(rigid({true, false, true}, x) == 1);
  }
}

TEST_CASE("free coordinates: frozen particles stay") {
  const FreeCoordinates space({{8, 1, 1}, true}, {false, true, false});
  CHECK(space.size() == 6);
  const VectorXd step = VectorXd::Constant(6, 0.5), moved = space.moved(bent, step);
  CHECK(moved.segment<3>(3) == bent.segment<3>(3));
  CHECK((space.reduced(moved) - space.reduced(bent) - step).norm() < 1e-14);
  CHECK(space.reduced(space.expanded(step)) == step);
  CHECK_THROWS_AS(FreeCoordinates({{1, 1}, true}, {true, true}), std::invalid_argument);
}
