// What a deck may say: sections, keys, their values, and the words other programs use for them.
//
// One table is all there is: the deck is parsed and checked with it, `markhor keys` and the manual
// page print it.
#pragma once

#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "io/unit.hpp"

namespace markhor {

enum class ValueKind {
  word,     // one of `words`
  list,     // some of `words`, separated by blanks, each once
  integer,  // a whole number, or one of `words`
  real,     // a number with an optional unit, or one of `words`
  reals,    // numbers separated by blanks, with an optional unit behind the last that is of all
  text,     // anything
  path,     // a file; relative to the deck's folder
  yes_no,
  lines  // text; the key may be repeated, every line counts
};

// Allowed numbers, in the key's unit.
struct Range {
  double low = -std::numeric_limits<double>::infinity();
  double high = std::numeric_limits<double>::infinity();
  bool low_included = true, high_included = true;

  bool contains(double value) const;
  std::string text() const;  // "at least 1", "greater than 0 and less than 1"; "" if unbounded
};
Range at_least(double low);
Range greater_than(double low);
Range between(double low, double high);  // both ends excluded

struct KeySpec {
  std::string section, name;
  ValueKind kind = ValueKind::text;
  std::string default_text;  // "": none
  std::string help;
  std::vector<std::string> words;  // allowed words; for numbers: words that stand for no number
  Dimension dimension = Dimension::none;
  std::string unit;  // of a number written without one; empty with a dimension: none may be
  Range range;
  bool required = false;
  // Sections that this key, if given, makes unnecessary: no stage brings them, their required keys
  // may be missing.
  std::vector<std::string> replaces;
  std::string without;  // what an absent value means, if there is no default: "the deck's name..."
};

struct SectionSpec {
  std::string name, help;
  bool is_stage = false;
  bool always = false;               // takes effect even if the deck does not open it
  std::vector<std::string> implies;  // stages that come with this one, with their defaults
};

// What another program calls something here; section and key empty: `note` says it all.
struct ForeignWord {
  std::string word, section, key, note;
};

class KeyTable {
 public:
  KeyTable(std::vector<SectionSpec> sections, std::vector<KeySpec> keys,
           std::vector<ForeignWord> foreign_keys, std::vector<ForeignWord> foreign_sections);

  const std::vector<SectionSpec>& sections() const { return sections_; }
  const std::vector<KeySpec>& keys() const { return keys_; }

  // Null if there is none of that name.
  const SectionSpec* find_section(std::string_view name) const;
  const KeySpec* find_key(std::string_view section, std::string_view name) const;
  std::vector<const KeySpec*> keys_of(std::string_view section) const;

  // Sentences for what is not in the table: what is allowed and what was probably meant.
  std::string unknown_section(const std::string& name) const;
  std::string unknown_key(const std::string& section, const std::string& name) const;

 private:
  std::string other_section_of(const std::string& name) const;

  std::vector<SectionSpec> sections_;
  std::vector<KeySpec> keys_;
  std::vector<ForeignWord> foreign_keys_, foreign_sections_;
};

}  // namespace markhor
