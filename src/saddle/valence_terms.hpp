// The pieces of a valence force field at one geometry: stretches, angles, dihedrals, and couplings
// of two stretches that share an atom, each resolved by how long the bonds are that it is made of.
// A Hessian that is linear in them (reaction_hessian.hpp) can be fitted to true ones.
#pragma once

#include <Eigen/Dense>
#include <cstddef>
#include <vector>

namespace markhor {

// The table of terms in order: stretches (H-H, H-X, X-X; 10 lengths), angles (centre H, X; ends
// H-H, H-X, X-X; 10 pairs of lengths), couplings (as angles), dihedrals (middle bond H-H, H-X, X-X;
// 2 ranges). X is every element but hydrogen; lengths count in sums of covalent radii.
inline constexpr std::size_t valence_term_count = 3 * 10 + 2 * 3 * 10 + 2 * 3 * 10 + 3 * 2;

struct WeightedTerm {
  std::size_t number = 0;
  double weight = 0.0;
};

// Every term k of `terms` has the Hessian weight_k (b c^T + c b^T) / 2. b and c are derivatives of
// internal coordinates with respect to the positions of `atoms`, three components each; dimensions
// 1 for stretches, 1/bohr for angles.
struct ValencePiece {
  std::vector<Eigen::Index> atoms;
  Eigen::VectorXd b, c;
  std::vector<WeightedTerm> terms;
};

// positions: 3n, bohr.
std::vector<ValencePiece> valence_pieces(const std::vector<int>& atomic_numbers,
                                         const Eigen::VectorXd& positions);

// The 3n x 3n Hessian with one coefficient (Hartree/bohr^2, or Hartree for angles) a term.
Eigen::MatrixXd valence_hessian(const std::vector<ValencePiece>& pieces,
                                const std::vector<double>& coefficients, Eigen::Index size);

}  // namespace markhor
