// A deck that has been read against the key table: every key with its value, where the value comes
// from, and the typed ways to ask for it.
#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors.hpp"
#include "io/key_table.hpp"

namespace markhor {

enum class Origin { default_value, deck, command_line };

// "section.key" and a value from the command line; stands for a line of the deck and replaces it.
struct Override {
  std::string section, key, value;
  std::string written;  // the argument, for messages
};

// What a key is worth. Numbers are in the program's units (bohr, Hartree, bytes) and valid only if
// the value is a number and not one of the key's words.
struct DeckValue {
  const KeySpec* spec = nullptr;
  Origin origin = Origin::default_value;
  Place place;
  std::vector<std::string> texts;  // as written: one, or one per line; none: no value
  std::vector<Place> places;       // of each text
  std::vector<std::string> words;  // lower case, of words, lists, and numbers given as a word
  double number = 0.0;
  std::vector<double> numbers;  // of `reals`
  std::int64_t integer = 0;
  bool yes = false;
  bool faulty = false;  // had a fault; the default stands in
};

class Deck {
 public:
  // Faults: everything wrong with the text or the overrides, all at once. A faulty value is
  // replaced by its default so that the caller can go on to look for more faults.
  static Deck parse(const KeyTable& table, std::string text, std::string path,
                    const std::vector<Override>& overrides, Faults& faults);

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }  // as read
  // Every section that takes effect and every key in it, with its origin as a comment; reads back
  // as a deck with the same values.
  std::string resolved() const;

  // Sections that take effect: opened in the deck, named on the command line, implied, or always.
  bool has_section(std::string_view section) const;
  // No fault was found in this section.
  bool is_sound(std::string_view section) const;
  // Where the section is opened, or the file if it is not.
  Place section_place(std::string_view section) const;

  // std::logic_error for a key that is not in the table or not of that kind.
  const DeckValue& value(std::string_view section, std::string_view key) const;
  bool is_given(std::string_view section, std::string_view key) const;
  // There is a value, be it a default; false for a key without default that is absent or faulty.
  bool has_value(std::string_view section, std::string_view key) const;
  Place place(std::string_view section, std::string_view key) const;
  std::string text(std::string_view section, std::string_view key) const;  // "" if there is none
  std::string word(std::string_view section, std::string_view key) const;  // "" for a number
  const std::vector<std::string>& words(std::string_view section, std::string_view key) const;
  double real(std::string_view section, std::string_view key) const;
  const std::vector<double>& reals(std::string_view section, std::string_view key) const;
  std::int64_t integer(std::string_view section, std::string_view key) const;
  bool yes(std::string_view section, std::string_view key) const;
  // The value as a path as seen from here: relative ones start at the deck's folder.
  std::string file(std::string_view section, std::string_view key) const;
  std::string relative_to_deck(const std::string& path) const;

 private:
  struct OpenedSection {
    std::string name;
    Place place;
  };

  const KeyTable* table_ = nullptr;
  std::string text_, path_;
  std::vector<OpenedSection> opened_;
  std::set<std::string, std::less<>> active_, faulty_;
  std::vector<DeckValue> values_;  // in the order of the table

  friend class DeckBuilder;
};

// What a text is worth for a key. The problem is empty if it went well, else a sentence.
struct ValueReading {
  DeckValue value;
  std::string problem;
};
ValueReading read_value(const KeySpec& spec, const std::string& text);

// "a whole number, at least 1 (default 512)" and the like, as messages and the manual print it.
std::string allowed_values(const KeySpec& spec);

}  // namespace markhor
