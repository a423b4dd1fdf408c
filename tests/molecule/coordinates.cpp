#include "molecule/coordinates.hpp"

#include <stdexcept>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("coordinates: of a molecule out and in again") {
  const Molecule water{{{8, {0.0, 0.1, 0.2}}, {1, {1.5, -1.0, 0.0}}, {1, {-1.5, 0.0, 0.7}}}, 0, 1};
  CHECK(atomic_numbers(water) == std::vector<int>{8, 1, 1});
  const Eigen::VectorXd positions = positions_of(water);
  REQUIRE(positions.size() == 9);
  CHECK(positions[4] == -1.0);
  Molecule moved = water;
  set_positions(moved, 2.0 * positions);
  CHECK(moved.atoms[2].position[2] == 1.4);
  CHECK(moved.atoms[0].atomic_number == 8);
  CHECK_THROWS_AS(set_positions(moved, positions.head(6)), std::invalid_argument);
}
