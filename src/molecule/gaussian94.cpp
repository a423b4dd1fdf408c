#include "molecule/gaussian94.hpp"

#include <cmath>

#include "core/text.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

bool is_separator(const BasisLine& line) { return line.words[0].rfind("**", 0) == 0; }

void skip_element(BasisLines& lines) {
  while (!lines.at_end() && !is_separator(lines.peek())) lines.take();
}

// "S 3 1.00"
struct ShellLine {
  std::vector<int> types;
  int primitives = 0;
  double scale = 1.0;
};

bool parse_shell_line(const BasisLine& line, const Place& place, ShellLine& shell, Faults& faults) {
  shell.types = shell_types(line.words[0]);
  if (shell.types.empty()) {
    faults.add(place, "'" + line.words[0] +
                          "' does not begin a shell; a type (S, P, SP, D, F, G, H), the number "
                          "of primitives and a scale factor are expected, or ****");
    return false;
  }
  double count = 0.0;
  if (line.words.size() < 2 || !parse_number(line.words[1], count) || count < 1.0 ||
      count > 1000.0 || count != std::floor(count)) {
    faults.add(place,
               "the number of primitives of the shell is missing or not a positive "
               "integer; a shell begins as in 'S 3 1.00'");
    return false;
  }
  shell.primitives = static_cast<int>(count);
  if (line.words.size() > 2 &&
      (!parse_basis_number(line.words[2], shell.scale) || shell.scale <= 0.0)) {
    faults.add(place, "the scale factor '" + line.words[2] + "' is not a positive number");
    return false;
  }
  return true;
}

// False: the rest of the element cannot be trusted.
bool parse_shell(BasisLines& lines, std::vector<FileShell>& shells, Faults& faults) {
  const BasisLine& first = lines.take();
  ShellLine shell;
  if (!parse_shell_line(first, lines.place(first), shell, faults)) return false;
  std::vector<std::vector<double>> rows;
  for (int p = 0; p < shell.primitives; ++p) {
    if (lines.at_end() || is_separator(lines.peek())) {
      faults.add(lines.last_place(), "the shell of line " + std::to_string(first.number) +
                                         " announces " + std::to_string(shell.primitives) +
                                         " primitives but has only " + std::to_string(p));
      return false;
    }
    const BasisLine& line = lines.take();
    std::vector<double> row = parse_primitive(line, lines.place(line), shell.types.size(), faults);
    if (row.empty()) return false;
    row[0] *= shell.scale * shell.scale;
    rows.push_back(std::move(row));
  }
  append_shells(shell.types, rows, shells);
  return true;
}

void parse_element(BasisLines& lines, BasisFile& file, Faults& faults) {
  const BasisLine& line = lines.take();
  // Gaussian itself writes "-C 0" where the element may be absent from the molecule.
  std::string symbol = line.words[0];
  if (symbol.size() > 1 && symbol[0] == '-') symbol.erase(0, 1);
  const int number = atomic_number(symbol);
  if (number == 0) {
    faults.add(lines.place(line), "'" + line.words[0] +
                                      "' is not a chemical element; an element line such as "
                                      "'C 0' is expected here");
    skip_element(lines);
    return;
  }
  if (file.elements.count(number) != 0) {
    faults.add(lines.place(line), "element " + element_symbol(number) + " is defined twice");
    skip_element(lines);
    return;
  }
  std::vector<FileShell>& shells = file.elements[number];
  while (!lines.at_end() && !is_separator(lines.peek())) {
    if (!parse_shell(lines, shells, faults)) {
      skip_element(lines);
      return;
    }
  }
}

}  // namespace

void parse_gaussian94(BasisLines& lines, BasisFile& file, Faults& faults) {
  while (!lines.at_end()) {
    const std::string word = lower_case(lines.peek().words[0]);
    if (word == "spherical" || word == "cartesian") {
      file.cartesian = word == "cartesian";
      lines.take();
    } else if (is_separator(lines.peek())) {
      lines.take();
    } else {
      parse_element(lines, file, faults);
    }
  }
}

}  // namespace markhor
