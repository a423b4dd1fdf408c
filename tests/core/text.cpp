#include "core/text.hpp"

#include "core/errors.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("edit distance counts a transposition once", "[unit]") {
  CHECK(edit_distance("walkers", "walkers") == 0);
  CHECK(edit_distance("walkres", "walkers") == 1);
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
}

TEST_CASE("closest match answers only likely typing errors", "[unit]") {
  const std::vector<std::string> keys = {"walkers", "steps", "time_step"};
  CHECK(closest_match("walkres", keys) == "walkers");
  CHECK(closest_match("timestep", keys) == "time_step");
  CHECK(closest_match("banana", keys).empty());
}

TEST_CASE("numbers are finite decimals that fill the text", "[unit]") {
  double value = 0.0;
  CHECK(parse_number(" -1.5e-3 ", value));
  CHECK(value == -1.5e-3);
  CHECK(parse_number("+2", value));
  for (const char* bad : {"", "nan", "inf", "1.5d0", "0x10", "1.5 x", "--1", "1e999"}) {
    CHECK_FALSE(parse_number(bad, value));
  }
  CHECK(value == 2.0);
}

TEST_CASE("all faults are thrown together, each with its place", "[unit]") {
  Faults faults;
  faults.add({"a.ini", 3}, "first");
  faults.add({"", 0}, "second");
  CHECK_THROWS_WITH(faults.throw_if_any(), "a.ini:3: first\nsecond");
}
