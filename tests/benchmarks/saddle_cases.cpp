#include "benchmarks/saddle_cases.hpp"

#include <algorithm>
#include <filesystem>
#include <sstream>
#include <tuple>

#include "core/errors.hpp"
#include "core/text.hpp"
#include "core/units.hpp"
#include "io/xyz.hpp"
#include "molecule/coordinates.hpp"
#include "molecule/element.hpp"
#include "molecule/geometry.hpp"

namespace markhor::benchmarks {

namespace {

namespace fs = std::filesystem;

// The value of "name=value" among the words of a comment.
std::string named_value(const std::string& comment, const std::string& name) {
  for (const std::string& word : split_words(comment)) {
    if (word.find(name + "=") == 0) return word.substr(name.size() + 1);
  }
  return "";
}

int named_integer(const std::string& comment, const std::string& name, const std::string& path) {
  double value = 0.0;
  if (!parse_number(named_value(comment, name), value)) {
    throw InputError({path, 2}, "has no '" + name + "=' with a number in its comment line");
  }
  return static_cast<int>(value);
}

std::string second_line(const std::string& path) {
  std::istringstream text(read_text_file(path));
  std::string line;
  std::getline(text, line);
  std::getline(text, line);
  return line;
}

SaddleCase read_case(const fs::path& file) {
  SaddleCase one;
  Faults faults;
  MoleculeInput input;
  input.atoms = read_xyz(file.string(), faults);
  const std::string comment = second_line(file.string());
  input.bohr_per_unit = units::bohr_per_angstrom;
  input.charge = named_integer(comment, "charge", file.string());
  input.multiplicity = named_integer(comment, "multiplicity", file.string());
  one.molecule = build_molecule(input, faults);
  faults.throw_if_any();
  one.id = named_value(comment, "id");
  one.formula = named_value(comment, "formula");
  one.path = (file.parent_path().filename() / file.stem()).string();
  return one;
}

}  // namespace

std::vector<SaddleCase> read_saddle_cases(const std::string& folder) {
  std::vector<SaddleCase> cases;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".xyz") cases.push_back(read_case(entry.path()));
  }
  const auto size = [](const SaddleCase& one) {
    return std::make_tuple(one.molecule.atoms.size(), one.molecule.electrons(), one.id);
  };
  std::sort(cases.begin(), cases.end(),
            [&](const SaddleCase& a, const SaddleCase& b) { return size(a) < size(b); });
  return cases;
}

SaddleStart start_of(const SaddleCase& one, const std::string& folder_of_starts) {
  const auto coordinates = 3 * static_cast<Eigen::Index>(one.molecule.atoms.size());
  if (folder_of_starts.empty()) return {positions_of(one.molecule), {}};
  SaddleStart start{Eigen::VectorXd(coordinates), Eigen::VectorXd(coordinates)};
  const std::string path = (fs::path(folder_of_starts) / (one.path + ".txt")).string();
  std::istringstream text(read_text_file(path));
  Eigen::Index atom = 0;
  for (std::string line; std::getline(text, line);) {
    if (trim(line).empty() || trim(line)[0] == '#') continue;
    std::istringstream words(line);
    std::string symbol;
    Eigen::Vector3d x, n;
    words >> symbol >> x[0] >> x[1] >> x[2] >> n[0] >> n[1] >> n[2];
    if (!words || 3 * atom >= coordinates ||
        atomic_number(symbol) != one.molecule.atoms[static_cast<std::size_t>(atom)].atomic_number) {
      throw InputError({path, 0}, "does not fit the atoms of " + one.id + ": " + line);
    }
    start.positions.segment<3>(3 * atom) = units::bohr_per_angstrom * x;
    start.direction.segment<3>(3 * atom) = n;
    ++atom;
  }
  if (3 * atom != coordinates) throw InputError({path, 0}, "has too few atoms for " + one.id);
  start.direction.normalize();
  return start;
}

}  // namespace markhor::benchmarks
