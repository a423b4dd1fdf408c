#include "meanfield/orbital_symmetry.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "meanfield/shell_integrals.hpp"
#include "meanfield/slater_expansion.hpp"
#include "molecule/equivalent_atoms.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double connection_threshold = 1e-6;
constexpr double degeneracy_threshold = 1e-6;  // Hartree

double factorial(int n) { return n < 2 ? 1.0 : n * factorial(n - 1); }

// The weights that make sum_m w_m |m><m| of a shell independent of the axes. Spherical functions:
// all one. Cartesian ones: the multinomial coefficient, for sum_ij |x_i x_j><x_i x_j| counts xy
// twice, as xy and yx.
std::vector<double> invariant_weights(const Shell& shell) {
  const int l = shell.angular_momentum;
  std::vector<double> weights;
  if (!shell.cartesian || l < 2) {
    weights.assign(static_cast<std::size_t>(shell.size()), 1.0);
    return weights;
  }
  for (int x = l; x >= 0; --x) {
    for (int y = l - x; y >= 0; --y) {
      weights.push_back(factorial(l) / (factorial(x) * factorial(y) * factorial(l - x - y)));
    }
  }
  return weights;
}

// sum_mu w_mu S |mu><mu| S in the orbitals whose overlaps with the functions are S C.
MatrixXd weighted_projector(const MatrixXd& overlaps, const VectorXd& weights) {
  return overlaps.transpose() * weights.asDiagonal() * overlaps;
}

// For each class of equivalent atoms and each l: the weights of the functions it projects on.
std::vector<VectorXd> class_weights(const Molecule& molecule, const BasisSet& basis) {
  const std::vector<int> classes = equivalent_atoms(molecule);
  std::map<std::pair<int, int>, VectorXd> result;
  Index first = 0;
  for (const Shell& shell : basis.shells) {
    const int atom_class = classes[static_cast<std::size_t>(shell.atom)];
    VectorXd& weights = result[{atom_class, shell.angular_momentum}];
    if (weights.size() == 0) weights = VectorXd::Zero(basis.size());
    for (const double weight : invariant_weights(shell)) weights[first++] = weight;
  }
  std::vector<VectorXd> list;
  for (auto& entry : result) list.push_back(std::move(entry.second));
  return list;
}

void connect(const MatrixXd& matrix, std::vector<int>& labels) {
  for (Index q = 0; q < matrix.cols(); ++q) {
    for (Index p = 0; p < q; ++p) {
      if (std::abs(matrix(p, q)) <= connection_threshold) continue;
      const int kept = labels[static_cast<std::size_t>(p)];
      const int gone = labels[static_cast<std::size_t>(q)];
      std::replace(labels.begin(), labels.end(), gone, kept);
    }
  }
}

void renumber(std::vector<int>& labels) {
  std::map<int, int> numbers;
  for (int& label : labels) {
    label = numbers.try_emplace(label, static_cast<int>(numbers.size())).first->second;
  }
}

// Weights that differ for every l and m but not for atoms. A reflection at a coordinate plane or a
// half turn about an axis takes a function to plus or minus the same l and m, on an equivalent atom
// or the same one: such an operator has the symmetry of every D2h-like group along the axes.
VectorXd component_weights(const BasisSet& basis) {
  VectorXd weights(basis.size());
  Index mu = 0;
  for (const Shell& shell : basis.shells) {
    const int l = shell.angular_momentum;
    for (int m = 0; m < shell.size(); ++m) weights[mu++] = l == 0 ? 0.0 : (m + 1.0) / (l + 2.0);
  }
  return weights;
}

std::array<double, 3> charge_center(const Molecule& molecule) {
  std::array<double, 3> center{};
  double charge = 0.0;
  for (const Atom& atom : molecule.atoms) {
    charge += atom.atomic_number;
    for (std::size_t k = 0; k < 3; ++k) center[k] += atom.atomic_number * atom.position[k];
  }
  for (double& component : center) component /= charge;
  return center;
}

