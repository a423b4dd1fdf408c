#include "io/deck.hpp"

#include <algorithm>
#include <filesystem>
#include <stdexcept>
#include <utility>

#include "core/text.hpp"
#include "io/tokens.hpp"

namespace markhor {

// Collects lines and overrides into a Deck.
class DeckBuilder {
 public:
  DeckBuilder(const KeyTable& table, std::string text, std::string path, Faults& faults)
      : faults_(faults) {
    deck_.table_ = &table;
    deck_.text_ = std::move(text);
    deck_.path_ = std::move(path);
    for (const KeySpec& spec : table.keys()) deck_.values_.push_back(default_value(spec));
  }

  Deck build(const std::vector<Override>& overrides) {
    for (const DeckLine& line : read_deck_lines(deck_.text_, deck_.path_, faults_)) {
      if (line.key.empty()) {
        open_section(line);
      } else {
        set(line.section, line.key, line.value, line.place, Origin::deck);
      }
    }
    for (const Override& item : overrides) apply(item);
    activate_sections();
    for (const DeckValue& value : deck_.values_) check_required(value);
    return std::move(deck_);
  }

 private:
  static DeckValue default_value(const KeySpec& spec) {
    if (spec.default_text.empty()) {
      DeckValue value;
      value.spec = &spec;
      return value;
    }
    ValueReading reading = read_value(spec, spec.default_text);
    if (!reading.problem.empty()) {
      throw std::logic_error("default of " + spec.section + "." + spec.name + ": " +
                             reading.problem);
    }
    return std::move(reading.value);
  }

  DeckValue* find(const std::string& section, const std::string& key) {
    for (DeckValue& value : deck_.values_) {
      if (value.spec->section == section && value.spec->name == key) return &value;
    }
    return nullptr;
  }

  void add_fault(const std::string& section, const Place& place, const std::string& message) {
    faults_.add(place, message);
    deck_.faulty_.insert(section);
  }

  void open_section(const DeckLine& line) {
    if (deck_.table_->find_section(line.section) == nullptr) {
      faults_.add(line.place, deck_.table_->unknown_section(line.section));
      return;
    }
    for (const auto& opened : deck_.opened_) {
      if (opened.name != line.section) continue;
      add_fault(line.section, line.place,
                "[" + line.section + "] is opened a second time, first in line " +
                    std::to_string(opened.place.line) + "; put its keys in one place");
      return;
    }
    deck_.opened_.push_back({line.section, line.place});
  }

  void apply(const Override& item) {
    const Place place{item.written, 0};
    if (deck_.table_->find_section(item.section) == nullptr) {
      faults_.add(place, deck_.table_->unknown_section(item.section));
      return;
    }
    named_.insert(item.section);
    set(item.section, item.key, item.value, place, Origin::command_line);
  }

  void set(const std::string& section, const std::string& key, const std::string& text,
           const Place& place, Origin origin) {
    if (deck_.table_->find_section(section) == nullptr) return;  // its header has the fault
    DeckValue* value = find(section, key);
    if (value == nullptr) {
      add_fault(section, place, deck_.table_->unknown_key(section, key));
      return;
    }
    if (text.empty()) {
      add_fault(section, place, empty_value(*value->spec));
      value->faulty = true;
      return;
    }
    const bool repeated = value->origin == origin;
    if (repeated && value->spec->kind == ValueKind::lines) {
      value->texts.push_back(text);
      value->places.push_back(place);
      return;
    }
    if (repeated) {
      const int line = value->place.line;
      const std::string first = line > 0 ? "first in line " + std::to_string(line) + "; " : "";
      add_fault(section, place, "'" + key + "' is given twice, " + first + "keep one of them");
      return;
    }
    replace(*value, text, place, origin);
  }

  void replace(DeckValue& value, const std::string& text, const Place& place, Origin origin) {
    ValueReading reading = read_value(*value.spec, text);
    if (reading.problem.empty()) {
      value = std::move(reading.value);
    } else {
      add_fault(value.spec->section, place, reading.problem);
      value.faulty = true;
    }
    value.origin = origin;
    value.place = place;
    value.places = {place};
  }

  static std::string empty_value(const KeySpec& spec) {
    std::string sentence = "'" + spec.name + "' has no value; write " + allowed_values(spec);
    if (!spec.default_text.empty()) {
      sentence += ", or leave the line out (default: " + spec.default_text + ")";
    }
    return sentence;
  }

  // A key that stands in for the section is given.
  bool is_replaced(const std::string& section) const {
    return std::any_of(deck_.values_.begin(), deck_.values_.end(), [&](const DeckValue& value) {
      const auto& replaces = value.spec->replaces;
      return value.origin != Origin::default_value &&
             std::find(replaces.begin(), replaces.end(), section) != replaces.end();
    });
  }

