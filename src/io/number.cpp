#include "io/number.hpp"

#include <charconv>
#include <cmath>

#include "core/text.hpp"

namespace markhor {

namespace {

constexpr double largest_exact_integer = 9007199254740992.0;  // 2^53

// The text with the first of the characters `from` replaced, if it is a number then.
std::string repaired(std::string_view text, std::string_view from, char to) {
  std::string candidate(text);
  const std::size_t at = candidate.find_first_of(from);
  if (at == std::string::npos) return "";
  candidate[at] = to;
  double value = 0.0;
  return parse_number(candidate, value) ? candidate : "";
}

bool is_not_finite(std::string_view text) {
  const std::string word = lower_case(text);
  const std::string_view unsigned_word =
      std::string_view(word).substr(word.starts_with('-') || word.starts_with('+') ? 1 : 0);
  return unsigned_word == "nan" || unsigned_word == "inf" || unsigned_word == "infinity";
}

bool is_too_large(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc::result_out_of_range && end == text.data() + text.size();
}

}  // namespace

RealReading read_real(std::string_view text) {
  RealReading reading;
  if (parse_number(text, reading.value)) return reading;
  if (is_not_finite(text)) {
    reading.problem = "is not a finite number; write a decimal number such as 0.5 or 1e-6";
  } else if (const std::string exponent = repaired(text, "dD", 'e'); !exponent.empty()) {
    reading.problem = "has a Fortran exponent; write " + exponent;
  } else if (const std::string comma = repaired(text, ",", '.'); !comma.empty()) {
    reading.problem = "has a decimal comma; write " + comma;
  } else if (is_too_large(text)) {
    reading.problem = "is too large or too small for a number";
  } else {
    reading.problem = "is not a number; write a decimal number such as 0.5 or 1e-6";
  }
  return reading;
}

IntegerReading read_integer(std::string_view text) {
  const RealReading real = read_real(text);
  IntegerReading reading;
  if (!real.problem.empty()) {
    reading.problem = real.problem;
    const std::string_view generic = "is not a number";
    if (real.problem.starts_with(generic)) {
      reading.problem = "is not a number; write a whole number such as 12 or 1e6";
    }
  } else if (std::floor(real.value) != real.value) {
    reading.problem = "is not a whole number";
  } else if (std::abs(real.value) > largest_exact_integer) {
    reading.problem = "is too large for a whole number; at most 9007199254740992 is exact";
  } else {
    reading.value = static_cast<std::int64_t>(real.value);
  }
  return reading;
}

std::string number_text(double value) {
  char characters[32];
  const auto end = std::to_chars(characters, characters + sizeof characters, value).ptr;
  std::string text(characters, end);
  // 1e+06 and 1e-09 are written 1e6 and 1e-9 by people.
  const std::size_t exponent = text.find('e');
  if (exponent == std::string::npos) return text;
  const std::string sign = text[exponent + 1] == '-' ? "-" : "";
  const std::size_t digits = text.find_first_not_of("+-0", exponent + 1);
  return text.substr(0, exponent + 1) + sign + text.substr(digits);
}

}  // namespace markhor
