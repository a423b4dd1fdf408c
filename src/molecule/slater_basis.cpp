#include "molecule/slater_basis.hpp"

#include <algorithm>
#include <cctype>
#include <string>

#include "molecule/element.hpp"

namespace markhor {

namespace {

constexpr std::string_view letters = "SPDFGHIK";  // as in shell_types

std::size_t leading_digits(std::string_view word) {
  std::size_t count = 0;
  while (count < word.size() && std::isdigit(static_cast<unsigned char>(word[count])) != 0) ++count;
  return count;
}

// "1S" or "2X", but neither "1.0", "12" nor "1D+01".
bool is_shell_name(std::string_view word) {
  const std::size_t digits = leading_digits(word);
  return digits > 0 && digits + 1 == word.size() &&
         std::isalpha(static_cast<unsigned char>(word.back())) != 0;
}

// n and l of a shell's name. Adds a fault and returns false if there is no such shell.
bool parse_shell_name(const std::string& name, const Place& place, int& n, int& l, Faults& faults) {
  const std::vector<int> types = shell_types(name.substr(leading_digits(name)));
  if (types.size() != 1) {
    faults.add(place, "'" + name + "' is no shell: the letters are S, P, D, F, G, H");
    return false;
  }
  l = types[0];
  // Four digits at most: longer ones would not fit an int, and are too large all the same.
  n = std::stoi(name.substr(0, std::min<std::size_t>(leading_digits(name), 4)));
  if (n <= l) {
    faults.add(place, "there is no shell " + name + ": the first " +
                          letters[static_cast<std::size_t>(l)] + " shell is " +
                          std::to_string(l + 1) + letters[static_cast<std::size_t>(l)]);
    return false;
  }
  if (n > max_principal_number) {
    faults.add(place, "the shell " + name + " is beyond n = " +
                          std::to_string(max_principal_number) + ", the highest supported");
    return false;
  }
  return true;
}

void parse_function(const BasisLine& line, const Place& place, std::vector<FileShell>& shells,
                    Faults& faults) {
  int n = 0, l = 0;
  if (!parse_shell_name(line.words[0], place, n, l, faults)) return;
  if (line.words.size() != 2) {
    faults.add(place, "the line has " + std::to_string(line.words.size()) +
                          (line.words.size() == 1 ? " word" : " words") +
                          "; a shell and its exponent are expected, as in '2P 1.25'");
    return;
  }
  double zeta = 0.0;
  if (!parse_basis_number(line.words[1], zeta)) {
    faults.add(place, "'" + line.words[1] + "' is not a number; the exponent is expected here");
    return;
  }
  if (zeta <= 0.0) {
    faults.add(place, "the exponent " + line.words[1] + " is not positive");
    return;
  }
  shells.push_back({l, {zeta}, {1.0}, {n - 1 - l}});
}

// The element whose block a line begins; 0 and a fault if it begins none.
int parse_element_line(const BasisLine& line, const Place& place, Faults& faults) {
  const int number = atomic_number(line.words[0]);
  if (number == 0 || line.words.size() != 1) {
    faults.add(place, "'" + line.words[0] + (line.words.size() > 1 ? " ..." : "") +
                          "' is neither an element alone, which begins a block, nor a function "
                          "such as '1S 5.6'");
    return 0;
  }
  return number;
}

// The functions that follow an element line.
void parse_block(BasisLines& lines, std::vector<FileShell>& shells, Faults& faults) {
  while (!lines.at_end() && leading_digits(lines.peek().words[0]) > 0) {
    const BasisLine& line = lines.take();
    parse_function(line, lines.place(line), shells, faults);
  }
}

}  // namespace

bool looks_like_slater_basis(const BasisLines& lines) {
  const auto& all = lines.all();
  return std::any_of(all.begin(), all.begin() + std::min<std::ptrdiff_t>(2, std::ssize(all)),
                     [](const BasisLine& line) { return is_shell_name(line.words[0]); });
}

void parse_slater_basis(BasisLines& lines, BasisFile& file, Faults& faults) {
  std::vector<FileShell> nowhere;
  if (!lines.at_end() && leading_digits(lines.peek().words[0]) > 0) {
    faults.add(lines.place(lines.peek()),
               "the function '" + lines.peek().words[0] +
                   "' stands before any element; a block begins with the element's symbol alone");
    parse_block(lines, nowhere, faults);
  }
  while (!lines.at_end()) {
    const BasisLine& line = lines.take();
    const Place place = lines.place(line);
    const int number = parse_element_line(line, place, faults);
    const bool twice = file.elements.count(number) != 0;
    if (twice) faults.add(place, "element " + element_symbol(number) + " is defined twice");
    if (!twice && number != 0 && (lines.at_end() || leading_digits(lines.peek().words[0]) == 0)) {
      faults.add(place, "element " + element_symbol(number) + " has no functions");
    }
    parse_block(lines, number == 0 ? nowhere : file.elements[number], faults);
  }
}

}  // namespace markhor
