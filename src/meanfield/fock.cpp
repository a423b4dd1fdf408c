#include "meanfield/fock.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace markhor {

namespace {

using Eigen::MatrixXd;

// Rounding and neglected contributions add up over incremental builds; start afresh now and then.
constexpr int increments_between_full_builds = 12;

MatrixXd occupied_density(const MatrixXd& orbitals, int electrons) {
  const auto occupied = orbitals.leftCols(electrons);
  return occupied * occupied.transpose();
}

// Electrons of both spins in half: what multiplies S in the gradient of one channel.
MatrixXd channel_density(const ScfProblem& problem, const ScfState& state, std::size_t channel) {
  if (problem.unrestricted()) return state.spin.density[channel];
  return 0.5 * (state.spin.density[0] + state.spin.density[1]);
}

// Sizes of the groups of orbitals among which the energy does not distinguish.
std::vector<Eigen::Index> group_sizes(const ScfProblem& problem, std::size_t channel) {
  if (problem.unrestricted()) {
    const int occupied = problem.electrons(channel);
    return {occupied, problem.orbitals() - occupied};
  }
  return {problem.down, problem.up - problem.down, problem.orbitals() - problem.up};
}

}  // namespace

Eigen::MatrixXd canonical_orthogonalizer(const MatrixXd& overlap, double threshold) {
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(overlap);
  const Eigen::Index n = overlap.rows();
  Eigen::Index dropped = 0;
  while (dropped < n && solver.eigenvalues()[dropped] < threshold) ++dropped;
  const Eigen::Index kept = n - dropped;
  return solver.eigenvectors().rightCols(kept) *
         solver.eigenvalues().tail(kept).cwiseSqrt().cwiseInverse().asDiagonal();
}

void FockBuilder::add_coulomb_exchange(SpinDensities& spin) {
  const bool one_density = problem_.up == problem_.down && !problem_.unrestricted();
  const std::size_t count = one_density ? 1 : 2;
  const bool incremental = problem_.repulsion->gains_from_small_densities() &&
                           last_.density[0].size() != 0 &&
                           increments_ < increments_between_full_builds;
  std::vector<MatrixXd> densities;
  for (std::size_t s = 0; s < count; ++s) {
    densities.push_back(incremental ? MatrixXd(spin.density[s] - last_.density[s])
                                    : spin.density[s]);
  }
  const std::vector<CoulombExchange> built = problem_.repulsion->build(densities);
  for (std::size_t s = 0; s < 2; ++s) {
    const CoulombExchange& from = built[std::min(s, count - 1)];
    spin.coulomb[s] = from.coulomb;
    spin.exchange[s] = from.exchange;
    if (incremental) {
      spin.coulomb[s] += last_.coulomb[s];
      spin.exchange[s] += last_.exchange[s];
    }
  }
  increments_ = incremental ? increments_ + 1 : 0;
  if (problem_.repulsion->gains_from_small_densities()) last_ = spin;
}

ScfState FockBuilder::evaluate(std::vector<MatrixXd> orbitals) {
  ScfState state;
  state.orbitals = std::move(orbitals);
  for (std::size_t s = 0; s < 2; ++s) {
    const MatrixXd& c = state.orbitals[problem_.unrestricted() ? s : 0];
    state.spin.density[s] = occupied_density(c, problem_.electrons(s));
  }
  add_coulomb_exchange(state.spin);
  const MatrixXd coulomb = state.spin.coulomb[0] + state.spin.coulomb[1];
  state.energy = problem_.nuclear_repulsion;
  for (std::size_t s = 0; s < 2; ++s) {
    state.fock[s] = problem_.core + coulomb - state.spin.exchange[s];
    state.energy += 0.5 * state.spin.density[s].cwiseProduct(problem_.core + state.fock[s]).sum();
  }
  return state;
}

Eigen::MatrixXd effective_fock(const ScfProblem& problem, const ScfState& state,
                               std::size_t channel) {
  if (problem.unrestricted()) return state.fock[channel];
  if (problem.up == problem.down) return state.fock[0];
  const MatrixXd& s = problem.integrals.overlap;
  const Eigen::Index n = problem.functions();
  const MatrixXd closed = state.spin.density[1] * s;
  const MatrixXd open = (state.spin.density[0] - state.spin.density[1]) * s;
  const MatrixXd empty = MatrixXd::Identity(n, n) - state.spin.density[0] * s;
  const MatrixXd mean = 0.5 * (state.fock[0] + state.fock[1]);
  MatrixXd half = 0.5 * (closed.transpose() * mean * closed + open.transpose() * mean * open +
                         empty.transpose() * mean * empty);
  half += open.transpose() * state.fock[1] * closed + open.transpose() * state.fock[0] * empty +
          empty.transpose() * mean * closed;
  return half + half.transpose();
}

std::vector<MatrixXd> orbital_gradient(const ScfProblem& problem, const ScfState& state) {
  std::vector<MatrixXd> gradients;
  for (std::size_t c = 0; c < state.orbitals.size(); ++c) {
    const MatrixXd fds = effective_fock(problem, state, c) * channel_density(problem, state, c) *
                         problem.integrals.overlap;
    const MatrixXd& x = problem.orthogonalizer;
    gradients.push_back(x.transpose() * (fds - fds.transpose()) * x);
  }
  return gradients;
}

double largest_element(const std::vector<MatrixXd>& matrices) {
  double largest = 0.0;
  for (const MatrixXd& m : matrices) largest = std::max(largest, m.cwiseAbs().maxCoeff());
  return largest;
}

Eigen::MatrixXd diagonalize(const ScfProblem& problem, const MatrixXd& fock) {
  const MatrixXd& x = problem.orthogonalizer;
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{MatrixXd(x.transpose() * fock * x)};
  return x * solver.eigenvectors();
}

CanonicalOrbitals canonicalize(const ScfProblem& problem, const ScfState& state) {
  CanonicalOrbitals result;
  for (std::size_t c = 0; c < state.orbitals.size(); ++c) {
    const MatrixXd fock = effective_fock(problem, state, c);
    MatrixXd orbitals = state.orbitals[c];
    Eigen::VectorXd energies(orbitals.cols());
    Eigen::Index first = 0;
    for (const Eigen::Index size : group_sizes(problem, c)) {
      if (size == 0) continue;
      const MatrixXd group = state.orbitals[c].middleCols(first, size);
      const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
          MatrixXd(group.transpose() * fock * group)};
      orbitals.middleCols(first, size) = group * solver.eigenvectors();
      energies.segment(first, size) = solver.eigenvalues();
      first += size;
    }
    result.orbitals.push_back(std::move(orbitals));
    result.energies.push_back(std::move(energies));
  }
  return result;
}

}  // namespace markhor
