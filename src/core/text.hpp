// Small text helpers shared by the deck reader and the file readers.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace markhor {

std::string_view trim(std::string_view text);
std::string lower_case(std::string_view text);
// Splits at white space; no empty words.
std::vector<std::string> split_words(std::string_view text);
std::string joined(const std::vector<std::string>& words, std::string_view separator);

// Damerau-Levenshtein distance (adjacent transpositions count 1); case matters.
int edit_distance(std::string_view a, std::string_view b);

// The candidate nearest to word by edit distance if it is close enough to be a likely typing
// error (at most a third of the word's length, at least 1), else "".
std::string closest_match(std::string_view word, const std::vector<std::string>& candidates);

// Reads a finite decimal number that fills the whole text ("1.5", "-2e-3"). Refuses "nan", "inf",
// hexadecimal, and trailing characters: returns false and leaves value alone.
bool parse_number(std::string_view text, double& value);

// Whole file as text. Throws InputError (file named) if it cannot be read.
std::string read_text_file(const std::string& path);

}  // namespace markhor
