// A Hessian of a molecule in the middle of a reaction from its geometry alone: a valence force
// field whose stretches, angles and couplings may have any sign, since half-broken bonds have
// negative curvatures and coupled ones; the model of R. Lindh (model_hessian.hpp) has neither.
//
// The coefficients of the 156 terms of valence_terms.hpp are a least-squares fit to GFN2-xTB
// Hessians (C. Bannwarth, S. Ehlert, S. Grimme, J. Chem. Theory Comput. 15, 1652 (2019)) at 148
// guesses of transition states of molecules of 7 to 25 atoms of H, C and O (E. D. Hermes,
// K. Sargsyan, H. N. Najm, J. Zador, J. Chem. Theory Comput. 18, 6974 (2022)), every second of 296.
// tests/benchmarks/fit_reaction_hessian.cpp makes such a fit. On the other 148 the lowest mode
// overlaps with the true one by 0.76 on average (0.78 on those fitted), by more than 0.7 in 77 of
// 100.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "saddle/free_coordinates.hpp"

namespace markhor {

// Hydrogen to neon, and not hydrogen alone: bonds of heavier elements were not fitted, and bonds
// between hydrogens hardly occur in what was.
bool reaction_hessian_knows(const std::vector<int>& atomic_numbers);

// Hartree/bohr^2 of what moves, D x D; positions: 3n, bohr.
Eigen::MatrixXd reaction_hessian(const FreeCoordinates& space, const Eigen::VectorXd& positions);

}  // namespace markhor
