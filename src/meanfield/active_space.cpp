#include "meanfield/active_space.hpp"

#include <algorithm>
#include <utility>

#include "meanfield/determinant_strings.hpp"
#include "meanfield/shell_integrals.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;

// Densities built at a time; each comes with two matrices.
constexpr Index batch = 64;

std::string plural(int count, const std::string& noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

Index pairs(Index orbitals) { return orbitals * (orbitals + 1) / 2; }

// Row p = pair (a, b), a >= b, of a packed symmetric matrix.
Eigen::VectorXd packed(const MatrixXd& matrix) {
  Eigen::VectorXd result(pairs(matrix.rows()));
  for (int a = 0; a < matrix.rows(); ++a) {
    for (int b = 0; b <= a; ++b) result[pair_index(a, b)] = matrix(a, b);
  }
  return result;
}

MatrixXd two_electron_integrals(const MatrixXd& active, Repulsion& repulsion) {
  std::vector<std::pair<Index, Index>> list;
  for (Index r = 0; r < active.cols(); ++r) {
    for (Index s = 0; s <= r; ++s) list.emplace_back(r, s);
  }
  const Index count = Index(list.size());
  MatrixXd result(count, count);
  for (Index start = 0; start < count; start += batch) {
    std::vector<MatrixXd> densities;
    for (Index k = start; k < std::min(start + batch, count); ++k) {
      const auto [r, s] = list[static_cast<std::size_t>(k)];
      const MatrixXd product = 0.5 * active.col(r) * active.col(s).transpose();
      densities.push_back(product + product.transpose());
    }
    const std::vector<CoulombExchange> built = repulsion.build(densities);
    for (std::size_t k = 0; k < built.size(); ++k) {
      result.col(start + Index(k)) = packed(active.transpose() * built[k].coulomb * active);
    }
  }
  return 0.5 * (result + result.transpose());
}

}  // namespace

double determinants_in(const ActiveSpace& space, const Molecule& molecule) {
  return binomial(space.orbitals, space.up_electrons(molecule)) *
         binomial(space.orbitals, space.down_electrons(molecule));
}

std::string active_space_problem(const ActiveSpace& space, const Molecule& molecule, int orbitals,
                                 double max_determinants) {
  const int electrons = molecule.electrons(), unpaired = molecule.multiplicity - 1;
  const std::string begin = "an active space of " + plural(space.electrons, "electron") + " in " +
                            plural(space.orbitals, "orbital") + " is not possible: ";
  const int least = std::max(unpaired, electrons % 2 == 0 ? 2 : 1);
  if (space.electrons < least || space.electrons > electrons ||
      (electrons - space.electrons) % 2 != 0) {
    return begin + "the core takes electrons in pairs, so that of " +
           plural(electrons, "electron") + " with multiplicity " +
           std::to_string(molecule.multiplicity) + " " + std::to_string(least) + ", " +
           std::to_string(least + 2) + ", ... up to " + std::to_string(electrons) +
           " can be active";
  }
  const int most = std::min(orbitals - space.core_orbitals(molecule), max_string_orbitals);
  const int fewest = space.up_electrons(molecule);
  if (space.orbitals < fewest || space.orbitals > most) {
    if (most < fewest) {
      return begin + "the electrons need " + plural(fewest, "orbital") + " and the basis leaves " +
             std::to_string(most);
    }
    return begin + "with multiplicity " + std::to_string(molecule.multiplicity) + ", " +
           plural(orbitals, "molecular orbital") + " and " +
           std::to_string(space.core_orbitals(molecule)) + " of them in the core, " +
           std::to_string(fewest) + " to " + std::to_string(most) + " orbitals can be active";
  }
  const double determinants = determinants_in(space, molecule);
  if (determinants > max_determinants) {
    return begin + "it holds about " + std::to_string(static_cast<long long>(determinants / 1e6)) +
           " million determinants, and at most " +
           std::to_string(static_cast<long long>(max_determinants)) + " are allowed";
  }
  return "";
}

double ActiveIntegrals::repulsion(int p, int q, int r, int s) const {
  return two_electron(pair_index(std::max(p, q), std::min(p, q)),
                      pair_index(std::max(r, s), std::min(r, s)));
}

ActiveIntegrals active_integrals(const Molecule& molecule, const BasisSet& basis,
                                 const MatrixXd& orbitals, const ActiveSpace& space,
                                 Repulsion& repulsion) {
  const Index core_count = space.core_orbitals(molecule);
  const MatrixXd core = orbitals.leftCols(core_count);
  const MatrixXd active = orbitals.middleCols(core_count, space.orbitals);
  const OneElectronIntegrals one = one_electron_integrals(molecule, basis);
  const MatrixXd bare = one.kinetic + one.nuclear_attraction;
  MatrixXd field = bare;
  ActiveIntegrals result;
  result.core_energy = molecule.nuclear_repulsion();
  if (core_count > 0) {
    const MatrixXd density = 2.0 * core * core.transpose();
    const CoulombExchange built = repulsion.build({density}).front();
    field += built.coulomb - 0.5 * built.exchange;
    result.core_energy += 0.5 * density.cwiseProduct(bare + field).sum();
  }
  result.one_electron = active.transpose() * field * active;
  result.two_electron = two_electron_integrals(active, repulsion);
  return result;
}

}  // namespace markhor
