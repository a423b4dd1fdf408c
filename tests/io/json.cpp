#include "io/json.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("JSON nests and separates its members") {
  JsonWriter json;
  json.begin_object();
  json.begin_object("scf");
  json.value("energy", -1.5);
  json.value("converged", true);
  json.end_object();
  json.values("dipole", {0.0, 0.1});
  json.begin_array("none");
  json.end_array();
  json.value("steps", 12);
  json.value("name", "H2");
  json.end_object();
  CHECK(json.text() ==
        "{\n  \"scf\": {\n    \"energy\": -1.5,\n    \"converged\": true\n  },\n"
        "  \"dipole\": [\n    0,\n    0.1\n  ],\n  \"none\": [],\n  \"steps\": 12,\n"
        "  \"name\": \"H2\"\n}");
}

TEST_CASE("JSON escapes text and has no infinity") {
  CHECK(json_string("a\"b\\c\nd\x01") == "\"a\\\"b\\\\c\\nd\\u0001\"");
  JsonWriter json;
  json.begin_object();
  json.value("error", NAN);
  json.end_object();
  CHECK(json.text() == "{\n  \"error\": null\n}");
}
