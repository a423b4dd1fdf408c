// Boost.Program_options cuts decks into keys and values. Left to itself it stops at the first line
// it does not like, forgets line numbers and ends a value at any `#`; so the deck is cleaned line
// by line before Boost sees it, and no option is registered with it. No other source includes
// Boost: its headers cost seconds of compile time.
#include "io/tokens.hpp"

#include <algorithm>
#include <boost/program_options.hpp>
#include <sstream>

#include "core/text.hpp"

namespace markhor {

namespace {

namespace po = boost::program_options;

// Stands for a `#` that belongs to a value while the text is in Boost's hands.
constexpr char masked_hash = '\x01';

std::string without_comment(const std::string& line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '#') continue;
    if (i == 0 || line[i - 1] == ' ' || line[i - 1] == '\t') return line.substr(0, i);
  }
  return line;
}

// What is wrong with a trimmed line that is not blank; "" if it is a header or `key = value`.
std::string line_problem(const std::string& line) {
  if (line.front() == '[') {
    const bool closed = line.back() == ']' && line.find(']') == line.size() - 1;
    const bool named = closed && !trim(std::string_view(line).substr(1, line.size() - 2)).empty();
    return named ? "" : "'" + line + "' is not a section header; write [name] alone on the line";
  }
  const std::size_t equals = line.find('=');
  if (equals == 0) return "'" + line + "' has no key in front of the '='";
  if (equals != std::string::npos) return "";
  if (line.front() == ';' || line.front() == '!' || line.starts_with("//")) {
    return "'" + line + "' is not understood; a comment starts with #";
  }
  return "'" + line + "' is neither a [section] nor a line `key = value`";
}

// The lines that Boost may see, and where each comes from.
struct CleanDeck {
  std::string text;
  std::vector<Place> entries;              // of the `key = value` lines
  std::vector<DeckLine> headers;           // of the sections
  std::vector<std::size_t> header_before;  // for each entry, the number of headers above it
};

CleanDeck clean(const std::string& text, const std::string& path, Faults& faults) {
  CleanDeck deck;
  std::istringstream stream(text);
  int number = 0;
  for (std::string raw; std::getline(stream, raw);) {
    const Place place{path, ++number};
    std::string line(trim(without_comment(raw)));
    if (line.empty()) continue;
    if (const std::string problem = line_problem(line); !problem.empty()) {
      faults.add(place, problem);
      continue;
    }
    if (line.front() == '[') {
      const std::string_view name = trim(std::string_view(line).substr(1, line.size() - 2));
      deck.headers.push_back({place, lower_case(name), "", ""});
      continue;
    }
    deck.entries.push_back(place);
    deck.header_before.push_back(deck.headers.size());
    std::replace(line.begin(), line.end(), '#', masked_hash);
    deck.text += line + '\n';
  }
  return deck;
}

}  // namespace

std::vector<DeckLine> read_deck_lines(const std::string& text, const std::string& path,
                                      Faults& faults) {
  const CleanDeck deck = clean(text, path, faults);
  std::istringstream stream(deck.text);
  const po::options_description none;
  const po::parsed_options parsed = po::parse_config_file(stream, none, true);

  std::vector<DeckLine> lines;
  std::size_t headers_done = 0;
  for (std::size_t i = 0; i < parsed.options.size(); ++i) {
    while (headers_done < deck.header_before[i]) lines.push_back(deck.headers[headers_done++]);
    std::string value = parsed.options[i].value.at(0);
    std::replace(value.begin(), value.end(), masked_hash, '#');
    const std::string key = lower_case(trim(parsed.options[i].string_key));
    if (headers_done == 0) {
      faults.add(deck.entries[i], "'" + key + "' stands in front of the first [section]");
      continue;
    }
    lines.push_back(
        {deck.entries[i], deck.headers[headers_done - 1].section, key, std::string(trim(value))});
  }
  while (headers_done < deck.headers.size()) lines.push_back(deck.headers[headers_done++]);
  return lines;
}

// By hand: Boost would guess abbreviations, refuse "--key=" and take the word behind "-x" for its
// value.
Arguments read_arguments(const std::vector<std::string>& arguments, Faults& faults) {
  Arguments result;
  for (const std::string& argument : arguments) {
    if (argument.size() < 2 || argument.front() != '-') {
      result.words.push_back(argument);
      continue;
    }
    const std::size_t start = argument.find_first_not_of('-');
    const std::size_t equals = argument.find('=');
    if (start == std::string::npos || start == equals || start > 2) {
      faults.add({}, "'" + argument + "' is not an option; write --name or --section.key=value");
      continue;
    }
    ArgumentOption option;
    option.written = argument;
    option.has_value = equals != std::string::npos;
    option.name = argument.substr(start, option.has_value ? equals - start : equals);
    if (option.has_value) option.value = argument.substr(equals + 1);
    result.options.push_back(option);
  }
  return result;
}

}  // namespace markhor