// An operator of D2h-like symmetry that tells x, y and z apart, in the orbitals: component weights,
// and second moments about the center of charge for orbitals that consist of one m on many atoms
// (the pi orbitals of a planar ring). The moments are squares of dipole matrices over the orbitals.
MatrixXd direction_operator(const Molecule& molecule, const BasisSet& basis, const MatrixXd& c,
                            const OneElectronIntegrals& integrals) {
  constexpr std::array<double, 3> moment_weights = {0.011, 0.023, 0.047};  // bohr^-2
  const std::array<double, 3> center = charge_center(molecule);
  MatrixXd result = weighted_projector(integrals.overlap * c, component_weights(basis));
  for (std::size_t k = 0; k < 3; ++k) {
    const MatrixXd moment =
        c.transpose() * (integrals.position[k] - center[k] * integrals.overlap) * c;
    result += moment_weights[k] * moment * moment;
  }
  return result;
}

// Orbitals [first, last) of equal energy become eigenvectors of the operator; each keeps the sign
// of its largest coefficient positive.
void align_set(const MatrixXd& direction, Index first, Index last, MatrixXd& c,
               VectorXd& energies) {
  const Index count = last - first;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
      Eigen::MatrixXd(direction.block(first, first, count, count))};
  MatrixXd rotated = c.middleCols(first, count) * solver.eigenvectors();
  for (Index k = 0; k < count; ++k) {
    Index largest = 0;
    rotated.col(k).cwiseAbs().maxCoeff(&largest);
    if (rotated(largest, k) < 0.0) rotated.col(k) *= -1.0;
  }
  const VectorXd weighted = energies.segment(first, count);
  energies.segment(first, count) = solver.eigenvectors().cwiseAbs2().transpose() * weighted;
  c.middleCols(first, count) = rotated;
}

// bounds: ascending orbital numbers that no set may cross.
void align_channel(const MatrixXd& direction, const std::vector<Index>& bounds, MatrixXd& c,
                   VectorXd& energies) {
  for (Index first = 0; first < c.cols();) {
    Index last = first + 1;
    while (last < c.cols() && energies[last] - energies[last - 1] < degeneracy_threshold &&
           std::find(bounds.begin(), bounds.end(), last) == bounds.end()) {
      ++last;
    }
    if (last - first > 1) align_set(direction, first, last, c, energies);
    first = last;
  }
}

}  // namespace

std::vector<int> symmetry_blocks(const Molecule& molecule, const BasisSet& basis,
                                 const MatrixXd& orbitals) {
  const OneElectronIntegrals integrals = one_electron_integrals(molecule, gaussian_basis(basis));
  std::vector<int> labels(static_cast<std::size_t>(orbitals.cols()));
  for (std::size_t p = 0; p < labels.size(); ++p) labels[p] = static_cast<int>(p);
  for (const MatrixXd* matrix :
       {&integrals.overlap, &integrals.kinetic, &integrals.nuclear_attraction}) {
    connect(orbitals.transpose() * *matrix * orbitals, labels);
  }
  const MatrixXd overlaps = integrals.overlap * orbitals;
  for (const VectorXd& weights : class_weights(molecule, basis)) {
    connect(weighted_projector(overlaps, weights), labels);
  }
  renumber(labels);
  return labels;
}

void align_degenerate_orbitals(const Molecule& molecule, const BasisSet& basis,
                               MolecularOrbitals& orbitals) {
  const OneElectronIntegrals integrals = one_electron_integrals(molecule, gaussian_basis(basis));
  const bool restricted = orbitals.up == orbitals.down;
  const Index up = molecule.up_electrons(), down = molecule.down_electrons();
  align_channel(direction_operator(molecule, basis, orbitals.up, integrals),
                restricted ? std::vector<Index>{down, up} : std::vector<Index>{up}, orbitals.up,
                orbitals.up_energies);
  if (restricted) {
    orbitals.down = orbitals.up;
    orbitals.down_energies = orbitals.up_energies;
    return;
  }
  align_channel(direction_operator(molecule, basis, orbitals.down, integrals), {down},
                orbitals.down, orbitals.down_energies);
}

}  // namespace markhor
