#include "meanfield/properties.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;

// <S^2> = S_z (S_z + 1) + N_down - sum_ij |<i up|j down>|^2 (A. Szabo, N. S. Ostlund, Modern
// Quantum Chemistry, equation 2.271); the sum is tr(D_up S D_down S).
double spin_squared(const ScfProblem& problem, const ScfState& state) {
  const double sz = 0.5 * (problem.up - problem.down);
  if (!problem.unrestricted()) return sz * (sz + 1.0);
  const MatrixXd& s = problem.integrals.overlap;
  const MatrixXd up = state.spin.density[0] * s, down = state.spin.density[1] * s;
  return sz * (sz + 1.0) + problem.down - up.cwiseProduct(down.transpose()).sum();
}

void fill_orbitals(const ScfProblem& problem, const ScfState& state, MolecularOrbitals& mo) {
  const CanonicalOrbitals canonical = canonicalize(problem, state);
  mo.up = canonical.orbitals.front();
  mo.up_energies = canonical.energies.front();
  mo.down = canonical.orbitals.back();
  mo.down_energies = canonical.energies.back();
}

}  // namespace

void fill_properties(const ScfProblem& problem, const Molecule& molecule, const ScfState& state,
                     ScfResult& result) {
  const MatrixXd density = state.spin.density[0] + state.spin.density[1];
  result.energy = state.energy;
  result.kinetic = density.cwiseProduct(problem.integrals.kinetic).sum();
  result.nuclear_attraction = density.cwiseProduct(problem.integrals.nuclear_attraction).sum();
  result.nuclear_repulsion = problem.nuclear_repulsion;
  result.electron_repulsion = 0.0;
  result.energy_weighted_density = MatrixXd::Zero(density.rows(), density.cols());
  for (std::size_t s = 0; s < 2; ++s) {
    result.electron_repulsion +=
        0.5 * state.spin.density[s].cwiseProduct(state.fock[s] - problem.core).sum();
    result.energy_weighted_density += state.spin.density[s] * state.fock[s] * state.spin.density[s];
  }
  result.spin_squared = spin_squared(problem, state);
  for (std::size_t k = 0; k < 3; ++k) {
    result.dipole[k] = -density.cwiseProduct(problem.integrals.position[k]).sum();
    for (const Atom& atom : molecule.atoms) {
      result.dipole[k] += atom.atomic_number * atom.position[k];
    }
  }
  fill_orbitals(problem, state, result.orbitals);
}

}  // namespace markhor
