// Down from a saddle point on both sides: the path of steepest descent in the masses' metric (K.
// Fukui, Acc. Chem. Res. 14, 363 (1981)), and the minimum that each ends in.
#pragma once

#include <string>
#include <vector>

#include "saddle/search.hpp"

namespace markhor {

struct DescentOptions {
  // Arc length between calls, bohr times the root of u; shorter where the path bends more than the
  // Hessian foresees.
  double step = 0.2;
  int max_calls = 300;  // of both sides together, the minimizations at their ends included
};

// All as computed: the energy is that of the surface at the positions.
struct DescentPoint {
  double length = 0.0;        // of the path from the saddle point, bohr u^1/2
  Eigen::VectorXd positions;  // 3n, bohr
  double energy = 0.0;        // Hartree
  double max_force = 0.0;     // largest on a particle that moves, Hartree/bohr
};

struct Descent {
  std::vector<DescentPoint> points;  // from the saddle, which is not one of them, downhill
  std::string path_status;           // what ended the path
  bool converged = false;            // the forces vanish at the end
  std::string status;                // of the minimization there
  Eigen::VectorXd end;               // 3n, bohr
  double end_energy = 0.0;           // Hartree
};

// Both sides, first the one along which the mode's leading component grows. One call a step:
// H. P. Hratchian, H. B. Schlegel, J. Chem. Phys. 120, 9918 (2004); J. Chem. Theory Comput. 1, 61
// (2005). The local quadratic approximation (M. Page, J. W. McIver, J. Chem. Phys. 88, 922 (1988))
// predicts the next point from the last point's gradient and a Hessian that Bofill's update keeps
// (J. Comput. Chem. 15, 1 (1994)); the surface is asked there; the step is then made again on a
// distance-weighted mean of both points' quadratic expansions, which corrects where the following
// one starts. The correction is not computed anew, so that points lie beside the path by it. Their
// extrapolated pieces are followed by many short quadratic steps, not by the papers' Bulirsch-Stoer
// integration, which stiff modes would hold up.
//
// saddle: with small forces, which are taken for zero; hessian: D x D, with at least one negative
// eigenvalue; masses: one a particle, u.
std::vector<Descent> descend(const SearchProblem& problem, const SearchPoint& saddle,
                             const Eigen::MatrixXd& hessian, const std::vector<double>& masses,
                             const DescentOptions& options);

}  // namespace markhor
