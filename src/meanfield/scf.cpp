// The course of a calculation: guess, DIIS, Newton where DIIS stalls, test of stability.
//
// Convergence: the energy changes by less than options.convergence and every element of the
// orbital gradient F D S - S D F is below ten times that. The energy's error goes with the
// gradient's square, the dipole's with the gradient: the defaults give energies to 1e-12 or better
// and dipoles to about 1e-8.
#include "meanfield/scf.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "core/errors.hpp"
#include "meanfield/atomic_density.hpp"
#include "meanfield/diis.hpp"
#include "meanfield/fock.hpp"
#include "meanfield/newton.hpp"
#include "meanfield/orbital_rotation.hpp"
#include "meanfield/properties.hpp"
#include "meanfield/slater_expansion.hpp"
#include "meanfield/stability.hpp"

namespace markhor {

namespace {

using Eigen::MatrixXd;

constexpr std::size_t diis_history = 10;
// DIIS has stalled if this many iterations in a row did not halve the best gradient.
constexpr int stalled_after = 10;
// Eigenvalues of the Hessian below this are instabilities, Hartree; rotations of a solution that
// breaks a symmetry have eigenvalue zero.
constexpr double instability = -1e-5;
constexpr int max_instabilities = 8;
// Smallest eigenvalue of the overlap of given orbitals that are still taken for independent.
constexpr double independent = 1e-4;

ScfProblem make_problem(const Molecule& molecule, const BasisSet& basis,
                        const ScfOptions& options) {
  ScfProblem problem;
  problem.method = options.method;
  problem.up = molecule.up_electrons();
  problem.down = molecule.down_electrons();
  if (problem.method == ScfMethod::rhf && problem.up != problem.down) {
    throw CalculationError("RHF needs as many up as down electrons, the molecule has " +
                           std::to_string(problem.up) + " and " + std::to_string(problem.down) +
                           "; use uhf or rohf");
  }
  problem.nuclear_repulsion = molecule.nuclear_repulsion();
  problem.integrals = one_electron_integrals(molecule, basis);
  problem.core = problem.integrals.kinetic + problem.integrals.nuclear_attraction;
  problem.orthogonalizer =
      canonical_orthogonalizer(problem.integrals.overlap, options.dependence_threshold);
  if (problem.orbitals() < problem.up) {
    throw CalculationError("the basis set has " + std::to_string(problem.orbitals()) +
                           " independent functions, too few for " + std::to_string(problem.up) +
                           " electrons of one spin");
  }
  problem.repulsion = make_repulsion(molecule, basis, options.memory_limit, options.threads);
  return problem;
}

// C (C^T S C)^-1/2, or no elements where that cannot be done.
MatrixXd orthonormalized(const MatrixXd& overlap, const MatrixXd& orbitals) {
  if (orbitals.cols() == 0) return orbitals;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
      MatrixXd(orbitals.transpose() * overlap * orbitals)};
  if (!(solver.eigenvalues()[0] > independent)) return {};
  return orbitals * solver.operatorInverseSqrt();
}

// The occupied orbitals among themselves first: with the virtual ones they would share what these
// have to give way. No elements where the orbitals do not fit.
MatrixXd fitted_start(const ScfProblem& problem, const MatrixXd& start, int occupied) {
  if (start.rows() != problem.functions() || start.cols() != problem.orbitals()) return {};
  if (!start.allFinite()) return {};
  const MatrixXd& overlap = problem.integrals.overlap;
  MatrixXd orbitals = start;
  const Eigen::Index virtuals = start.cols() - occupied;
  const MatrixXd below = orthonormalized(overlap, start.leftCols(occupied));
  if (below.cols() != occupied) return {};
  const MatrixXd outside =
      start.rightCols(virtuals) - below * (below.transpose() * overlap * start.rightCols(virtuals));
  const MatrixXd above = orthonormalized(overlap, outside);
  if (above.cols() != virtuals) return {};
  orbitals << below, above;
  return orbitals;
}

// One calculation from start to end; the members are what its stages share.
class Calculation {
 public:
  // start: null, or orbitals to start from if they fit.
  Calculation(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options,
              const MolecularOrbitals* start)
      : molecule_(molecule),
        options_(options),
        problem_(make_problem(molecule, basis, options)),
        builder_(problem_) {
    result_.stored_integrals = !problem_.repulsion->gains_from_small_densities();
    result_.dropped_functions = basis.size() - static_cast<int>(problem_.orbitals());
    if (start == nullptr || !take(*start)) guess(basis);
  }

