#include "molecule/determinant_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <utility>
#include <vector>

#include "core/text.hpp"
#include "io/number.hpp"

namespace markhor {

namespace {

constexpr double norm_tolerance = 1e-6;

std::string electrons_text(std::size_t up, std::size_t down) {
  return std::to_string(up) + " up and " + std::to_string(down) + " down electrons";
}

class Reader {
 public:
  Reader(std::string path, const Molecule& molecule, int orbitals, Faults& faults)
      : path_(std::move(path)), molecule_(molecule), orbitals_(orbitals), faults_(faults) {}

  void read_line(const std::vector<std::string>& words, int number) {
    place_ = {path_, number};
    if (lower_case(words[0]) == "csf") {
      start_csf(words);
    } else {
      read_term(words);
    }
  }

  DeterminantExpansion finish() {
    finish_csf();
    if (!seen_csf_) {
      fault({path_, 0}, "holds no configuration state function; one begins as in 'csf 0.95'");
    } else if (good_ && std::all_of(expansion_.csfs.begin(), expansion_.csfs.end(),
                                    [](const Csf& csf) { return csf.coefficient == 0.0; })) {
      fault({path_, 0}, "every coefficient is zero; one at least must not be");
    }
    return std::move(expansion_);
  }

 private:
  void fault(Place place, std::string message) {
    faults_.add(std::move(place), std::move(message));
    good_ = false;
  }

  double read_number(const std::string& word) {
    const RealReading reading = read_real(word);
    if (!reading.problem.empty()) fault(place_, "'" + word + "' " + reading.problem);
    return reading.value;
  }

  void start_csf(const std::vector<std::string>& words) {
    finish_csf();
    seen_csf_ = in_csf_ = csf_good_ = true;
    csf_place_ = place_;
    expansion_.csfs.emplace_back();
    if (words.size() != 2) {
      fault(place_, "'csf' is followed by one number, its coefficient, as in 'csf 0.95'");
      return;
    }
    expansion_.csfs.back().coefficient = read_number(words[1]);
  }

  // What can be said of a CSF only when all its lines are read, and only if they could be.
  void finish_csf() {
    if (!in_csf_ || !csf_good_) return;
    const std::vector<CsfTerm>& terms = expansion_.csfs.back().terms;
    if (terms.empty()) {
      fault(csf_place_, "this csf has no determinants; lines such as '1 2220' follow it");
      return;
    }
    double squares = 0.0;
    for (const CsfTerm& term : terms) squares += term.weight * term.weight;
    if (std::abs(squares - 1.0) > norm_tolerance) {
      fault(csf_place_, "the squares of the weights of this csf add up to " + number_text(squares) +
                            "; they must add up to 1");
    }
  }

  void read_term(const std::vector<std::string>& words) {
    const std::size_t faults_before = faults_.list().size();
    if (words.size() != 2) {
      fault(place_, "'" + words[0] + "' begins a line of " + std::to_string(words.size()) +
                        (words.size() == 1 ? " word" : " words") +
                        "; 'csf COEFFICIENT' or 'WEIGHT OCCUPATIONS' is expected");
    } else if (!in_csf_) {
      fault(place_, "a determinant before the first 'csf' line belongs to no function");
      return;
    } else {
      const double weight = read_number(words[0]);
      const Determinant determinant = read_occupations(words[1]);
      if (faults_.list().size() == faults_before) add_term(weight, determinant);
    }
    if (faults_.list().size() != faults_before) csf_good_ = false;
  }

