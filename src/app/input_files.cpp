// What a deck needs from the file system: geometry, basis set, a place for the results.
#include <unistd.h>

#include <filesystem>

#include "app/basis_folders.hpp"
#include "app/checkpoint_record.hpp"
#include "app/saddle_xyz.hpp"
#include "app/settings.hpp"
#include "app/stage_settings.hpp"
#include "app/trial_stage.hpp"
#include "core/units.hpp"
#include "molecule/determinant_file.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

namespace fs = std::filesystem;

std::vector<AtomLine> inline_atoms(const Deck& deck, Faults& faults) {
  std::vector<AtomLine> atoms;
  const DeckValue& lines = deck.value("molecule", "atom");
  for (std::size_t i = 0; i < lines.texts.size(); ++i) {
    AtomLine atom;
    if (parse_atom_line(lines.texts[i], lines.places[i], atom, faults)) atoms.push_back(atom);
  }
  return atoms;
}

// One of `geometry` and `atom` says where the atoms are, or the ends of a path do.
void check_source_of_atoms(const Deck& deck, Faults& faults) {
  const bool file = deck.is_given("molecule", "geometry");
  const bool lines = deck.is_given("molecule", "atom");
  if (starts_between(deck)) {
    if (file || lines) {
      faults.add(deck.place("molecule", file ? "geometry" : "atom"),
                 "the atoms are given twice, here and as 'reactant' and 'product' of [saddle]; "
                 "keep one of them");
    }
    return;
  }
  if (file && lines) {
    faults.add(deck.place("molecule", "atom"),
               "the atoms are given twice, as 'atom' lines and as 'geometry'; keep one of them");
  }
  if (!file && !lines) {
    faults.add(deck.section_place("molecule"),
               "[molecule] needs the atoms: geometry = an XYZ file, or lines such as atom = O 0.0 "
               "0.0 0.117");
  }
  if (file && deck.is_given("molecule", "units")) {
    faults.add(deck.place("molecule", "units"),
               "'units' is for 'atom' lines; an XYZ file is in angstrom");
  }
}

// Told before any is read, so that all of them are.
void check_files_exist(const Deck& deck, Faults& faults) {
  struct Key {
    const char *section, *name;
  };
  for (const Key& key : {Key{"molecule", "geometry"}, Key{"saddle", "reactant"},
                         Key{"saddle", "product"}, Key{"saddle", "direction"}}) {
    if (!deck.is_given(key.section, key.name)) continue;
    const std::string file = deck.file(key.section, key.name);
    if (fs::exists(file)) continue;
    faults.add(deck.place(key.section, key.name),
               "'" + std::string(key.name) + "' names " + file + ", and there is no such file");
  }
}

// The lowest that fits, for surfaces without electrons, where it means nothing.
int fitting_multiplicity(const MoleculeInput& input) {
  int electrons = -input.charge;
  for (const AtomLine& atom : input.atoms) electrons += atomic_number(atom.symbol);
  return electrons % 2 == 0 ? 1 : 2;
}

Molecule read_molecule(const Deck& deck, const Settings& settings, Faults& faults) {
  check_files_exist(deck, faults);
  check_source_of_atoms(deck, faults);
  MoleculeInput input;
  const std::size_t faults_before = faults.list().size();
  const bool between = starts_between(deck);
  // One end alone is a fault that has been told.
  if (between && !(deck.is_given("saddle", "reactant") && deck.is_given("saddle", "product"))) {
    return {};
  }
  const bool from_file = between || deck.is_given("molecule", "geometry");
  const std::string file =
      between ? deck.file("saddle", "reactant") : deck.file("molecule", "geometry");
  if (from_file && !fs::exists(file)) return {};  // which has been told
  input.atoms = from_file ? read_xyz(file, faults) : inline_atoms(deck, faults);
  const bool in_bohr = !from_file && deck.word("molecule", "units") == "bohr";
  input.bohr_per_unit = in_bohr ? 1.0 : units::bohr_per_angstrom;
  input.charge = static_cast<int>(deck.integer("molecule", "charge"));
  input.multiplicity = static_cast<int>(deck.integer("molecule", "multiplicity"));
  if (!needs_electrons(settings) && input.multiplicity == 1) {
    input.multiplicity = fitting_multiplicity(input);
  }
  input.charge_place = deck.place("molecule", "charge");
  input.multiplicity_place = deck.place("molecule", "multiplicity");
  // With atoms missing the electron count means nothing, and would bring faults of its own.
  if (faults.list().size() != faults_before || input.atoms.empty()) return {};
  return build_molecule(input, faults);
}

BasisInput basis_input(const Deck& deck) {
  BasisInput input;
  input.set = deck.text("basis", "set");
  const std::string file = deck.relative_to_deck(input.set);
  if (std::error_code error; fs::is_regular_file(file, error)) input.set = file;
  const std::string folder = fs::path(deck.path()).parent_path().string();
  input.folders = basis_folders(folder.empty() ? "." : folder);
  const std::string cartesian = deck.word("basis", "cartesian");
  if (cartesian != "auto") input.cartesian = cartesian == "yes";
  input.place = deck.place("basis", "set");
  return input;
}

