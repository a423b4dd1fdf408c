// One value of a deck: from text to number, word or list, checked against its key.
#include <algorithm>

#include "core/text.hpp"
#include "io/deck.hpp"
#include "io/number.hpp"

namespace markhor {

namespace {

bool contains(const std::vector<std::string>& list, const std::string& word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// "'rfh' is not a value of 'method'; did you mean 'rhf'? Allowed: ..."
std::string unknown_word(const KeySpec& spec, const std::string& word) {
  std::string sentence = "'" + word + "' is not a value of '" + spec.name + "'; ";
  const std::string likely = closest_match(word, spec.words);
  if (!likely.empty()) sentence += "did you mean '" + likely + "'? ";
  return sentence + (likely.empty() ? "allowed: " : "Allowed: ") + joined(spec.words, ", ");
}

void read_word(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  const std::string word = lower_case(text);
  if (!contains(spec.words, word)) reading.problem = unknown_word(spec, word);
  reading.value.words = {word};
}

void read_list(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  std::string blanks = lower_case(text);
  std::replace(blanks.begin(), blanks.end(), ',', ' ');
  std::vector<std::string>& words = reading.value.words;
  for (const std::string& word : split_words(blanks)) {
    if (!contains(spec.words, word)) {
      reading.problem = unknown_word(spec, word);
      return;
    }
    if (contains(words, word)) {
      reading.problem = "'" + word + "' is named twice in '" + spec.name + "'";
      return;
    }
    words.push_back(word);
  }
  if (contains(words, "none") && words.size() > 1) {
    reading.problem = "'none' stands alone in '" + spec.name + "'; the value is '" + text + "'";
  }
}

void read_yes_no(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  const std::string word = lower_case(text);
  const bool yes = word == "yes" || word == "true" || word == "on";
  const bool no = word == "no" || word == "false" || word == "off";
  if (!yes && !no) {
    reading.problem = "'" + text + "' is not a value of '" + spec.name + "'; allowed: yes, no";
  }
  reading.value.yes = yes;
}

std::string out_of_range(const KeySpec& spec, const std::string& text) {
  std::string sentence =
      "'" + text + "' is out of range; '" + spec.name + "' must be " + spec.range.text();
  return spec.unit.empty() ? sentence : sentence + " " + spec.unit;
}

void read_whole(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  const IntegerReading number = read_integer(text);
  if (!number.problem.empty()) {
    reading.problem = "'" + text + "', the value of '" + spec.name + "', " + number.problem;
  } else if (!spec.range.contains(static_cast<double>(number.value))) {
    reading.problem = out_of_range(spec, text);
  }
  reading.value.integer = number.value;
  reading.value.number = static_cast<double>(number.value);
}

// The unit written behind a number; null and a problem if it cannot be used for this key.
const Unit* unit_for(const KeySpec& spec, const std::string& word, std::string& problem) {
  const Unit* unit = find_unit(word, spec.dimension);
  const std::vector<std::string> names = unit_names(spec.dimension);
  const std::string takes = spec.dimension == Dimension::none
                                ? "'" + spec.name + "' takes a bare number"
                                : "'" + spec.name + "' takes " + dimension_text(spec.dimension) +
                                      " in " + joined(names, ", ");
  if (unit == nullptr) {
    const std::string likely = closest_match(lower_case(word), names);
    problem = "'" + word + "' is not a unit" +
              (likely.empty() ? "; " : "; did you mean '" + likely + "'? ") + takes;
  } else if (unit->dimension != spec.dimension) {
    problem = "'" + word + "' is a unit of " + dimension_text(unit->dimension) + "; " + takes;
    unit = nullptr;
  }
  return unit;
}

// "0.93 angstrom", "0.93angstrom" or "0.93": the number's text and the unit's.
struct NumberWithUnit {
  std::string number, unit;
};

NumberWithUnit split_unit(const std::string& text) {
  const std::vector<std::string> words = split_words(text);
  if (words.size() > 1)
    return {words[0], std::string(trim(text.substr(text.find(words[0]) + words[0].size())))};
  // Without a blank: the shortest tail that is a unit behind what is a number ("1e-6ev").
  for (std::size_t cut = text.size(); cut-- > 1;) {
    double number = 0.0;
    if (find_unit(text.substr(cut)) != nullptr && parse_number(text.substr(0, cut), number)) {
      return {text.substr(0, cut), text.substr(cut)};
    }
  }
  return {text, ""};
}

// No unit of its own stands for a number without one: a guess could be far off.
bool needs_unit(const KeySpec& spec) {
  return spec.dimension != Dimension::none && spec.unit.empty();
}

std::string number_kind(const KeySpec& spec) {
  std::string text = spec.kind == ValueKind::integer ? "a whole number" : "a number";
  if (!spec.unit.empty()) text += " in " + spec.unit;
  if (needs_unit(spec)) text += " with its unit (" + joined(unit_names(spec.dimension), ", ") + ")";
  if (!spec.range.text().empty()) text += ", " + spec.range.text();
  return spec.words.empty() ? text : joined(spec.words, ", ") + ", or " + text;
}

void read_quantity(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  const NumberWithUnit parts = split_unit(text);
  const RealReading number = read_real(parts.number);
  if (!number.problem.empty()) {
    reading.problem = "'" + parts.number + "', the value of '" + spec.name + "', " + number.problem;
    return;
  }
  const Unit* own = spec.unit.empty() ? nullptr : find_unit(spec.unit, spec.dimension);
  const double own_factor = own == nullptr ? 1.0 : own->factor;
  double factor = own_factor;
  if (parts.unit.empty() && needs_unit(spec)) {
    reading.problem =
        "'" + text + "', the value of '" + spec.name + "', has no unit; write " + number_kind(spec);
    return;
  }
  if (!parts.unit.empty()) {
    const Unit* unit = unit_for(spec, parts.unit, reading.problem);
    if (unit == nullptr) return;
    factor = unit->factor;
  }
  reading.value.number = number.value * factor;
  if (!spec.range.contains(reading.value.number / own_factor)) {
    reading.problem = out_of_range(spec, text);
  }
}

// "0.04 0.02 0.01 1/ev": the unit behind the last number is of all of them.
void read_quantities(const KeySpec& spec, const std::string& text, ValueReading& reading) {
  std::string blanks = text;
  std::replace(blanks.begin(), blanks.end(), ',', ' ');
  std::vector<std::string> words = split_words(blanks);
  std::string unit;
  if (words.size() > 1 && find_unit(words.back()) != nullptr) {
    unit = " " + words.back();
    words.pop_back();
  }
  if (words.empty()) words.push_back(text);  // nothing but commas: say so of the text
  for (const std::string& word : words) {
    read_quantity(spec, word + unit, reading);
    if (!reading.problem.empty()) return;
    reading.value.numbers.push_back(reading.value.number);
  }
}

}  // namespace

ValueReading read_value(const KeySpec& spec, const std::string& text) {
  ValueReading reading;
  reading.value.spec = &spec;
  reading.value.texts = {text};
  const bool is_number = spec.kind == ValueKind::integer || spec.kind == ValueKind::real;
  if (is_number && contains(spec.words, lower_case(text))) {
    reading.value.words = {lower_case(text)};
    return reading;
  }
  switch (spec.kind) {
    case ValueKind::word:
      read_word(spec, text, reading);
      break;
    case ValueKind::list:
      read_list(spec, text, reading);
      break;
    case ValueKind::integer:
      read_whole(spec, text, reading);
      break;
    case ValueKind::real:
      read_quantity(spec, text, reading);
      break;
    case ValueKind::reals:
      read_quantities(spec, text, reading);
      break;
    case ValueKind::yes_no:
      read_yes_no(spec, text, reading);
      break;
    case ValueKind::text:
    case ValueKind::path:
    case ValueKind::lines:
      break;
  }
  if (is_number && !reading.problem.empty() && !spec.words.empty()) {
    const std::string likely = closest_match(lower_case(text), spec.words);
    if (!likely.empty()) reading.problem = unknown_word(spec, text) + ", or a number";
  }
  return reading;
}

std::string allowed_values(const KeySpec& spec) {
  switch (spec.kind) {
    case ValueKind::word:
      return joined(spec.words, ", ");
    case ValueKind::list:
      return "any of " + joined(spec.words, ", ");
    case ValueKind::integer:
    case ValueKind::real:
      return number_kind(spec);
    case ValueKind::reals:
      return number_kind(spec) + "; or several, separated by blanks";
    case ValueKind::yes_no:
      return "yes, no";
    case ValueKind::path:
      return "a path";
    case ValueKind::lines:
      return "text, one line each";
    case ValueKind::text:
      break;
  }
  return "text";
}

}  // namespace markhor
