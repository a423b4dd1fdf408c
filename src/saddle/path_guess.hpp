// A path from reactant to product, from the two geometries alone: where to start a search between
// them.
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace markhor {

// `moving` turned and moved as a whole so that the sum of squared distances to `fixed` is smallest,
// no reflection (W. Kabsch, Acta Cryst. A 32, 922 (1976)). Both 3n.
Eigen::VectorXd aligned(const Eigen::VectorXd& moving, const Eigen::VectorXd& fixed);

// Images 0 ... images + 1, the first and last the ends, 3n each. Between them distances of atoms
// change as evenly as they can: each image has the least sum of (d - d_k)^2 / d_k^4 over pairs,
// where d_k is interpolated between the ends' distances (the idea: T. A. Halgren, W. N. Lipscomb,
// Chem. Phys. Lett. 49, 225 (1977); weights: S. Smidstrup, A. Pedersen, K. Stokbro, H. Jonsson, J.
// Chem. Phys. 140, 214106 (2014), whose images, unlike these, are also kept apart by springs). A
// weak pull to the straight line fixes what distances leave open.
//
// frozen: one a particle, or empty; frozen particles stay where the reactant has them. The ends are
// taken as they are: align them first.
std::vector<Eigen::VectorXd> interpolated_path(const Eigen::VectorXd& reactant,
                                               const Eigen::VectorXd& product,
                                               const std::vector<bool>& frozen, int images);

// Unit vector from the image before to the one behind, which must be there.
Eigen::VectorXd path_tangent(const std::vector<Eigen::VectorXd>& path, std::size_t image);

}  // namespace markhor
