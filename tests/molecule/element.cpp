#include "molecule/element.hpp"

#include <stdexcept>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("every element is found by its own symbol") {
  for (int z = 1; z <= max_atomic_number; ++z) CHECK(atomic_number(element_symbol(z)) == z);
}

TEST_CASE("landmarks of the periodic table lie where they belong") {
  CHECK(atomic_number("H") == 1);
  CHECK(atomic_number("Ne") == 10);
  CHECK(atomic_number("Ar") == 18);
  CHECK(atomic_number("Kr") == 36);
  CHECK(atomic_number("Xe") == 54);
  CHECK(atomic_number("Rn") == 86);
  CHECK(element_symbol(118) == "Og");
}

TEST_CASE("element symbols are case-insensitive and refuse everything else") {
  CHECK(atomic_number("he") == 2);
  CHECK(atomic_number("HE") == 2);
  CHECK(atomic_number("") == 0);
  CHECK(atomic_number("C1") == 0);
  CHECK_THROWS_AS(element_symbol(0), std::out_of_range);
  CHECK_THROWS_AS(element_symbol(119), std::out_of_range);
}
