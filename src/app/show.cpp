#include "app/show.hpp"

#include <ostream>

#include "app/output_file.hpp"
#include "app/scf_record.hpp"
#include "app/scf_report.hpp"
#include "app/summary.hpp"
#include "app/vmc_record.hpp"
#include "app/vmc_report.hpp"

namespace markhor {

namespace {

Molecule read_molecule(const Hdf5Reader& reader) {
  Molecule molecule;
  const auto numbers = reader.read_integers("/molecule/atomic_numbers");
  const DataMatrix positions = reader.read_matrix("/molecule/positions");
  for (std::size_t a = 0; a < numbers.size(); ++a) {
    Atom atom;
    atom.atomic_number = static_cast<int>(numbers[a]);
    for (std::size_t k = 0; k < 3; ++k) atom.position[k] = positions.values.at(3 * a + k);
    molecule.atoms.push_back(atom);
  }
  molecule.charge = static_cast<int>(reader.read_integer("/molecule/charge"));
  molecule.multiplicity = static_cast<int>(reader.read_integer("/molecule/multiplicity"));
  return molecule;
}

}  // namespace

void show(std::ostream& out, const std::string& path) {
  const Hdf5Reader reader(path, schema_version);
  out << path << ": markhor " << reader.read_text("/provenance/version") << " (revision "
      << reader.read_text("/provenance/git_revision") << "), started "
      << reader.read_text("/provenance/start_time") << " on "
      << reader.read_text("/provenance/host") << ", ranks "
      << reader.read_integer("/provenance/ranks") << ", seed "
      << reader.read_integer("/provenance/seed") << '\n';
  out << molecule_line(read_molecule(reader)) << '\n';
  if (reader.has("/scf")) {
    out << '\n';
    report_scf(out, read_scf(reader));
  }
  if (reader.has("/vmc")) {
    out << '\n';
    report_vmc(out, read_vmc(reader));
  }
}

void show_json(std::ostream& out, const std::string& path) {
  const Hdf5Reader reader(path, schema_version);
  JsonWriter json;
  json.begin_object();
  json.value("schema_version", reader.schema_version());
  json.value("version", reader.read_text("/provenance/version"));
  if (reader.has("/scf")) write_json(json, read_scf(reader));
  if (reader.has("/vmc")) write_json(json, read_vmc(reader));
  json.end_object();
  out << json.text() << '\n';
}

}  // namespace markhor
