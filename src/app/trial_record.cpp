#include "app/trial_record.hpp"

#include "app/matrix_data.hpp"
#include "core/errors.hpp"
#include "wavefunction/jastrow_start.hpp"

namespace markhor {

namespace {

std::vector<std::int64_t> integers(const std::vector<int>& list) {
  return {list.begin(), list.end()};
}

std::vector<int> read_ints(const Hdf5Reader& reader, const std::string& path) {
  std::vector<int> list;
  for (const std::int64_t value : reader.read_integers(path)) {
    list.push_back(static_cast<int>(value));
  }
  return list;
}

int read_int(const Hdf5Reader& reader, const std::string& path) {
  return static_cast<int>(reader.read_integer(path));
}

void write_radial(Hdf5Writer& writer, const std::string& path, const RadialJastrow& jastrow) {
  writer.write_real(path + "/kappa", jastrow.kappa, {"bohr^-1", "scale of the distances"});
  writer.write_real(path + "/first", jastrow.first, {"bohr^-1", "slope at zero distance"});
  writer.write_real(path + "/pade", jastrow.pade, {"bohr^-1", "constant of the denominator"});
  writer.write_reals(path + "/polynomial", jastrow.polynomial,
                     {"bohr^-p", "coefficients of the powers p = 2, 3, ..."});
}

RadialJastrow read_radial(const Hdf5Reader& reader, const std::string& path) {
  RadialJastrow jastrow;
  jastrow.kappa = reader.read_real(path + "/kappa");
  jastrow.first = reader.read_real(path + "/first");
  jastrow.pade = reader.read_real(path + "/pade");
  jastrow.polynomial = reader.read_reals(path + "/polynomial");
  return jastrow;
}

void write_three_body(Hdf5Writer& writer, const std::string& path,
                      const ThreeBodyJastrow& jastrow) {
  writer.write_real(path + "/kappa", jastrow.kappa, {"bohr^-1", "scale of the distances"});
  writer.write_integer(path + "/order", jastrow.order, {"1", "order of the polynomial"});
  for (std::size_t a = 0; a < jastrow.coefficients.size(); ++a) {
    writer.write_reals(path + "/" + std::to_string(a), vector_data(jastrow.coefficients[a]),
                       {"1", "coefficients of this atom's polynomial"});
  }
}

ThreeBodyJastrow read_three_body(const Hdf5Reader& reader, const std::string& path,
                                 std::size_t atoms) {
  ThreeBodyJastrow jastrow;
  jastrow.kappa = reader.read_real(path + "/kappa");
  jastrow.order = read_int(reader, path + "/order");
  for (std::size_t a = 0; a < atoms; ++a) {
    jastrow.coefficients.push_back(eigen_vector(reader.read_reals(path + "/" + std::to_string(a))));
  }
  return jastrow;
}

void write_jastrow(Hdf5Writer& writer, const std::string& root, const TrialWaveFunction& trial) {
  const JastrowParameters& jastrow = trial.jastrow;
  writer.write_texts(root + "/jastrow_terms", trial.options.jastrow,
                     {"", "terms of the Jastrow factor that are in use"});
  writer.group(root + "/ee", "electron-electron term");
  write_radial(writer, root + "/ee", jastrow.electron_electron);
  writer.group(root + "/ee_parallel", "function added for electrons of equal spin");
  write_radial(writer, root + "/ee_parallel", jastrow.parallel);
  for (std::size_t a = 0; a < jastrow.electron_nucleus.size(); ++a) {
    const std::string path = root + "/en/" + std::to_string(a);
    writer.group(path, "electron-nucleus term of this atom");
    write_radial(writer, path, jastrow.electron_nucleus[a]);
  }
  writer.group(root + "/een", "electron-electron-nucleus term");
  write_three_body(writer, root + "/een", jastrow.three_body);
  writer.group(root + "/een_parallel", "such a term added for electrons of equal spin");
  write_three_body(writer, root + "/een_parallel", jastrow.parallel_three_body);
}

void read_jastrow(const Hdf5Reader& reader, const std::string& root, TrialWaveFunction& trial) {
  JastrowParameters& jastrow = trial.jastrow;
  trial.options.jastrow = reader.read_texts(root + "/jastrow_terms");
  jastrow.electron_electron = read_radial(reader, root + "/ee");
  // Files from before there was one: a function that is there to be optimized.
  jastrow.parallel = reader.has(root + "/ee_parallel")
                         ? read_radial(reader, root + "/ee_parallel")
                         : starting_jastrow(trial.molecule, trial.options).parallel;
  const std::size_t atoms = trial.molecule.atoms.size();
  jastrow.three_body = read_three_body(reader, root + "/een", atoms);
  trial.options.three_body_order = jastrow.three_body.order;
  jastrow.parallel_three_body =
      reader.has(root + "/een_parallel")
          ? read_three_body(reader, root + "/een_parallel", atoms)
          : starting_jastrow(trial.molecule, trial.options).parallel_three_body;
  for (std::size_t a = 0; a < atoms; ++a) {
    jastrow.electron_nucleus.push_back(read_radial(reader, root + "/en/" + std::to_string(a)));
  }
}

void write_orbitals(Hdf5Writer& writer, const std::string& root, const TrialWaveFunction& trial) {
  const std::string path = root + "/orbitals", shape = "basis functions x orbitals";
  const std::string label = "orbitals of equal label may mix; empty: any may";
  writer.group(path, "Orbitals over the functions of " + root + "/basis");
  writer.write_integer(path + "/restricted", trial.restricted,
                       {"1", "1 if both spins have the orbitals of spin up"});
  writer.write_matrix(path + "/up", matrix_data(trial.up), {"1", "spin up: " + shape});
  writer.write_integers(path + "/up_symmetry", integers(trial.up_symmetry),
                        {"1", "spin up: " + label});
  if (trial.restricted) return;
  writer.write_matrix(path + "/down", matrix_data(trial.down), {"1", "spin down: " + shape});
  writer.write_integers(path + "/down_symmetry", integers(trial.down_symmetry),
                        {"1", "spin down: " + label});
}

void read_orbitals(const Hdf5Reader& reader, const std::string& root, TrialWaveFunction& trial) {
  const std::string path = root + "/orbitals";
  trial.restricted = reader.read_integer(path + "/restricted") != 0;
  trial.up = eigen_matrix(reader.read_matrix(path + "/up"));
  trial.up_symmetry = read_ints(reader, path + "/up_symmetry");
  trial.down = trial.restricted ? trial.up : eigen_matrix(reader.read_matrix(path + "/down"));
  trial.down_symmetry =
      trial.restricted ? trial.up_symmetry : read_ints(reader, path + "/down_symmetry");
}

void write_expansion(Hdf5Writer& writer, const std::string& root,
                     const DeterminantExpansion& expansion) {
  std::vector<std::int64_t> up, down, sizes, members;
  std::vector<double> coefficients, weights;
  for (const Determinant& determinant : expansion.determinants) {
    up.insert(up.end(), determinant.up.begin(), determinant.up.end());
    down.insert(down.end(), determinant.down.begin(), determinant.down.end());
  }
  for (const Csf& csf : expansion.csfs) {
    coefficients.push_back(csf.coefficient);
    sizes.push_back(static_cast<std::int64_t>(csf.terms.size()));
    for (const CsfTerm& term : csf.terms) {
      members.push_back(term.determinant);
      weights.push_back(term.weight);
    }
  }
  const std::string path = root + "/determinants";
  writer.group(path, "Configuration state functions of determinants; none: one determinant");
  writer.write_integer(path + "/count", static_cast<std::int64_t>(expansion.determinants.size()),
                       {"1", "number of determinants"});
  writer.write_integers(path + "/up", up, {"1", "occupied orbitals of spin up, one after another"});
  writer.write_integers(path + "/down", down,
                        {"1", "occupied orbitals of spin down, one after another"});
  writer.write_reals(path + "/coefficients", coefficients, {"1", "of the configurations"});
  writer.write_integers(path + "/sizes", sizes, {"1", "determinants of each configuration"});
  writer.write_integers(path + "/members", members,
                        {"1", "the determinants of the configurations, one after another"});
  writer.write_reals(path + "/weights", weights, {"1", "of the members"});
}

DeterminantExpansion read_expansion(const Hdf5Reader& reader, const std::string& root,
                                    const Molecule& molecule) {
  const std::string path = root + "/determinants";
  DeterminantExpansion expansion;
  expansion.determinants.resize(static_cast<std::size_t>(reader.read_integer(path + "/count")));
  const std::vector<int> up = read_ints(reader, path + "/up");
  const std::vector<int> down = read_ints(reader, path + "/down");
  auto next_up = up.begin(), next_down = down.begin();
  for (Determinant& determinant : expansion.determinants) {
    determinant.up.assign(next_up, next_up + molecule.up_electrons());
    determinant.down.assign(next_down, next_down + molecule.down_electrons());
    next_up += molecule.up_electrons();
    next_down += molecule.down_electrons();
  }
  const auto coefficients = reader.read_reals(path + "/coefficients");
  const auto sizes = reader.read_integers(path + "/sizes");
  const std::vector<int> members = read_ints(reader, path + "/members");
  const auto weights = reader.read_reals(path + "/weights");
  std::size_t next = 0;
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    Csf csf;
    csf.coefficient = coefficients[k];
    for (std::int64_t t = 0; t < sizes.at(k); ++t, ++next) {
      csf.terms.push_back({members.at(next), weights.at(next)});
    }
    expansion.csfs.push_back(std::move(csf));
  }
  return expansion;
}

}  // namespace

