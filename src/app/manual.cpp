#include "app/manual.hpp"

#include "core/text.hpp"
#include "io/deck.hpp"

namespace markhor {

namespace {

constexpr std::size_t text_width = 96;

std::string default_of(const KeySpec& key) {
  if (!key.default_text.empty()) return key.default_text;
  if (key.required) return "none, required";
  return key.without.empty() ? "none" : key.without;
}

// Words of the text in lines that start with the indent.
std::string wrapped(const std::string& text, const std::string& indent) {
  std::string result, line = indent;
  for (const std::string& word : split_words(text)) {
    if (line.size() + word.size() + 1 > text_width && line.size() > indent.size()) {
      result += line + "\n";
      line = indent;
    }
    line += (line.size() > indent.size() ? " " : "") + word;
  }
  return result + line + "\n";
}

std::string section_text(const KeyTable& table, const SectionSpec& section) {
  std::string text = "[" + section.name + "]\n" + wrapped(section.help, "  ");
  for (const KeySpec* key : table.keys_of(section.name)) {
    text += "\n  " + key->name + " = " + default_of(*key) + "\n";
    text += wrapped(key->help, "      ") + wrapped("allowed: " + allowed_values(*key), "      ");
  }
  return text;
}

// A `|` would end the cell.
std::string cell(const std::string& text) {
  std::string escaped;
  for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
  return escaped;
}

}  // namespace

std::string keys_text(const KeyTable& table, const std::string& section) {
  std::string text;
  for (const SectionSpec& candidate : table.sections()) {
    if (!section.empty() && candidate.name != section) continue;
    if (!text.empty()) text += "\n";
    text += section_text(table, candidate);
  }
  return text;
}

std::string keys_markdown(const KeyTable& table) {
  std::string text =
      "# Keys of a deck\n\n"
      "This page is what `markhor keys --markdown` prints; edit `src/app/keys.cpp` instead.\n\n"
      "Keys and words do not depend on case. A number may carry a unit behind it, such as\n"
      "`1 kcal/mol` or `0.5 ev`; without one it is in the unit given here. Whole numbers may be\n"
      "written as `1e6`. Paths are relative to the deck's folder. `#` starts a comment. A key\n"
      "may be given on the command line as `--section.key=value`, which replaces the deck's "
      "line.\n";
  for (const SectionSpec& section : table.sections()) {
    text += "\n## [" + section.name + "]\n\n" + section.help + "\n\n";
    text += "| key | default | allowed | meaning |\n|---|---|---|---|\n";
    for (const KeySpec* key : table.keys_of(section.name)) {
      const bool literal = !key->default_text.empty();
      text += "| `" + key->name + "` | " +
              (literal ? "`" + default_of(*key) + "`" : default_of(*key)) + " | " +
              cell(allowed_values(*key)) + " | " + cell(key->help) + " |\n";
    }
  }
  return text;
}

}  // namespace markhor