  void activate_sections() {
    for (const SectionSpec& section : deck_.table_->sections()) {
      if (section.always || named_.count(section.name) > 0) deck_.active_.insert(section.name);
    }
    for (const auto& opened : deck_.opened_) deck_.active_.insert(opened.name);
    // Stages are listed in the order they run, so what a stage implies stands above it.
    const auto& sections = deck_.table_->sections();
    for (auto section = sections.rbegin(); section != sections.rend(); ++section) {
      if (deck_.active_.count(section->name) == 0) continue;
      for (const std::string& stage : section->implies) {
        if (!is_replaced(stage)) deck_.active_.insert(stage);
      }
    }
  }

  void check_required(const DeckValue& value) {
    const KeySpec& spec = *value.spec;
    if (!spec.required || !value.texts.empty() || value.faulty) return;
    if (is_replaced(spec.section)) return;
    add_fault(spec.section, deck_.section_place(spec.section),
              "[" + spec.section + "] needs '" + spec.name + "': " + spec.help);
  }

  Deck deck_;
  std::set<std::string, std::less<>> named_;  // on the command line
  Faults& faults_;
};

Deck Deck::parse(const KeyTable& table, std::string text, std::string path,
                 const std::vector<Override>& overrides, Faults& faults) {
  return DeckBuilder(table, std::move(text), std::move(path), faults).build(overrides);
}

namespace {

std::string origin_text(const DeckValue& value, const Place& place) {
  switch (value.origin) {
    case Origin::default_value:
      return "default";
    case Origin::command_line:
      return "command line";
    case Origin::deck:
      break;
  }
  return "deck, line " + std::to_string(place.line);
}

std::string aligned(std::string text, std::size_t column) {
  text.resize(std::max(text.size() + 1, column), ' ');
  return text;
}

}  // namespace

std::string Deck::resolved() const {
  constexpr std::size_t comment_column = 44;
  std::string result;
  for (const SectionSpec& section : table_->sections()) {
    if (!has_section(section.name)) continue;
    result += (result.empty() ? "[" : "\n[") + section.name + "]\n";
    for (const DeckValue& value : values_) {
      if (value.spec->section != section.name) continue;
      const std::string& name = value.spec->name;
      if (value.texts.empty()) {
        result += aligned("# " + name + " =", comment_column) + "# not given";
        result += value.spec->without.empty() ? "\n" : ": " + value.spec->without + "\n";
      }
      for (std::size_t i = 0; i < value.texts.size(); ++i) {
        const Place& place = i < value.places.size() ? value.places[i] : value.place;
        result += aligned(name + " = " + value.texts[i], comment_column) + "# " +
                  origin_text(value, place) + "\n";
      }
    }
  }
  return result;
}

bool Deck::has_section(std::string_view section) const { return active_.count(section) > 0; }

bool Deck::is_sound(std::string_view section) const { return faulty_.count(section) == 0; }

Place Deck::section_place(std::string_view section) const {
  for (const OpenedSection& opened : opened_) {
    if (opened.name == section) return opened.place;
  }
  return {path_, 0};
}

const DeckValue& Deck::value(std::string_view section, std::string_view key) const {
  for (const DeckValue& value : values_) {
    if (value.spec->section == section && value.spec->name == key) return value;
  }
  throw std::logic_error("no key " + std::string(section) + "." + std::string(key));
}

bool Deck::is_given(std::string_view section, std::string_view key) const {
  return value(section, key).origin != Origin::default_value;
}

bool Deck::has_value(std::string_view section, std::string_view key) const {
  return !value(section, key).texts.empty();
}

Place Deck::place(std::string_view section, std::string_view key) const {
  return is_given(section, key) ? value(section, key).place : section_place(section);
}

std::string Deck::text(std::string_view section, std::string_view key) const {
  const DeckValue& found = value(section, key);
  return found.texts.empty() ? "" : found.texts.front();
}

std::string Deck::word(std::string_view section, std::string_view key) const {
  const DeckValue& found = value(section, key);
  return found.words.empty() ? "" : found.words.front();
}

const std::vector<std::string>& Deck::words(std::string_view section, std::string_view key) const {
  return value(section, key).words;
}

double Deck::real(std::string_view section, std::string_view key) const {
  return value(section, key).number;
}

const std::vector<double>& Deck::reals(std::string_view section, std::string_view key) const {
  return value(section, key).numbers;
}

std::int64_t Deck::integer(std::string_view section, std::string_view key) const {
  return value(section, key).integer;
}

bool Deck::yes(std::string_view section, std::string_view key) const {
  return value(section, key).yes;
}

std::string Deck::file(std::string_view section, std::string_view key) const {
  return relative_to_deck(text(section, key));
}

std::string Deck::relative_to_deck(const std::string& path) const {
  const std::filesystem::path folder = std::filesystem::path(path_).parent_path();
  return (folder / path).lexically_normal().string();
}

}  // namespace markhor