void write_basis(Hdf5Writer& writer, const std::string& group, const BasisSet& basis) {
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
  writer.group(group,
               "Shells in the order of the basis functions; spherical functions m = -l ... l (p: "
               "x y z), Cartesian ones xx xy xz yy yz zz");
  writer.write_text(group + "/name", basis.name, {"", "name of the set"});
  writer.write_integer(group + "/functions", basis.size(), {"1", "number of basis functions"});
  writer.write_integers(group + "/shell_atom", atoms, {"1", "atom of each shell, from 0"});
  writer.write_integers(group + "/shell_angular_momentum", momenta, {"1", "l of each shell"});
  writer.write_integers(group + "/shell_cartesian", cartesian, {"1", "1 for Cartesian functions"});
  writer.write_integers(group + "/shell_primitives", primitives, {"1", "primitives of each shell"});
  writer.write_reals(group + "/exponents", exponents,
                     {"bohr^-2", "of all primitives, shell by shell (Slater functions: bohr^-1)"});
  writer.write_reals(group + "/coefficients", coefficients,
                     {"1", "of all primitives, with their and the contraction's normalization"});
  writer.write_integers(group + "/powers", powers,
                        {"1", "power of r of Slater functions; -1 for Gaussians"});
}

BasisSet read_basis(const Hdf5Reader& reader, const std::string& group) {
  const std::vector<int> atoms = read_ints(reader, group + "/shell_atom");
  const std::vector<int> momenta = read_ints(reader, group + "/shell_angular_momentum");
  const std::vector<int> cartesian = read_ints(reader, group + "/shell_cartesian");
  const std::vector<int> primitives = read_ints(reader, group + "/shell_primitives");
  const std::vector<int> powers = read_ints(reader, group + "/powers");
  const auto exponents = reader.read_reals(group + "/exponents");
  const auto coefficients = reader.read_reals(group + "/coefficients");
  BasisSet basis;
  basis.name = reader.read_text(group + "/name");
  std::size_t next = 0;
  for (std::size_t s = 0; s < atoms.size(); ++s) {
    Shell shell;
    shell.atom = atoms[s];
    shell.angular_momentum = momenta.at(s);
    shell.cartesian = cartesian.at(s) != 0;
    for (int p = 0; p < primitives.at(s); ++p, ++next) {
      shell.exponents.push_back(exponents.at(next));
      shell.coefficients.push_back(coefficients.at(next));
      if (powers.at(next) >= 0) shell.powers.push_back(powers.at(next));
    }
    basis.shells.push_back(std::move(shell));
  }
  return basis;
}

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

