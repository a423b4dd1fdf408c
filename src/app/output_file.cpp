#include "app/output_file.hpp"

#include "app/checkpoint_record.hpp"
#include "app/ci_record.hpp"
#include "app/dmc_record.hpp"
#include "app/optimize_record.hpp"
#include "app/saddle_record.hpp"
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
  writer.write_texts("/provenance/continued", p.continued,
                     {"", "when, where and by what the run was taken up again"});
}

Provenance read_provenance(const Hdf5Reader& reader) {
  Provenance p;
  p.version = reader.read_text("/provenance/version");
  p.git_revision = reader.read_text("/provenance/git_revision");
  p.compiler = reader.read_text("/provenance/compiler");
  p.flags = reader.read_text("/provenance/flags");
  p.mpi = reader.read_text("/provenance/mpi");
  p.host = reader.read_text("/provenance/host");
  p.start_time = reader.read_text("/provenance/start_time");
  p.ranks = static_cast<int>(reader.read_integer("/provenance/ranks"));
  p.continued = reader.read_texts("/provenance/continued");
  return p;
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

void write_output(const RunRecord& record, const std::string& path,
                  const StateWriter& write_state) {
  Hdf5Writer writer(path, schema_version);
  write_deck(writer, record);
  write_provenance(writer, record);
  write_molecule(writer, record.molecule);
  if (record.basis.size() > 0) write_basis(writer, "/basis", record.basis);
  if (record.scf) write_scf(writer, *record.scf);
  if (record.ci) write_ci(writer, *record.ci);
  if (record.wave_function) write_trial(writer, *record.wave_function);
  if (record.optimize) write_optimize(writer, *record.optimize);
  if (record.vmc) write_vmc(writer, *record.vmc);
  if (record.dmc) write_dmc(writer, *record.dmc);
  if (record.saddle) write_saddle(writer, *record.saddle);
  if (!record.next_stage.empty()) write_stage(writer, record.next_stage);
  if (write_state) write_state(writer);
  writer.finish();
}

RunRecord read_output(const Hdf5Reader& reader, const std::string& path) {
  RunRecord record;
  record.deck_text = reader.read_text("/deck/text");
  record.resolved_deck = reader.read_text("/deck/resolved");
  record.provenance = read_provenance(reader);
  record.seed = static_cast<std::uint64_t>(reader.read_integer("/provenance/seed"));
  record.molecule = read_molecule(reader);
  if (reader.has("/basis")) record.basis = read_basis(reader, "/basis");
  if (reader.has("/checkpoint")) record.next_stage = reader.read_text("/checkpoint/stage");
  if (reader.has("/scf")) record.scf = read_scf(reader);
  if (reader.has("/ci")) record.ci = read_ci(reader);
  if (reader.has("/wavefunction")) record.wave_function = read_trial(reader, path);
  if (reader.has("/optimize")) record.optimize = read_optimize(reader);
  if (reader.has("/vmc")) record.vmc = read_vmc(reader);
  if (reader.has("/dmc")) record.dmc = read_dmc(reader);
  if (reader.has("/saddle")) record.saddle = read_saddle(reader);
  return record;
}

}  // namespace markhor
