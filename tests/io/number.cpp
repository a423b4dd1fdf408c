#include "io/number.hpp"

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("whole numbers may be written with an exponent") {
  CHECK(read_integer("1e6").value == 1000000);
  CHECK(read_integer("-3").value == -3);
  CHECK(read_integer("12.0").value == 12);
  CHECK(read_integer("9007199254740992").value == 9007199254740992);
  CHECK(read_integer("1e16").problem ==
        "is too large for a whole number; at most 9007199254740992 is exact");
  CHECK(read_integer("1.5").problem == "is not a whole number");
}

TEST_CASE("numbers are printed so that they read back") {
  for (const double value : {0.1, 1e-9, 512.0, 1.0 / 3.0, -2.5e300, 1e100, 0.0}) {
    CHECK(read_real(number_text(value)).value == value);
  }
  CHECK(number_text(0.1) == "0.1");
  CHECK(number_text(1e-9) == "1e-9");
  CHECK(number_text(1e20) == "1e20");
}
