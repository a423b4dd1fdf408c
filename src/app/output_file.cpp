#include "app/output_file.hpp"

#include "app/ci_record.hpp"
#include "app/dmc_record.hpp"
#include "app/optimize_record.hpp"
#include "app/scf_record.hpp"
#include "app/trial_record.hpp"
#include "app/vmc_record.hpp"
#include "molecule/element.hpp"

namespace markhor {

namespace {

void write_deck(Hdf5Writer& writer, const RunRecord& record) {
  writer.group("/deck", "The input of the run");
  writer.write_text("/deck/text", record.deck_text, {"", "the deck as it was read"});
  writer.write_text("/deck/resolved", record.resolved_deck,
                    {"", "every key with its value and where it came from; reads back as a deck"});
}

void write_provenance(Hdf5Writer& writer, const RunRecord& record) {
  const Provenance& p = record.provenance;
  writer.group("/provenance", "How the results came to be");
  writer.write_text("/provenance/version", p.version, {"", "version of markhor"});
  writer.write_text("/provenance/git_revision", p.git_revision, {"", "revision of the sources"});
  writer.write_text("/provenance/compiler", p.compiler, {"", "compiler"});
  writer.write_text("/provenance/flags", p.flags, {"", "build type and flags"});
  writer.write_text("/provenance/mpi", p.mpi, {"", "MPI library"});
  writer.write_text("/provenance/host", p.host, {"", "host of the first rank"});
  writer.write_text("/provenance/start_time", p.start_time, {"", "start of the run, UTC"});
  writer.write_integer("/provenance/ranks", p.ranks, {"1", "MPI ranks"});
  writer.write_integer("/provenance/seed", static_cast<std::int64_t>(record.seed),
                       {"1", "seed of the random numbers"});
}

void write_molecule(Hdf5Writer& writer, const Molecule& molecule) {
  std::vector<std::string> symbols;
  std::vector<std::int64_t> numbers;
  DataMatrix positions{molecule.atoms.size(), 3, {}};
  for (const Atom& atom : molecule.atoms) {
    symbols.push_back(element_symbol(atom.atomic_number));
    numbers.push_back(atom.atomic_number);
    positions.values.insert(positions.values.end(), atom.position.begin(), atom.position.end());
  }
  writer.group("/molecule", "Nuclei, charge and spin");
  writer.write_texts("/molecule/symbols", symbols, {"", "elements"});
  writer.write_integers("/molecule/atomic_numbers", numbers, {"1", "atomic numbers"});
  writer.write_matrix("/molecule/positions", positions, {"bohr", "atoms x 3"});
  writer.write_integer("/molecule/charge", molecule.charge, {"e", "total charge"});
  writer.write_integer("/molecule/multiplicity", molecule.multiplicity, {"1", "2S + 1"});
  writer.write_real("/molecule/nuclear_repulsion", molecule.nuclear_repulsion(),
                    {"hartree", "repulsion of the nuclei"});
}

}  // namespace

void write_output(const RunRecord& record, const std::string& path) {
  Hdf5Writer writer(path, schema_version);
  write_deck(writer, record);
  write_provenance(writer, record);
  write_molecule(writer, record.molecule);
  write_basis(writer, "/basis", record.basis);
  if (record.scf) write_scf(writer, *record.scf);
  if (record.ci) write_ci(writer, *record.ci);
  if (record.wave_function) write_trial(writer, *record.wave_function);
  if (record.optimize) write_optimize(writer, *record.optimize);
  if (record.vmc) write_vmc(writer, *record.vmc);
  if (record.dmc) write_dmc(writer, *record.dmc);
  writer.finish();
}

}  // namespace markhor