// At most as many orbitals as basis functions; whether linear dependence leaves fewer shows later.
void check_determinants(const Deck& deck, const Settings& settings, const CalculationInput& input,
                        Faults& faults) {
  const DeterminantSource& source = settings.determinants;
  const int orbitals = input.basis.size();
  if (source.ci) {
    const std::string problem = active_space_problem(source.ci->space, input.molecule, orbitals,
                                                     source.ci->max_determinants);
    if (!problem.empty()) faults.add(deck.place("wavefunction", "active_space"), problem);
  }
  if (!source.determinant_file.empty()) {
    read_determinant_file(source.determinant_file, input.molecule, orbitals, faults);
  }
}

bool same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return fs::equivalent(a, b, error) && !error;
}

}  // namespace

CalculationInput read_input(const Deck& deck, const Settings& settings, Faults& faults) {
  CalculationInput input;
  const std::size_t faults_before = faults.list().size();
  if (deck.is_sound("molecule")) {
    input.molecule = read_molecule(deck, settings, faults);
  }
  const bool molecule_sound = !input.molecule.atoms.empty() && deck.is_sound("molecule") &&
                              faults.list().size() == faults_before;
  if (molecule_sound) read_saddle_input(deck, settings, input, faults);
  if (!settings.determinants.import.empty()) {
    input.imported =
        import_trial(deck, settings, molecule_sound ? &input.molecule : nullptr, faults);
    input.basis = input.imported->basis;
    return input;
  }
  if (!needs_basis(settings) || !deck.is_sound("basis") || !deck.has_value("basis", "set")) {
    return input;
  }
  // Without a molecule the name of the set can still be looked up.
  const std::size_t faults_without_basis = faults.list().size();
  input.basis = load_basis(basis_input(deck), molecule_sound ? input.molecule : Molecule{}, faults);
  const bool basis_sound = faults.list().size() == faults_without_basis;
  if (molecule_sound && basis_sound) check_determinants(deck, settings, input, faults);
  return input;
}

namespace {

// The files of geometries beside the result file are the user's as well.
void check_saddle_file(const std::string& file, const Settings& settings, const Deck& deck,
                       Faults& faults) {
  const OutputOptions& output = settings.output;
  struct Source {
    const char *section, *key, *name;
  };
  for (const Source& source :
       {Source{"molecule", "geometry", "geometry"}, Source{"saddle", "direction", "direction"},
        Source{"saddle", "reactant", "reactant's"}, Source{"saddle", "product", "product's"}}) {
    if (!same_file(file, deck.file(source.section, source.key))) continue;
    faults.add(output.place, "the saddle search writes " + file + ", which is the " + source.name +
                                 " file; name another [output] file");
    return;
  }
  std::error_code error;
  if (fs::exists(file, error) && !output.overwrite) {
    faults.add(output.place, "the file " + file +
                                 ", which the saddle search writes, exists and is kept; "
                                 "--overwrite replaces it, --output.file=NAME writes another");
  }
}

void check_saddle_files(const Settings& settings, const Deck& deck, Faults& faults) {
  if (!settings.runs_saddle) return;
  check_saddle_file(saddle_xyz_file(settings.output.file), settings, deck, faults);
  if (!settings.saddle.options.irc) return;
  check_saddle_file(descent_xyz_file(settings.output.file), settings, deck, faults);
}

}  // namespace

void check_output(const Settings& settings, const Deck& deck, Faults& faults) {
  const OutputOptions& output = settings.output;
  const std::string& file = output.file;
  const std::string parent = fs::path(file).parent_path().string();
  const std::string folder = parent.empty() ? "." : parent;
  std::error_code error;
  if (!fs::exists(folder, error)) {
    faults.add(output.place, "the folder of the output file, " + folder + ", does not exist");
  } else if (!fs::is_directory(folder, error)) {
    faults.add(output.place, "the folder of the output file, " + folder + ", is not a folder");
  } else if (fs::is_directory(file, error)) {
    faults.add(output.place, "the output file " + file + " is a folder");
  } else if (same_file(file, deck.path())) {
    faults.add(output.place, "the output file is the deck itself; name another [output] file");
  } else if (deck.is_given("molecule", "geometry") &&
             same_file(file, deck.file("molecule", "geometry"))) {
    faults.add(output.place, "the output file is the geometry file; name another [output] file");
  } else if (same_file(file, settings.determinants.import)) {
    faults.add(output.place,
               "the output file is the one to import from; name another [output] file");
  } else if (same_file(file, settings.determinants.determinant_file)) {
    faults.add(output.place, "the output file is the determinant file; name another [output] file");
  } else if (fs::exists(file, error) && !output.overwrite) {
    faults.add(output.place, "the output file " + file +
                                 " exists and is kept; --overwrite replaces it, "
                                 "--output.file=NAME writes another" +
                                 (holds_checkpoint(file)
                                      ? ", `markhor continue " + file + "` goes on with its run"
                                      : ""));
  } else if (access(folder.c_str(), W_OK | X_OK) != 0) {
    faults.add(output.place, "the folder of the output file, " + folder + ", cannot be written to");
  }
  if (!fs::exists(file, error) || output.overwrite) check_saddle_files(settings, deck, faults);
}

}  // namespace markhor
