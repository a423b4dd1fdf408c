#include "io/key_table.hpp"

#include <cmath>
#include <utility>

#include "core/text.hpp"
#include "io/number.hpp"

namespace markhor {

namespace {

const ForeignWord* find_foreign(const std::vector<ForeignWord>& list, std::string_view word) {
  for (const ForeignWord& foreign : list) {
    if (foreign.word == word) return &foreign;
  }
  return nullptr;
}

}  // namespace

bool Range::contains(double value) const {
  const bool above = low_included ? value >= low : value > low;
  const bool below = high_included ? value <= high : value < high;
  return above && below;
}

std::string Range::text() const {
  std::string sentence;
  if (std::isfinite(low) && std::isfinite(high) && low_included && high_included) {
    return "from " + number_text(low) + " to " + number_text(high);
  }
  if (std::isfinite(low)) {
    sentence = (low_included ? "at least " : "greater than ") + number_text(low);
  }
  if (std::isfinite(high)) {
    if (!sentence.empty()) sentence += " and ";
    sentence += (high_included ? "at most " : "less than ") + number_text(high);
  }
  return sentence;
}

Range at_least(double low) {
  Range range;
  range.low = low;
  return range;
}

Range greater_than(double low) {
  Range range = at_least(low);
  range.low_included = false;
  return range;
}

Range between(double low, double high) {
  Range range = greater_than(low);
  range.high = high;
  range.high_included = false;
  return range;
}

KeyTable::KeyTable(std::vector<SectionSpec> sections, std::vector<KeySpec> keys,
                   std::vector<ForeignWord> foreign_keys, std::vector<ForeignWord> foreign_sections)
    : sections_(std::move(sections)),
      keys_(std::move(keys)),
      foreign_keys_(std::move(foreign_keys)),
      foreign_sections_(std::move(foreign_sections)) {}

const SectionSpec* KeyTable::find_section(std::string_view name) const {
  for (const SectionSpec& section : sections_) {
    if (section.name == name) return &section;
  }
  return nullptr;
}

const KeySpec* KeyTable::find_key(std::string_view section, std::string_view name) const {
  for (const KeySpec& key : keys_) {
    if (key.section == section && key.name == name) return &key;
  }
  return nullptr;
}

std::vector<const KeySpec*> KeyTable::keys_of(std::string_view section) const {
  std::vector<const KeySpec*> result;
  for (const KeySpec& key : keys_) {
    if (key.section == section) result.push_back(&key);
  }
  return result;
}

std::string KeyTable::unknown_section(const std::string& name) const {
  std::vector<std::string> names;
  std::string list;
  for (const SectionSpec& section : sections_) {
    names.push_back(section.name);
    list += (list.empty() ? "[" : ", [") + section.name + "]";
  }
  std::string sentence = "there is no section [" + name + "]";
  const std::string likely = closest_match(name, names);
  if (const ForeignWord* foreign = find_foreign(foreign_sections_, name)) {
    sentence += "; " + foreign->note;
  } else if (!likely.empty()) {
    sentence += "; did you mean [" + likely + "]?";
  }
  return sentence + (sentence.ends_with('?') ? " This" : "; this") + " version has " + list;
}

std::string KeyTable::other_section_of(const std::string& name) const {
  for (const KeySpec& key : keys_) {
    if (key.name == name) return key.section;
  }
  return "";
}

std::string KeyTable::unknown_key(const std::string& section, const std::string& name) const {
  const std::string home = other_section_of(name);
  if (!home.empty()) {
    return "'" + name + "' is a key of [" + home + "], not of [" + section + "]";
  }
  std::string sentence = "[" + section + "] has no key '" + name + "'; ";
  if (const ForeignWord* foreign = find_foreign(foreign_keys_, name)) {
    if (foreign->key.empty()) return sentence + foreign->note;
    sentence += "it is called '" + foreign->key + "' here";
    if (find_key(section, foreign->key) == nullptr) {
      sentence += ", in [" + foreign->section + "]";
    }
    return sentence + (foreign->note.empty() ? "" : " (" + foreign->note + ")");
  }
  std::vector<std::string> names, all_names;
  std::string list;
  for (const KeySpec& key : keys_) {
    all_names.push_back(key.name);
    if (key.section != section) continue;
    names.push_back(key.name);
    list += (list.empty() ? "" : ", ") + key.name;
  }
  if (const std::string likely = closest_match(name, names); !likely.empty()) {
    return sentence + "did you mean '" + likely + "'? Its keys: " + list;
  }
  if (const std::string likely = closest_match(name, all_names); !likely.empty()) {
    return sentence + "did you mean '" + likely + "' of [" + other_section_of(likely) +
           "]? Its keys: " + list;
  }
  return sentence + "its keys: " + list;
}

}  // namespace markhor
