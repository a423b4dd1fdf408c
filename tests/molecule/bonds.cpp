#include "molecule/bonds.hpp"

#include "core/units.hpp"
#include "molecule/atomic_mass.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("bonds of hydrogen cyanide, and what becomes of them in the isomer") {
  const std::vector<int> numbers = {6, 7, 1};
  std::vector<double> hcn = {0, 0, 0, 1.15, 0, 0, -1.07, 0, 0},
                      hnc = {0, 0, 0, 1.17, 0, 0, 2.17, 0, 0};
  for (auto* x : {&hcn, &hnc}) {
    for (double& value : *x) value *= units::bohr_per_angstrom;
  }
  CHECK(bonds(numbers, hcn) == std::vector<std::pair<int, int>>{{0, 1}, {0, 2}});
  CHECK(bond_changes(numbers, hcn, hnc) == "breaks C1-H3, makes N2-H3");
  CHECK(bond_changes(numbers, hcn, hcn) == "the same bonds");
}

// Table of the IUPAC: 12C by definition; 16O of M. Wang et al. (2012), 15.99491461957(17).
TEST_CASE("masses of atoms") {
  CHECK(atomic_mass(6) == 12.0);
  CHECK(atomic_mass(8) == Approx(15.99491461957).epsilon(1e-7));
  CHECK_THROWS_AS(atomic_mass(0), std::out_of_range);
  CHECK_THROWS_AS(atomic_mass(max_massive_number + 1), std::out_of_range);
}
