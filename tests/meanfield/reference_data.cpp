#include "reference_data.hpp"

#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>

#include "molecule/basis_library.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

const std::map<std::string, ScfMethod> methods = {
    {"rhf", ScfMethod::rhf}, {"uhf", ScfMethod::uhf}, {"rohf", ScfMethod::rohf}};

Molecule read_molecule(std::istream& line) {
  Molecule molecule;
  line >> molecule.charge >> molecule.multiplicity;
  Atom atom;
  for (std::string symbol; line >> symbol;) {
    atom.atomic_number = atomic_number(symbol);
    line >> atom.position[0] >> atom.position[1] >> atom.position[2];
    molecule.atoms.push_back(atom);
  }
  return molecule;
}

ReferenceRecord read_record(std::istream& line) {
  ReferenceRecord r;
  std::string shape, method;
  line >> r.system >> r.basis_name >> shape >> method >> r.solution >> r.functions >> r.energy >>
      r.nuclear_repulsion >> r.kinetic >> r.nuclear_attraction >> r.electron_repulsion >>
      r.spin_squared >> r.dipole[0] >> r.dipole[1] >> r.dipole[2];
  r.cartesian = shape == "cartesian";
  r.method = methods.at(method);
  if (!line) throw std::runtime_error("a record of hartree_fock.txt is malformed");
  return r;
}

std::vector<ReferenceRecord> read_all() {
  std::ifstream file(MARKHOR_SOURCE_DIR "/tests/meanfield/data/hartree_fock.txt");
  std::map<std::string, Molecule> molecules;
  std::vector<ReferenceRecord> records;
  for (std::string text; std::getline(file, text);) {
    std::istringstream line(text);
    std::string kind;
    line >> kind;
    if (kind == "atoms") {
      std::string system;
      line >> system;
      molecules[system] = read_molecule(line);
    } else if (kind == "record") {
      records.push_back(read_record(line));
      records.back().molecule = molecules.at(records.back().system);
    }
  }
  return records;
}

}  // namespace

std::string ReferenceRecord::name() const {
  std::string method_name;
  for (const auto& [word, value] : methods) {
    if (value == method) method_name = word;
  }
  return system + " " + basis_name + (cartesian ? " cartesian " : " ") + method_name + " " +
         solution;
}

const std::vector<ReferenceRecord>& reference_records() {
  static const std::vector<ReferenceRecord> records = read_all();
  return records;
}

const ReferenceRecord& reference_record(const std::string& system, const std::string& basis,
                                        ScfMethod method, const std::string& solution) {
  for (const ReferenceRecord& r : reference_records()) {
    if (r.system == system && r.basis_name == basis && r.method == method &&
        r.solution == solution) {
      return r;
    }
  }
  throw std::out_of_range("no reference record for " + system + " " + basis);
}

BasisSet shipped_basis(const std::string& set, const Molecule& molecule, bool cartesian) {
  BasisInput input;
  input.set = set;
  input.folders = {MARKHOR_SOURCE_DIR "/basis_sets"};
  input.cartesian = cartesian;
  Faults faults;
  BasisSet basis = load_basis(input, molecule, faults);
  faults.throw_if_any();
  return basis;
}

}  // namespace markhor
