// Numbers as users write them, with a sentence for every way they can be wrong.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace markhor {

// What came of reading a number: `problem` is empty if it went well, else the rest of a sentence
// that starts with the text read ("is not a number; ...").
struct RealReading {
  double value = 0.0;
  std::string problem;
};
struct IntegerReading {
  std::int64_t value = 0;
  std::string problem;
};

// A finite decimal number; nan, inf, Fortran d exponents and decimal commas are refused.
RealReading read_real(std::string_view text);

// As read_real, but the value must be whole and exact: "12", "-3", "1e6".
IntegerReading read_integer(std::string_view text);

// Shortest text that reads back as the same number: 0.1, 1e-9, 512.
std::string number_text(double value);

}  // namespace markhor
