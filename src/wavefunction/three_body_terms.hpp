// The polynomial of the electron-electron-nucleus Jastrow term of one element,
//
//     g(u, x_i, x_j) = sum_t c_t u^k (x_i^l + x_j^l) (x_i x_j)^m,   n = k + l + 2 m = 2 ... order,
//
// k < n, and l <= n - 2 where k = 0, in the scaled distances u = 1/(1 + kappa r_ij) and
// x = 1/(1 + kappa r_iA), which are 1 at coincidence and 0 far away (x^0 counts as x_i^0 + x_j^0
// = 2). Without conditions g would spoil the electron-electron and electron-nucleus cusps: its
// slopes in u at u = 1 (x_i = x_j) and in x_i at x_i = 1 (u = x_j) must vanish for every x, which
// is one linear equation on the c for each power of x.
//
// REFERENCES (Filippi1996) C. Filippi, C. J. Umrigar, J. Chem. Phys. 105, 213 (1996);
// (Guclu2005) A. D. Guclu, G. S. Jeon, C. J. Umrigar, J. K. Jain, Phys. Rev. B 72, 205327 (2005).
#pragma once

#include <Eigen/Dense>
#include <vector>

namespace markhor {

struct ThreeBodyTerm {
  int k = 0, l = 0, m = 0;
};

// Terms by ascending n, descending k, descending l. Orders 2 ... 7 have 2, 6, 13, 23, 37, 55.
std::vector<ThreeBodyTerm> three_body_terms(int order);

// terms x independent parameters: coefficients = matrix * parameters satisfy both cusp conditions.
// A parameter is the coefficient of one term (unit matrix on the independent terms). Orders 2 ... 7
// leave 0, 2, 7, 15, 27, 43.
Eigen::MatrixXd three_body_cusp_basis(int order);

}  // namespace markhor