void write_trial(Hdf5Writer& writer, const TrialWaveFunction& trial, const std::string& root,
                 const std::string& which) {
  writer.group(root, "Trial wave function, " + which + ": determinants times a Jastrow factor");
  writer.write_integer(root + "/cusp_correction", trial.options.cusp_correction,
                       {"1", "1 if the orbitals are given their cusps"});
  writer.write_reals(root + "/cusp_radii", trial.cusp_radii,
                     {"bohr", "of the cusp correction of each atom; empty: none"});
  writer.write_integers(root + "/atom_classes", integers(trial.atom_classes),
                        {"1", "atoms of one class have the same parameters"});
  write_basis(writer, root + "/basis", trial.basis);
  write_orbitals(writer, root, trial);
  write_expansion(writer, root, trial.expansion);
  write_jastrow(writer, root, trial);
}

TrialWaveFunction read_trial(const Hdf5Reader& reader, const std::string& path,
                             const std::string& root) {
  if (!reader.has(root + "/basis")) {
    throw InputError({path, 0},
                     "has no wave function to start from; a run with [wavefunction] or "
                     "[optimize] writes one");
  }
  TrialWaveFunction trial;
  trial.molecule = read_molecule(reader);
  trial.basis = read_basis(reader, root + "/basis");
  trial.options.cusp_correction = reader.read_integer(root + "/cusp_correction") != 0;
  trial.cusp_radii = reader.read_reals(root + "/cusp_radii");
  trial.atom_classes = read_ints(reader, root + "/atom_classes");
  read_orbitals(reader, root, trial);
  trial.expansion = read_expansion(reader, root, trial.molecule);
  read_jastrow(reader, root, trial);
  return trial;
}

}  // namespace markhor
