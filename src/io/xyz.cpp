#include "io/xyz.hpp"

#include "core/text.hpp"
#include "io/number.hpp"

namespace markhor {

namespace {

constexpr const char* expected_line =
    "an atom line is an element and three numbers, "
    "such as `O 0.0 0.0 0.117`";

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

// The count of atoms in the first line; -1 and a fault if it does not say one.
long read_count(const std::string& path, const std::vector<std::string_view>& lines,
                Faults& faults) {
  const Place first{path, 1};
  if (lines.empty() || trim(lines[0]).empty()) {
    faults.add(first, lines.empty()
                          ? "the file is empty; an XYZ file starts with the number of atoms"
                          : "the line is blank; an XYZ file starts with the number of "
                            "atoms");
    return -1;
  }
  const std::string word(trim(lines[0]));
  const IntegerReading count = read_integer(word);
  if (!count.problem.empty() || count.value < 1) {
    std::string message = "'" + word + "' is not a number of atoms; an XYZ file holds the number " +
                          "of atoms in line 1, a comment in line 2, then one atom a line";
    faults.add(first, message);
    return -1;
  }
  return static_cast<long>(count.value);
}

// Anything but blank lines behind the last atom is most likely a second geometry or a wrong count.
void check_rest(const std::string& path, const std::vector<std::string_view>& lines,
                std::size_t atoms, Faults& faults) {
  for (std::size_t i = atoms + 2; i < lines.size(); ++i) {
    if (trim(lines[i]).empty()) continue;
    faults.add({path, static_cast<int>(i + 1)},
               "'" + std::string(trim(lines[i])) + "' follows after the " + std::to_string(atoms) +
                   " atoms that line 1 promises; correct the count, or keep one geometry a file");
    return;
  }
}

}  // namespace

bool parse_atom_line(std::string_view text, const Place& place, AtomLine& atom, Faults& faults) {
  const std::vector<std::string> words = split_words(text);
  if (words.size() != 4) {
    faults.add(place, "'" + std::string(trim(text)) + "' has " + std::to_string(words.size()) +
                          (words.size() == 1 ? " word" : " words") + " instead of 4; " +
                          expected_line);
    return false;
  }
  bool good = true;
  for (std::size_t k = 0; k < 3; ++k) {
    const RealReading number = read_real(words[k + 1]);
    atom.position[k] = number.value;
    if (number.problem.empty()) continue;
    faults.add(place, "'" + words[k + 1] + "', the " + "xyz"[k] + " coordinate of " + words[0] +
                          ", " + number.problem);
    good = false;
  }
  atom.symbol = words[0];
  atom.place = place;
  return good;
}

std::vector<AtomLine> read_xyz(const std::string& path, Faults& faults) {
  std::vector<AtomLine> atoms;
  std::string text;
  try {
    text = read_text_file(path);
  } catch (const InputError& error) {
    faults.add(error);
    return atoms;
  }
  const std::vector<std::string_view> lines = split_lines(text);
  const long count = read_count(path, lines, faults);
  if (count < 0) return atoms;
  for (std::size_t i = 2; i < static_cast<std::size_t>(count) + 2; ++i) {
    const Place place{path, static_cast<int>(i + 1)};
    if (i >= lines.size() || trim(lines[i]).empty()) {
      faults.add(place, "line 1 promises " + std::to_string(count) + " atoms, but only " +
                            std::to_string(i - 2) + " lines follow the comment line");
      return atoms;
    }
    AtomLine atom;
    if (parse_atom_line(lines[i], place, atom, faults)) atoms.push_back(atom);
  }
  check_rest(path, lines, static_cast<std::size_t>(count), faults);
  return atoms;
}

}  // namespace markhor
