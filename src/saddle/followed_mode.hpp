// Which mode of a model's Hessian a search climbs.
#pragma once

#include <Eigen/Dense>

namespace markhor {

// The mode that overlaps most with the one climbed so far: at a guess with several negative modes
// the lowest changes from call to call. Unless the search insists on it, the lowest where that one
//
//   has clearly turned upwards, or
//   has turned upwards at all while another is negative: fragments that float beside each other
//   have many soft modes, and a search that kept the one it had went uphill on the fifth of them
//   for 50 calls and more.
//
// With the second rule alone and at exactly 0, two soft modes of an adatom on a hilltop changed
// places for ever.
//
// eigenvalues: ascending, Hartree/bohr^2; overlaps: with the mode so far, one an eigenvalue, of any
// sign; empty where there is none yet.
Eigen::Index followed_mode(const Eigen::VectorXd& eigenvalues, const Eigen::VectorXd& overlaps,
                           bool insists);

}  // namespace markhor
