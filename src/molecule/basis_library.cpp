#include "molecule/basis_library.hpp"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>

#include "core/text.hpp"
#include "molecule/basis_file.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

bool is_basis_file(const std::filesystem::path& path) {
  return path.extension() == ".g94" || path.extension() == ".sto";
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at)) {
    text.replace(at, from.size(), to);
    at += to.size();
  }
}

// The name under which a set lies on disk, without characters that shells and file systems treat
// specially: lower case, no blanks, (d,p) is **, (d) is *, and each * becomes an s.
// "6-31G(d)" -> "6-31gs", "6-311G**" -> "6-311gss", "cc-pVDZ" -> "cc-pvdz".
std::string file_stem(std::string_view name) {
  std::string stem = lower_case(name);
  replace_all(stem, " ", "");
  replace_all(stem, "(d,p)", "**");
  replace_all(stem, "(d)", "*");
  replace_all(stem, "*", "s");
  return stem;
}

// The way back: a Pople set's trailing s after the g stands for *.
std::string set_name(std::string_view stem) {
  std::string name(stem);
  const std::size_t g = name.rfind('g');
  const bool is_pople = g != std::string::npos && name.find('-') < g &&
                        std::isdigit(static_cast<unsigned char>(name[0])) != 0;
  if (!is_pople) return name;
  for (std::size_t i = g + 1; i < name.size(); ++i) {
    if (name[i] == 's') name[i] = '*';
  }
  return name;
}

struct Candidate {
  std::string stem, path;
};

// Every set of the folders; of two with the same stem, the one in the earlier folder comes first.
std::vector<Candidate> candidates_in(const std::vector<std::string>& folders) {
  std::vector<Candidate> list;
  for (const std::string& folder : folders) {
    std::error_code error;
    std::vector<Candidate> here;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
      if (!is_basis_file(entry.path())) continue;
      here.push_back({file_stem(entry.path().stem().string()), entry.path().string()});
    }
    std::sort(here.begin(), here.end(),
              [](const Candidate& a, const Candidate& b) { return a.path < b.path; });
    list.insert(list.end(), here.begin(), here.end());
  }
  return list;
}

void add_unknown_set(const BasisInput& input, Faults& faults) {
  const std::vector<std::string> names = available_basis_sets(input.folders);
  if (names.empty()) {
    const std::string searched = joined(input.folders, ", ");
    faults.add(input.place, "there is no basis set '" + input.set +
                                "': no .g94 or .sto files in the folders searched (" +
                                (searched.empty() ? "none" : searched) + ")");
    return;
  }
  std::string message = "there is no basis set '" + input.set + "'";
  std::string suggestion = closest_match(file_stem(input.set), names);
  if (!suggestion.empty()) message += "; did you mean '" + suggestion + "'?";
  message += suggestion.empty() ? "; available:" : " Available:";
  for (const std::string& name : names) message += " " + name;
  faults.add(input.place, message);
}

// Path of the file, or "" and a fault.
std::string locate(const BasisInput& input, Faults& faults) {
  const std::string stem = file_stem(input.set);
  for (const Candidate& candidate : candidates_in(input.folders)) {
    if (candidate.stem == stem) return candidate.path;
  }
  std::error_code error;
  if (std::filesystem::is_regular_file(input.set, error)) return input.set;
  if (input.set.find('/') != std::string::npos) {
    faults.add(input.place, "there is no basis set file '" + input.set + "'");
  } else {
    add_unknown_set(input, faults);
  }
  return "";
}

void check_elements(const BasisInput& input, const BasisFile& file, const Molecule& molecule,
                    Faults& faults) {
  std::set<int> missing, too_high;
  for (const Atom& atom : molecule.atoms) {
    const auto found = file.elements.find(atom.atomic_number);
    if (found == file.elements.end()) {
      missing.insert(atom.atomic_number);
      continue;
    }
    for (const FileShell& shell : found->second) {
      if (shell.angular_momentum > max_angular_momentum) too_high.insert(atom.atomic_number);
    }
  }
  const auto report = [&](const std::set<int>& elements, const std::string& message) {
    if (elements.empty()) return;
    std::string list;
    for (int z : elements) list += (list.empty() ? "" : ", ") + element_symbol(z);
    faults.add(input.place, "basis set '" + input.set + "' " + message + " " + list);
  };
  report(missing, "does not define");
  report(too_high, "has functions beyond l = 5 (h), which are not supported, on");
}

}  // namespace

BasisSet load_basis(const BasisInput& input, const Molecule& molecule, Faults& faults) {
  BasisSet basis;
  basis.name = input.set;
  const std::string path = locate(input, faults);
  if (path.empty()) return basis;
  const std::size_t faults_before = faults.list().size();
  const BasisFile file = read_basis_file(path, faults);
  if (faults.list().size() != faults_before) return basis;
  check_elements(input, file, molecule, faults);
  if (faults.list().size() != faults_before) return basis;

  // A file that declares nothing means spherical functions, as nearly all sets do.
  const bool cartesian = input.cartesian.value_or(file.cartesian.value_or(false));
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    std::vector<FileShell> shells = file.elements.at(molecule.atoms[a].atomic_number);
    std::stable_sort(shells.begin(), shells.end(), [](const FileShell& x, const FileShell& y) {
      return x.angular_momentum < y.angular_momentum;
    });
    for (const FileShell& from : shells) {
      Shell shell;
      shell.atom = static_cast<int>(a);
      shell.angular_momentum = from.angular_momentum;
      shell.cartesian = cartesian;
      shell.exponents = from.exponents;
      shell.coefficients = from.coefficients;
      shell.powers = from.powers;
      normalize_contraction(shell);
      basis.shells.push_back(std::move(shell));
    }
  }
  return basis;
}

std::vector<std::string> available_basis_sets(const std::vector<std::string>& folders) {
  std::set<std::string> names;
  for (const Candidate& candidate : candidates_in(folders)) names.insert(set_name(candidate.stem));
  return {names.begin(), names.end()};
}

}  // namespace markhor
