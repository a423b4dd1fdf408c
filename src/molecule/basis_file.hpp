// A basis set file as it stands on disk: shells by element, not yet on atoms, not yet normalized.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/errors.hpp"

namespace markhor {

// One contraction as printed: the coefficients belong to normalized primitives.
struct FileShell {
  int angular_momentum = 0;
  std::vector<double> exponents;     // bohr^-2 (Gaussian) or bohr^-1 (Slater), positive
  std::vector<double> coefficients;  // same length
  std::vector<int> powers;           // as in Shell: Slater functions only; empty: Gaussian
};

struct BasisFile {
  std::optional<bool> cartesian;                   // what the file declares; empty: nothing
  std::map<int, std::vector<FileShell>> elements;  // by atomic number
};

// Reads a basis file in Gaussian94, NWChem or Slater (slater_basis.hpp) format; which one is seen
// from its content, or from the extension .sto. `!` and `#` comments and Fortran D exponents are
// understood in all, a `spherical` or `cartesian` line (as in psi4's .gbs files) and SP shells in
// the first two. Faults: every malformed line of the file.
BasisFile read_basis_file(const std::string& path, Faults& faults);

// The same for a text in memory; path is used in messages only.
BasisFile parse_basis_text(std::string_view text, const std::string& path, Faults& faults);

// A line that is neither blank nor a comment.
struct BasisLine {
  int number = 0;  // in the file, from 1
  std::vector<std::string> words;
};

// What the readers of all formats share. A reader walks over lines and adds to file and faults.
class BasisLines {
 public:
  BasisLines(std::string_view text, std::string path);

  bool at_end() const { return next_ == lines_.size(); }
  const BasisLine& peek() const { return lines_[next_]; }
  const BasisLine& take() { return lines_[next_++]; }
  const std::vector<BasisLine>& all() const { return lines_; }
  Place place(const BasisLine& line) const { return {path_, line.number}; }
  // The place of the last line read, for "the file ends here" messages.
  Place last_place() const;

 private:
  std::vector<BasisLine> lines_;
  std::string path_;
  std::size_t next_ = 0;
};

// 0 for "S", ... ; {0, 1} for "SP" and "L"; empty if the word is not a shell type.
std::vector<int> shell_types(std::string_view word);

// "0.1D+01" and "1.0e0" alike.
bool parse_basis_number(std::string_view word, double& value);

// Reads one line of a contraction, an exponent and `columns` coefficients (columns == 0: as many
// as there are). Adds a fault and returns an empty list if that is not what the line holds.
std::vector<double> parse_primitive(const BasisLine& line, const Place& place, std::size_t columns,
                                    Faults& faults);

// Appends the shells of one contraction block: rows hold an exponent and the columns' coefficients.
// One type: each column is a shell of it. Two (SP): one column each.
void append_shells(const std::vector<int>& types, const std::vector<std::vector<double>>& rows,
                   std::vector<FileShell>& shells);

}  // namespace markhor
