#include "molecule/nwchem_basis.hpp"

#include "core/text.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

bool is_shell_line(const BasisLine& line) {
  return line.words.size() == 2 && atomic_number(line.words[0]) != 0 &&
         !shell_types(line.words[1]).empty();
}

void declare(bool cartesian, const Place& place, BasisFile& file, Faults& faults) {
  if (file.cartesian.has_value() && *file.cartesian != cartesian) {
    faults.add(place, "the file declares both spherical and cartesian functions");
  }
  file.cartesian = cartesian;
}

// Words of a `basis "name" SPHERICAL PRINT` line, or a lone `spherical`.
void parse_declaration(const BasisLine& line, const Place& place, BasisFile& file, Faults& faults) {
  for (const std::string& word : line.words) {
    const std::string lower = lower_case(word);
    if (lower == "spherical" || lower == "cartesian") {
      declare(lower == "cartesian", place, file, faults);
    }
  }
}

void parse_shell(BasisLines& lines, BasisFile& file, Faults& faults) {
  const BasisLine& head = lines.take();
  const std::vector<int> types = shell_types(head.words[1]);
  std::vector<std::vector<double>> rows;
  while (!lines.at_end()) {
    double value = 0.0;
    // A malformed number in first place is caught below, as a line nobody understands.
    if (!parse_basis_number(lines.peek().words[0], value)) break;
    const BasisLine& line = lines.take();
    const std::size_t columns =
        types.size() == 2 ? 2 : (rows.empty() ? 0 : rows.front().size() - 1);
    std::vector<double> row = parse_primitive(line, lines.place(line), columns, faults);
    if (!row.empty()) rows.push_back(std::move(row));
  }
  if (rows.empty()) {
    faults.add(lines.place(head),
               "the shell '" + head.words[0] + " " + head.words[1] + "' has no primitives");
  }
  append_shells(types, rows, file.elements[atomic_number(head.words[0])]);
}

}  // namespace

bool looks_like_nwchem_basis(const BasisLines& lines) {
  BasisLines ahead = lines;
  while (!ahead.at_end()) {
    const BasisLine& line = ahead.take();
    const std::string word = lower_case(line.words[0]);
    if (word == "spherical" || word == "cartesian") continue;
    return word == "basis" || is_shell_line(line);
  }
  return false;
}

void parse_nwchem_basis(BasisLines& lines, BasisFile& file, Faults& faults) {
  while (!lines.at_end()) {
    const std::string word = lower_case(lines.peek().words[0]);
    if (word == "basis" || word == "spherical" || word == "cartesian") {
      const BasisLine& line = lines.take();
      parse_declaration(line, lines.place(line), file, faults);
    } else if (word == "end") {
      lines.take();
    } else if (is_shell_line(lines.peek())) {
      parse_shell(lines, file, faults);
    } else if (word == "ecp") {
      const BasisLine& line = lines.take();
      faults.add(lines.place(line),
                 "the file has an ECP block; a pseudopotential is chosen "
                 "separately from the basis set, remove the block");
      return;
    } else {
      const BasisLine& line = lines.take();
      faults.add(lines.place(line), "'" + line.words[0] +
                                        "' is not understood; a shell such as 'C S', a "
                                        "primitive or 'end' is expected here");
    }
  }
}

}  // namespace markhor