  ScfResult run() {
    iterate_diis();
    if (!result_.converged) iterate_newton();
    if (result_.converged && options_.follow_instability) make_stable();
    fill_properties(problem_, molecule_, state_, result_);
    result_.status = status();
    return std::move(result_);
  }

 private:
  int iterations_left() const {
    return options_.max_iterations - static_cast<int>(result_.iterations.size());
  }
  double gradient_limit() const { return 10.0 * options_.convergence; }

  void guess(const BasisSet& basis) {
    const MatrixXd density = superposed_atomic_densities(molecule_, basis);
    const CoulombExchange built = problem_.repulsion->build({density})[0];
    const MatrixXd fock = problem_.core + built.coulomb - 0.5 * built.exchange;
    const MatrixXd orbitals = diagonalize(problem_, fock);
    state_ = builder_.evaluate(std::vector<MatrixXd>(problem_.unrestricted() ? 2 : 1, orbitals));
  }

  bool take(const MolecularOrbitals& start) {
    std::vector<MatrixXd> orbitals{fitted_start(problem_, start.up, problem_.up)};
    if (problem_.unrestricted()) {
      orbitals.push_back(fitted_start(problem_, start.down, problem_.down));
    }
    for (const MatrixXd& channel : orbitals) {
      if (channel.size() == 0) return false;
    }
    state_ = builder_.evaluate(std::move(orbitals));
    return true;
  }

  void iterate_diis();
  void iterate_newton();
  void make_stable();
  ScfState displaced(const OrbitalRotations& rotations, const Eigen::VectorXd& mode);
  std::string status() const;

