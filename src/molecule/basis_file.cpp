#include "molecule/basis_file.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"
#include "molecule/gaussian94.hpp"
#include "molecule/nwchem_basis.hpp"
#include "molecule/slater_basis.hpp"

namespace markhor {

BasisLines::BasisLines(std::string_view text, std::string path) : path_(std::move(path)) {
  int number = 0;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    line = line.substr(0, line.find_first_of("!#"));
    std::vector<std::string> words = split_words(line);
    if (!words.empty()) lines_.push_back({number, std::move(words)});
  }
}

Place BasisLines::last_place() const {
  if (next_ == 0) return {path_, 0};
  return place(lines_[next_ - 1]);
}

std::vector<int> shell_types(std::string_view word) {
  const std::string type = lower_case(word);
  if (type == "sp" || type == "l") return {0, 1};
  // No j: the letters go on from f in alphabetical order without it.
  constexpr std::string_view letters = "spdfghik";
  if (type.size() != 1) return {};
  const std::size_t l = letters.find(type[0]);
  if (l == std::string_view::npos) return {};
  return {static_cast<int>(l)};
}

bool parse_basis_number(std::string_view word, double& value) {
  std::string text(word);
  std::replace(text.begin(), text.end(), 'D', 'e');
  std::replace(text.begin(), text.end(), 'd', 'e');
  return parse_number(text, value);
}

std::vector<double> parse_primitive(const BasisLine& line, const Place& place, std::size_t columns,
                                    Faults& faults) {
  std::vector<double> row;
  for (const std::string& word : line.words) {
    double value = 0.0;
    if (!parse_basis_number(word, value)) {
      faults.add(place, "'" + word + "' is not a number; an exponent and " +
                            (columns == 1 ? "a contraction coefficient are"
                                          : "contraction coefficients are") +
                            " expected here");
      return {};
    }
    row.push_back(value);
  }
  if (row.size() < 2 || (columns != 0 && row.size() != columns + 1)) {
    faults.add(place, "the line has " + std::to_string(row.size()) +
                          (row.size() == 1 ? " number" : " numbers") + "; an exponent and " +
                          (columns == 0 ? std::string("at least one coefficient")
                                        : std::to_string(columns) + " coefficient" +
                                              (columns == 1 ? "" : "s")) +
                          " are expected");
    return {};
  }
  if (row[0] <= 0.0) {
    faults.add(place, "the exponent " + line.words[0] + " is not positive");
    return {};
  }
  return row;
}

void append_shells(const std::vector<int>& types, const std::vector<std::vector<double>>& rows,
                   std::vector<FileShell>& shells) {
  if (rows.empty()) return;
  for (std::size_t column = 1; column < rows.front().size(); ++column) {
    FileShell shell;
    shell.angular_momentum = types[types.size() == 1 ? 0 : column - 1];
    for (const std::vector<double>& row : rows) {
      // General contractions print zeros for the primitives a function does not use.
      if (row[column] == 0.0) continue;
      shell.exponents.push_back(row[0]);
      shell.coefficients.push_back(row[column]);
    }
    if (!shell.exponents.empty()) shells.push_back(std::move(shell));
  }
}

BasisFile parse_basis_text(std::string_view text, const std::string& path, Faults& faults) {
  BasisLines lines(text, path);
  BasisFile file;
  const std::size_t faults_before = faults.list().size();
  if (path.ends_with(".sto") || looks_like_slater_basis(lines)) {
    parse_slater_basis(lines, file, faults);
  } else if (looks_like_nwchem_basis(lines)) {
    parse_nwchem_basis(lines, file, faults);
  } else {
    parse_gaussian94(lines, file, faults);
  }
  if (file.elements.empty() && faults.list().size() == faults_before) {
    faults.add({path, 0},
               "holds no basis set; Gaussian94, NWChem and Slater formats are understood");
  }
  return file;
}

BasisFile read_basis_file(const std::string& path, Faults& faults) {
  try {
    return parse_basis_text(read_text_file(path), path, faults);
  } catch (const InputError& error) {
    faults.add(error);
    return {};
  }
}

}  // namespace markhor
