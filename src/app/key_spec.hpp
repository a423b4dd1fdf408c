// What rows of the key table are made of, and the parts of the table that have files of their own.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "io/key_table.hpp"
#include "io/number.hpp"

namespace markhor {

void add_optimize_keys(std::vector<KeySpec>& keys);  // optimize_keys.cpp
void add_vmc_keys(std::vector<KeySpec>& keys);       // monte_carlo_keys.cpp
void add_dmc_keys(std::vector<KeySpec>& keys);
void add_surface_keys(std::vector<KeySpec>& keys);  // saddle_keys.cpp
void add_saddle_keys(std::vector<KeySpec>& keys);

inline KeySpec key(std::string section, std::string name, ValueKind kind, std::string default_text,
                   std::string help) {
  KeySpec spec;
  spec.section = std::move(section);
  spec.name = std::move(name);
  spec.kind = kind;
  spec.default_text = std::move(default_text);
  spec.help = std::move(help);
  return spec;
}

inline KeySpec required(KeySpec spec) {
  spec.required = true;
  return spec;
}

inline KeySpec absent(KeySpec spec, std::string meaning) {
  spec.without = std::move(meaning);
  return spec;
}

inline KeySpec with_words(KeySpec spec, std::vector<std::string> words) {
  spec.words = std::move(words);
  return spec;
}

inline KeySpec in_range(KeySpec spec, Range range) {
  spec.range = range;
  return spec;
}

inline KeySpec in_place_of(KeySpec spec, std::vector<std::string> sections) {
  spec.replaces = std::move(sections);
  return spec;
}

inline KeySpec in_unit(KeySpec spec, Dimension dimension, std::string unit) {
  spec.dimension = dimension;
  spec.unit = std::move(unit);
  return spec;
}

inline std::string yes_or_no(bool value) { return value ? "yes" : "no"; }

inline std::string number_or(const std::optional<double>& value, const std::string& word) {
  return value ? number_text(*value) : word;
}

// What a deck may say of a family of optional kinds, from the family's own table (`kinds` has rows
// with name, optional, help): its words after `none`, and what they mean.
template <class Kinds>
std::vector<std::string> words_of(const Kinds& kinds) {
  std::vector<std::string> words = {"none"};
  for (const auto& kind : kinds) {
    if (kind.optional) words.push_back(kind.name);
  }
  return words;
}

template <class Kinds>
std::string help_of(const std::string& start, const Kinds& kinds) {
  std::string help;
  for (const auto& kind : kinds) {
    if (kind.optional) help += (help.empty() ? ": " : ", ") + kind.name + " (" + kind.help + ")";
  }
  return start + help;
}

inline std::string list_or_none(const std::vector<std::string>& words) {
  return words.empty() ? "none" : joined(words, " ");
}

inline KeySpec walkers_key(const std::string& section, int walkers) {
  return in_range(key(section, "walkers", ValueKind::integer, std::to_string(walkers),
                      "number of walkers over all ranks; rounded up to a multiple of 8"),
                  Range{1, 1e8});
}

}  // namespace markhor