  const Molecule& molecule_;
  const ScfOptions& options_;
  const ScfProblem problem_;
  FockBuilder builder_;
  ScfState state_;
  ScfResult result_;
};

// Leaves the state of lowest energy behind if it does not converge.
void Calculation::iterate_diis() {
  Diis diis(diis_history);
  ScfState best = state_;
  double halved_from = INFINITY;
  int since_halved = 0;
  for (int i = 0; iterations_left() > 0 && since_halved < stalled_after; ++i) {
    const std::vector<MatrixXd> errors = orbital_gradient(problem_, state_);
    const double gradient = largest_element(errors);
    const double change = i == 0 ? state_.energy : state_.energy - result_.iterations.back().energy;
    result_.iterations.push_back({state_.energy, change, gradient, "diis"});
    if (std::abs(change) < options_.convergence && gradient < gradient_limit()) {
      result_.converged = true;
      return;
    }
    if (state_.energy < best.energy) best = state_;
    since_halved = gradient < 0.5 * halved_from ? 0 : since_halved + 1;
    if (since_halved == 0) halved_from = gradient;

    std::vector<MatrixXd> focks;
    for (std::size_t c = 0; c < state_.orbitals.size(); ++c) {
      focks.push_back(effective_fock(problem_, state_, c));
    }
    std::vector<MatrixXd> orbitals;
    for (const MatrixXd& fock : diis.extrapolate(focks, errors)) {
      orbitals.push_back(diagonalize(problem_, fock));
    }
    state_ = builder_.evaluate(std::move(orbitals));
  }
  state_ = std::move(best);
}

void Calculation::iterate_newton() {
  NewtonOptions options;
  options.energy_convergence = options_.convergence;
  // Newton's next step costs little and wins much; symmetry-broken solutions, which end here, have
  // soft modes in which a gradient of 1e-8 leaves an error of 1e-6 in the dipole.
  options.gradient_convergence = options_.convergence;
  options.max_iterations = iterations_left();
  NewtonResult newton = minimize_energy(problem_, builder_, std::move(state_), options);
  state_ = std::move(newton.state);
  result_.converged = newton.converged;
  result_.iterations.insert(result_.iterations.end(), newton.iterations.begin(),
                            newton.iterations.end());
}

// The lowest of some points on the line along the mode, both ways.
ScfState Calculation::displaced(const OrbitalRotations& rotations, const Eigen::VectorXd& mode) {
  ScfState best = state_;
  for (const double length : {0.1, -0.1, 0.3, -0.3, 0.6, -0.6}) {
    ScfState candidate = builder_.evaluate(rotations.rotate(length * mode));
    if (candidate.energy < best.energy) best = std::move(candidate);
  }
  return best;
}

// Newton never climbs back to the saddle point that was left; DIIS might.
void Calculation::make_stable() {
  while (true) {
    state_.orbitals = canonicalize(problem_, state_).orbitals;
    const OrbitalRotations rotations(problem_, state_);
    const StabilityResult stability = lowest_mode(rotations, {});
    result_.stability_checked = stability.converged;
    result_.lowest_hessian_eigenvalue = stability.lowest_eigenvalue;
    result_.stable = stability.converged && stability.lowest_eigenvalue > instability;
    if (result_.stable || !stability.converged ||
        result_.instabilities_followed == max_instabilities) {
      return;
    }
    ScfState next = displaced(rotations, stability.mode);
    if (next.energy >= state_.energy) return;
    state_ = std::move(next);
    ++result_.instabilities_followed;
    iterate_newton();
    if (!result_.converged) return;
  }
}

std::string Calculation::status() const {
  const int count = static_cast<int>(result_.iterations.size());
  const ScfIteration& last = result_.iterations.back();
  char numbers[96];
  std::snprintf(numbers, sizeof numbers, "energy change %.1e, largest gradient %.1e Hartree",
                last.energy_change, last.gradient);
  if (!result_.converged) {
    return std::string("not converged ") +
           (iterations_left() > 0 ? "(no step lowers the energy further) " : "") + "after " +
           std::to_string(count) + " iterations: " + numbers;
  }
  std::string text = "converged in " + std::to_string(count) + " iterations: " + numbers;
  if (!result_.stability_checked) return text + "; stability not tested";
  if (result_.instabilities_followed > 0) {
    text += "; left " + std::to_string(result_.instabilities_followed) +
            (result_.instabilities_followed == 1 ? " saddle point" : " saddle points");
  }
  return text + (result_.stable ? "; stable" : "; not stable");
}

void note_expansions(const BasisSet& basis, const BasisSet& gaussians, ScfResult& result) {
  for (std::size_t s = 0; s < basis.shells.size(); ++s) {
    if (!basis.shells[s].is_slater()) continue;
    const int count = static_cast<int>(gaussians.shells[s].exponents.size());
    result.most_gaussians = std::max(result.most_gaussians, count);
    result.fewest_gaussians =
        result.fewest_gaussians == 0 ? count : std::min(result.fewest_gaussians, count);
  }
}

ScfResult run_from(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options,
                   const MolecularOrbitals* start) {
  const BasisSet gaussians = gaussian_basis(basis);
  ScfResult result = Calculation(molecule, gaussians, options, start).run();
  note_expansions(basis, gaussians, result);
  return result;
}

}  // namespace

ScfResult run_scf(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options) {
  return run_from(molecule, basis, options, nullptr);
}

ScfResult run_scf(const Molecule& molecule, const BasisSet& basis, const ScfOptions& options,
                  const MolecularOrbitals& start) {
  return run_from(molecule, basis, options, &start);
}

}  // namespace markhor
