#include "meanfield/gradient.hpp"

#include "core/errors.hpp"
#include "meanfield/cartesian.hpp"
#include "meanfield/one_electron_gradient.hpp"
#include "meanfield/repulsion_gradient.hpp"
#include "meanfield/slater_expansion.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;

Eigen::VectorXd nuclear_gradient(const Molecule& molecule) {
  const auto atoms = static_cast<Eigen::Index>(molecule.atoms.size());
  Eigen::VectorXd gradient = Eigen::VectorXd::Zero(3 * atoms);
  for (Eigen::Index i = 0; i < atoms; ++i) {
    for (Eigen::Index j = 0; j < i; ++j) {
      const Atom& a = molecule.atoms[static_cast<std::size_t>(i)];
      const Atom& b = molecule.atoms[static_cast<std::size_t>(j)];
      const Eigen::Vector3d r =
          Eigen::Vector3d::Map(a.position.data()) - Eigen::Vector3d::Map(b.position.data());
      const Eigen::Vector3d on_a =
          -a.atomic_number * b.atomic_number / (r.squaredNorm() * r.norm()) * r;
      gradient.segment<3>(3 * i) += on_a;
      gradient.segment<3>(3 * j) -= on_a;
    }
  }
  return gradient;
}

MatrixXd occupied_density(const MatrixXd& orbitals, int electrons) {
  return orbitals.leftCols(electrons) * orbitals.leftCols(electrons).transpose();
}

}  // namespace

Eigen::VectorXd scf_gradient(const Molecule& molecule, const BasisSet& basis,
                             const ScfResult& result, const GradientOptions& options) {
  if (!result.converged) throw CalculationError("no gradient without orbitals: " + result.status);
  const BasisSet gaussians = gaussian_basis(basis), functions = cartesian_basis(gaussians);
  const MatrixXd up = occupied_density(result.orbitals.up, molecule.up_electrons());
  const MatrixXd down = occupied_density(result.orbitals.down, molecule.down_electrons());
  const MatrixXd total = cartesian_density(gaussians, up + down);
  const MatrixXd weighted = cartesian_density(gaussians, result.energy_weighted_density);
  MatrixXd spin;
  // Up and down orbitals of a restricted calculation are the same numbers.
  if (up != down) spin = cartesian_density(gaussians, up - down);
  return nuclear_gradient(molecule) + one_electron_gradient(molecule, functions, total, weighted) +
         repulsion_gradient(molecule, functions, total, spin, options.threshold, options.threads);
}

}  // namespace markhor
