#include "meanfield/ci.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <utility>

#include "core/errors.hpp"
#include "curvature/davidson.hpp"
#include "meanfield/ci_guess.hpp"
#include "meanfield/ci_hamiltonian.hpp"
#include "meanfield/ci_spin.hpp"
#include "meanfield/csf.hpp"
#include "meanfield/natural_orbitals.hpp"
#include "meanfield/slater_expansion.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// A small CI is wrong about the distances of states by the correlation that it lacks, Hartree.
constexpr double guess_window = 0.25;
// The first round ends at this residual, i.e. with energies good to about 1e-4 Hartree; states
// that are then closer than `undecided` Hartree go on together.
constexpr double first_residual = 1e-2;
constexpr double undecided = 1e-3;
constexpr double degenerate = 1e-5;  // Hartree, orbital energies
// Bytes that the vectors of the iterations may take.
constexpr double space_memory = 4e9;

struct Solution {
  VectorXd vector;
  double energy = 0.0, residual = 0.0;  // without the core
  bool converged = false;
  int iterations = 0;
  std::string status;
};

// Two rounds: all candidates roughly, then the lowest to the end.
class LowestState {
 public:
  LowestState(const CiSpace& space, const CiHamiltonian& hamiltonian, const CiOptions& options)
      : space_(space),
        hamiltonian_(hamiltonian),
        options_(options),
        spin_(space),
        divide_(diagonal_preconditioner(hamiltonian.averaged_diagonal())) {}

  Solution find() const {
    const CiGuess guess =
        ci_guess(space_, hamiltonian_, std::max(options_.candidates, 1), guess_window);
    MatrixXd start = guess.vectors;
    int spent = 0;
    if (start.cols() > 1) {
      const Eigenpairs rough = iterate(start, start.cols(), first_residual, 0);
      spent = rough.iterations;
      Index contenders = 1;
      while (contenders < rough.values.size() &&
             rough.values[contenders] < rough.values[0] + undecided) {
        ++contenders;
      }
      start = rough.vectors.leftCols(contenders);
    }
    const Eigenpairs found =
        iterate(start, start.cols(), 0.1 * std::sqrt(options_.convergence), spent);
    return {found.vectors.col(0), found.values[0],          found.residuals[0],
            found.converged,      spent + found.iterations, found.status};
  }

 private:
  Eigenpairs iterate(const MatrixXd& start, Index roots, double residual, int spent) const {
    DavidsonOptions options;
    options.roots = static_cast<int>(roots);
    options.tolerance = residual;
    options.max_iterations = std::max(options_.max_iterations - spent, 1);
    // Davidson keeps three matrices of so many vectors.
    const double affordable = space_memory / (3.0 * 8.0 * static_cast<double>(space_.size()));
    options.max_space = static_cast<int>(std::clamp(affordable, 8.0, 40.0));
    return lowest_eigenpairs([this](const MatrixXd& x) { return hamiltonian_.product(x); },
                             [this](const VectorXd& residual_vector, double value) {
                               VectorXd correction = divide_(residual_vector, value);
                               spin_.project(correction);
                               return correction;
                             },
                             start, options);
  }

  const CiSpace& space_;
  const CiHamiltonian& hamiltonian_;
  const CiOptions& options_;
  SpinOperator spin_;
  Preconditioner divide_;
};

// energies: of all orbitals; first, last: of the active ones.
bool parts_degenerate(const VectorXd& energies, Index first, Index last) {
  const auto equal = [&](Index above) {
    return above > 0 && above < energies.size() &&
           std::abs(energies[above] - energies[above - 1]) < degenerate;
  };
  return equal(first) || equal(last);
}

std::string describe(const Solution& solution, const CiResult& result, int multiplicity) {
  std::ostringstream text;
  const double spin = 0.5 * (multiplicity - 1);
  if (solution.converged) {
    text << "converged in " << solution.iterations << " iterations";
  } else {
    text << "not converged after " << solution.iterations << " iterations: " << solution.status;
  }
  text.precision(1);
  text << std::scientific << ", residual " << solution.residual;
  const double impurity = std::abs(result.spin_squared - spin * (spin + 1.0));
  text << (impurity < 1e-8 ? ", a pure spin state" : ", not a pure spin state") << " (<S^2> off by "
       << impurity << ")";
  return text.str();
}

void check_input(const Molecule& molecule, const MolecularOrbitals& orbitals,
                 const CiOptions& options) {
  if (orbitals.up != orbitals.down) {
    throw CalculationError(
        "configuration interaction needs the orbitals of RHF or ROHF, which are the same for both "
        "spins");
  }
  const std::string problem = active_space_problem(
      options.space, molecule, static_cast<int>(orbitals.up.cols()), options.max_determinants);
  if (!problem.empty()) throw InputError(Place{}, problem);
}

// Everything that is said about the state in natural orbitals.
void describe_state(const CiSpace& space, const Solution& solution, const MatrixXd& orbitals,
                    double threshold, CiResult& result) {
  const Index core = result.core_orbitals, active = space.orbitals();
  const NaturalOrbitals natural = natural_orbitals(one_particle_density(space, solution.vector));
  const VectorXd vector = rotated_vector(space, solution.vector, natural.rotation);
  result.natural_occupations = natural.occupations;
  result.orbitals = orbitals;
  result.orbitals.middleCols(core, active) = orbitals.middleCols(core, active) * natural.rotation;
  result.spin_squared = SpinOperator(space).spin_squared(vector);
  CsfExpansion csfs = csf_expansion(space, vector, result.core_orbitals, threshold);
  result.expansion = std::move(csfs.expansion);
  result.truncated_weight = csfs.dropped_weight;
}

}  // namespace

CiResult run_ci(const Molecule& molecule, const BasisSet& basis, const MolecularOrbitals& orbitals,
                const CiOptions& options) {
  check_input(molecule, orbitals, options);
  const ActiveSpace& active = options.space;
  const int up = active.up_electrons(molecule), down = active.down_electrons(molecule);
  const BasisSet gaussians = gaussian_basis(basis);
  const auto repulsion = make_repulsion(molecule, gaussians, options.memory_limit, options.threads);
  const ActiveIntegrals integrals =
      active_integrals(molecule, gaussians, orbitals.up, active, *repulsion);
  const CiSpace space(active.orbitals, up, down);
  const CiHamiltonian hamiltonian(space, integrals);
  const Solution solution = LowestState(space, hamiltonian, options).find();

  CiResult result;
  result.converged = solution.converged;
  result.energy = integrals.core_energy + solution.energy;
  result.reference_energy =
      integrals.core_energy + hamiltonian.averaged_diagonal(below(down), below(up) & ~below(down));
  result.residual = solution.residual;
  result.iterations = solution.iterations;
  result.core_orbitals = active.core_orbitals(molecule);
  result.parts_degenerate_orbitals = parts_degenerate(orbitals.up_energies, result.core_orbitals,
                                                      result.core_orbitals + active.orbitals);
  result.determinants_in_space = static_cast<int>(space.size());
  result.csfs_in_space = static_cast<int>(csfs_in(active.orbitals, up, down) + 0.5);
  describe_state(space, solution, orbitals.up, options.threshold, result);
  result.status = describe(solution, result, molecule.multiplicity);
  return result;
}

}  // namespace markhor
