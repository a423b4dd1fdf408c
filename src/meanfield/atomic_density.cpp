#include "meanfield/atomic_density.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "meanfield/diis.hpp"
#include "meanfield/fock.hpp"
#include "meanfield/repulsion.hpp"
#include "meanfield/shell_integrals.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;

constexpr int max_iterations = 40;
constexpr double gradient_convergence = 1e-5;  // a guess, no more
constexpr double degeneracy = 1e-6;            // Hartree
constexpr double dependence_threshold = 1e-7;  // cf. ScfOptions

// Fills levels from below, two electrons an orbital; the last, open level is filled evenly, so that
// the density keeps the symmetry of a sphere.
MatrixXd aufbau_density(const MatrixXd& orbitals, const Eigen::VectorXd& energies, int electrons) {
  Eigen::VectorXd occupations = Eigen::VectorXd::Zero(energies.size());
  double left = electrons;
  Eigen::Index first = 0;
  while (left > 0.0 && first < energies.size()) {
    Eigen::Index end = first + 1;
    while (end < energies.size() && energies[end] - energies[first] < degeneracy) ++end;
    const auto size = static_cast<double>(end - first);
    const double filled = std::min(left, 2.0 * size);
    occupations.segment(first, end - first).setConstant(filled / size);
    left -= filled;
    first = end;
  }
  return orbitals * occupations.asDiagonal() * orbitals.transpose();
}

// Restricted SCF of the spherical atom; not converging (open d shells that swap) is no harm.
MatrixXd atomic_density(const Molecule& atom, const BasisSet& basis) {
  const OneElectronIntegrals integrals = one_electron_integrals(atom, basis);
  const MatrixXd core = integrals.kinetic + integrals.nuclear_attraction;
  const MatrixXd x = canonical_orthogonalizer(integrals.overlap, dependence_threshold);
  const auto repulsion = make_repulsion(atom, basis, 1e9, 1);
  Diis diis(8);
  MatrixXd fock = core, density;
  for (int i = 0; i < max_iterations; ++i) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{MatrixXd(x.transpose() * fock * x)};
    density = aufbau_density(x * solver.eigenvectors(), solver.eigenvalues(), atom.electrons());
    const CoulombExchange built = repulsion->build({density})[0];
    const MatrixXd next = core + built.coulomb - 0.5 * built.exchange;
    const MatrixXd fds = next * density * integrals.overlap;
    const MatrixXd error = x.transpose() * (fds - fds.transpose()) * x;
    if (error.cwiseAbs().maxCoeff() < gradient_convergence) break;
    fock = diis.extrapolate({next}, {error})[0];
  }
  return density;
}

// The shells of one atom as a basis set of its own.
BasisSet basis_of_atom(const BasisSet& basis, int atom) {
  BasisSet part;
  for (Shell shell : basis.shells) {
    if (shell.atom != atom) continue;
    shell.atom = 0;
    part.shells.push_back(shell);
  }
  return part;
}

}  // namespace

Eigen::MatrixXd superposed_atomic_densities(const Molecule& molecule, const BasisSet& basis) {
  MatrixXd density = MatrixXd::Zero(basis.size(), basis.size());
  std::map<int, MatrixXd> by_element;
  Eigen::Index first = 0;
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    Molecule atom;
    atom.atoms = {molecule.atoms[a]};
    const BasisSet part = basis_of_atom(basis, static_cast<int>(a));
    const int z = atom.atoms[0].atomic_number;
    if (by_element.count(z) == 0) by_element[z] = atomic_density(atom, part);
    const Eigen::Index size = part.size();
    density.block(first, first, size, size) = by_element[z];
    first += size;
  }
  return density;
}

}  // namespace markhor
