#include "app/output_file.hpp"

#include "app/matrix_data.hpp"
#include "app/scf_record.hpp"
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

void write_basis(Hdf5Writer& writer, const BasisSet& basis) {
  std::vector<std::int64_t> atoms, momenta, cartesian, primitives, powers;
  std::vector<double> exponents, coefficients;
  for (const Shell& shell : basis.shells) {
    atoms.push_back(shell.atom);
    momenta.push_back(shell.angular_momentum);
    cartesian.push_back(shell.cartesian);
    primitives.push_back(static_cast<std::int64_t>(shell.exponents.size()));
    exponents.insert(exponents.end(), shell.exponents.begin(), shell.exponents.end());
    coefficients.insert(coefficients.end(), shell.coefficients.begin(), shell.coefficients.end());
    for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
      powers.push_back(shell.is_slater() ? shell.powers[p] : -1);
    }
  }
  writer.group("/basis",
               "Shells in the order of the basis functions; spherical functions m = -l ... l (p: "
               "x y z), Cartesian ones xx xy xz yy yz zz");
  writer.write_text("/basis/name", basis.name, {"", "name of the set"});
  writer.write_integer("/basis/functions", basis.size(), {"1", "number of basis functions"});
  writer.write_integers("/basis/shell_atom", atoms, {"1", "atom of each shell, from 0"});
  writer.write_integers("/basis/shell_angular_momentum", momenta, {"1", "l of each shell"});
  writer.write_integers("/basis/shell_cartesian", cartesian, {"1", "1 for Cartesian functions"});
  writer.write_integers("/basis/shell_primitives", primitives, {"1", "primitives of each shell"});
  writer.write_reals("/basis/exponents", exponents,
                     {"bohr^-2", "of all primitives, shell by shell (Slater functions: bohr^-1)"});
  writer.write_reals("/basis/coefficients", coefficients,
                     {"1", "of all primitives, with their and the contraction's normalization"});
  writer.write_integers("/basis/powers", powers,
                        {"1", "power of r of Slater functions; -1 for Gaussians"});
}

void write_radial(Hdf5Writer& writer, const std::string& path, const RadialJastrow& jastrow) {
  writer.write_real(path + "/kappa", jastrow.kappa, {"bohr^-1", "scale of the distances"});
  writer.write_real(path + "/first", jastrow.first, {"bohr^-1", "slope at zero distance"});
  writer.write_real(path + "/pade", jastrow.pade, {"bohr^-1", "constant of the denominator"});
  writer.write_reals(path + "/polynomial", jastrow.polynomial,
                     {"bohr^-p", "coefficients of the powers p = 2, 3, ..."});
}

void write_wave_function(Hdf5Writer& writer, const TrialWaveFunction& trial) {
  const JastrowParameters& jastrow = trial.jastrow;
  writer.group("/wavefunction",
               "Trial wave function: determinants of /orbitals times a Jastrow "
               "factor");
  writer.write_texts("/wavefunction/jastrow_terms", trial.options.jastrow,
                     {"", "terms of the Jastrow factor"});
  writer.write_integer("/wavefunction/cusp_correction", trial.options.cusp_correction,
                       {"1", "1 if the orbitals are given their cusps"});
  writer.group("/wavefunction/ee", "electron-electron term");
  write_radial(writer, "/wavefunction/ee", jastrow.electron_electron);
  for (std::size_t a = 0; a < jastrow.electron_nucleus.size(); ++a) {
    const std::string path = "/wavefunction/en/" + std::to_string(a);
    writer.group(path, "electron-nucleus term of this atom");
    write_radial(writer, path, jastrow.electron_nucleus[a]);
  }
  writer.group("/wavefunction/een", "electron-electron-nucleus term");
  writer.write_real("/wavefunction/een/kappa", jastrow.three_body.kappa,
                    {"bohr^-1", "scale of the distances"});
  writer.write_integer("/wavefunction/een/order", jastrow.three_body.order,
                       {"1", "order of the polynomial"});
  for (std::size_t a = 0; a < jastrow.three_body.coefficients.size(); ++a) {
    writer.write_reals("/wavefunction/een/" + std::to_string(a),
                       vector_data(jastrow.three_body.coefficients[a]),
                       {"1", "coefficients of this atom's polynomial"});
  }
}

}  // namespace

void write_output(const RunRecord& record, const std::string& path) {
  Hdf5Writer writer(path, schema_version);
  write_deck(writer, record);
  write_provenance(writer, record);
  write_molecule(writer, record.molecule);
  write_basis(writer, record.basis);
  if (record.scf) write_scf(writer, *record.scf);
  if (record.wave_function) write_wave_function(writer, *record.wave_function);
  if (record.vmc) write_vmc(writer, *record.vmc);
  writer.finish();
}

}  // namespace markhor
