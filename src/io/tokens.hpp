// Decks and command lines cut into their pieces, nothing yet understood.
#pragma once

#include <string>
#include <vector>

#include "core/errors.hpp"

namespace markhor {

// A section header or a `key = value` line; section and key in lower case, value trimmed.
struct DeckLine {
  Place place;
  std::string section, key, value;  // key empty: the header of `section`
};

// A `#` at the start of a line or behind white space starts a comment. Faults: a line that is
// neither, a header without its bracket, a key in front of the first header.
std::vector<DeckLine> read_deck_lines(const std::string& text, const std::string& path,
                                      Faults& faults);

// "--name=value" or "--name" (or "-x": name "x").
struct ArgumentOption {
  std::string written, name, value;
  bool has_value = false;
};

struct Arguments {
  std::vector<std::string> words;  // what does not start with a dash
  std::vector<ArgumentOption> options;
};

// Nothing is abbreviated, a value needs its `=`. Faults: what cannot be an option ("--=3").
Arguments read_arguments(const std::vector<std::string>& arguments, Faults& faults);

}  // namespace markhor