  Determinant read_occupations(const std::string& word) {
    Determinant result;
    if (word.size() > static_cast<std::size_t>(orbitals_)) {
      fault(place_, "'" + word + "' occupies " + std::to_string(word.size()) +
                        " orbitals; there are " + std::to_string(orbitals_));
    }
    for (std::size_t p = 0; p < word.size(); ++p) {
      const char c = word[p];
      if (c != '2' && c != 'u' && c != 'd' && c != '0') {
        fault(place_, "'" + std::string(1, c) + "' in '" + word +
                          "' is not an occupation; 2, u, d and 0 are");
        return result;
      }
      if (c == '2' || c == 'u') result.up.push_back(static_cast<int>(p));
      if (c == '2' || c == 'd') result.down.push_back(static_cast<int>(p));
    }
    const auto up = static_cast<std::size_t>(molecule_.up_electrons());
    const auto down = static_cast<std::size_t>(molecule_.down_electrons());
    if (result.up.size() != up || result.down.size() != down) {
      fault(place_, "'" + word + "' has " + electrons_text(result.up.size(), result.down.size()) +
                        "; the molecule has " + electrons_text(up, down));
    }
    return result;
  }

  void add_term(double weight, const Determinant& determinant) {
    const auto [at, is_new] =
        numbers_.try_emplace({determinant.up, determinant.down}, static_cast<int>(numbers_.size()));
    if (is_new) expansion_.determinants.push_back(determinant);
    std::vector<CsfTerm>& terms = expansion_.csfs.back().terms;
    if (std::any_of(terms.begin(), terms.end(),
                    [&](const CsfTerm& term) { return term.determinant == at->second; })) {
      fault(place_, "the same determinant stands in this csf already; its weights are to be added");
      return;
    }
    terms.push_back({at->second, weight});
  }

  std::string path_;
  const Molecule& molecule_;
  int orbitals_;
  Faults& faults_;
  bool good_ = true, seen_csf_ = false, in_csf_ = false, csf_good_ = true;
  Place place_, csf_place_;
  DeterminantExpansion expansion_;
  std::map<std::pair<std::vector<int>, std::vector<int>>, int> numbers_;  // of the determinants
};

// Up to the highest orbital that any determinant occupies, so that the lines align.
std::string occupations(const Determinant& determinant, int orbitals) {
  std::string result(static_cast<std::size_t>(orbitals), '0');
  for (const int p : determinant.up) result[static_cast<std::size_t>(p)] = 'u';
  for (const int p : determinant.down) {
    char& c = result[static_cast<std::size_t>(p)];
    c = c == 'u' ? '2' : 'd';
  }
  return result;
}

}  // namespace

DeterminantExpansion parse_determinants(std::string_view text, const std::string& path,
                                        const Molecule& molecule, int orbitals, Faults& faults) {
  Reader reader(path, molecule, orbitals, faults);
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    line = line.substr(0, line.find('#'));
    const std::vector<std::string> words = split_words(line);
    if (!words.empty()) reader.read_line(words, number);
  }
  return reader.finish();
}

DeterminantExpansion read_determinant_file(const std::string& path, const Molecule& molecule,
                                           int orbitals, Faults& faults) {
  try {
    return parse_determinants(read_text_file(path), path, molecule, orbitals, faults);
  } catch (const InputError& error) {
    faults.add(error);
    return {};
  }
}

std::string determinant_text(const DeterminantExpansion& expansion) {
  int orbitals = 0;
  for (const Determinant& d : expansion.determinants) {
    if (!d.up.empty()) orbitals = std::max(orbitals, d.up.back() + 1);
    if (!d.down.empty()) orbitals = std::max(orbitals, d.down.back() + 1);
  }
  std::string text =
      "# csf COEFFICIENT, then WEIGHT OCCUPATIONS for each of its determinants.\n"
      "# Occupations from the first orbital on: 2, u, d, 0. Signs: all ups before all downs.\n";
  for (const Csf& csf : expansion.csfs) {
    text += "csf " + number_text(csf.coefficient) + "\n";
    for (const CsfTerm& term : csf.terms) {
      const Determinant& d = expansion.determinants[static_cast<std::size_t>(term.determinant)];
      text += "  " + number_text(term.weight) + " " + occupations(d, orbitals) + "\n";
    }
  }
  return text;
}

void write_determinant_file(const std::string& path, const DeterminantExpansion& expansion) {
  std::ofstream file(path, std::ios::binary);
  file << determinant_text(expansion);
  file.close();
  if (!file) throw CalculationError("the determinant file '" + path + "' cannot be written");
}

}  // namespace markhor
