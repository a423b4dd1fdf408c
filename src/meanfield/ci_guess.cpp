#include "meanfield/ci_guess.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "meanfield/csf.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// A configuration is taken while there are fewer determinants than this, then those that are as low
// as the last one, lest a degenerate set be cut.
constexpr std::size_t guess_determinants = 800;
constexpr double degenerate = 1e-6;  // Hartree

struct Member {
  double energy = 0.0;
  Configuration configuration;
};

std::vector<Member> by_energy(const CiSpace& space, const CiHamiltonian& hamiltonian) {
  std::vector<Member> members;
  for (const Configuration& c : configurations(space)) {
    members.push_back({hamiltonian.averaged_diagonal(c.closed, c.open), c});
  }
  std::stable_sort(members.begin(), members.end(),
                   [](const Member& a, const Member& b) { return a.energy < b.energy; });
  return members;
}

// Determinants of the chosen configurations and the CSFs over them.
struct GuessSpace {
  std::vector<ConfigurationDeterminant> determinants;
  MatrixXd csfs;  // determinants x functions
};

GuessSpace choose(const CiSpace& space, const CiHamiltonian& hamiltonian) {
  const CsfTable table(space);
  GuessSpace chosen;
  std::vector<const MatrixXd*> blocks;
  Index functions = 0;
  double last = 0.0;
  for (const Member& member : by_energy(space, hamiltonian)) {
    if (chosen.determinants.size() >= guess_determinants && member.energy > last + degenerate) {
      break;
    }
    last = member.energy;
    const MatrixXd& block = table.functions(member.configuration);
    if (block.cols() == 0) continue;
    for (const ConfigurationDeterminant& d : determinants_of(space, member.configuration)) {
      chosen.determinants.push_back(d);
    }
    blocks.push_back(&block);
    functions += block.cols();
  }
  chosen.csfs = MatrixXd::Zero(Index(chosen.determinants.size()), functions);
  Index row = 0, column = 0;
  for (const MatrixXd* block : blocks) {
    for (Index k = 0; k < block->rows(); ++k) {
      chosen.csfs.row(row + k).segment(column, block->cols()) =
          chosen.determinants[static_cast<std::size_t>(row + k)].sign * block->row(k);
    }
    row += block->rows();
    column += block->cols();
  }
  return chosen;
}

MatrixXd csf_hamiltonian(const CiHamiltonian& hamiltonian, const GuessSpace& chosen) {
  const Index n = Index(chosen.determinants.size());
  MatrixXd h(n, n);
  for (Index i = 0; i < n; ++i) {
    const ConfigurationDeterminant& a = chosen.determinants[static_cast<std::size_t>(i)];
    for (Index j = 0; j <= i; ++j) {
      const ConfigurationDeterminant& b = chosen.determinants[static_cast<std::size_t>(j)];
      h(i, j) = h(j, i) = hamiltonian.element(a.up, a.down, b.up, b.down);
    }
  }
  return chosen.csfs.transpose() * h * chosen.csfs;
}

}  // namespace

CiGuess ci_guess(const CiSpace& space, const CiHamiltonian& hamiltonian, int max_states,
                 double window) {
  const GuessSpace chosen = choose(space, hamiltonian);
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver(csf_hamiltonian(hamiltonian, chosen));
  const VectorXd& all = solver.eigenvalues();
  Index states = 1;
  while (states < std::min<Index>(max_states, all.size()) && all[states] < all[0] + window) {
    ++states;
  }
  CiGuess guess{all.head(states), MatrixXd::Zero(space.size(), states)};
  const MatrixXd vectors = chosen.csfs * solver.eigenvectors().leftCols(states);
  for (Index k = 0; k < vectors.rows(); ++k) {
    guess.vectors.row(chosen.determinants[static_cast<std::size_t>(k)].index) = vectors.row(k);
  }
  return guess;
}

}  // namespace markhor
