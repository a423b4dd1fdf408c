// Spin-adapted configuration state functions.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "meanfield/ci_hamiltonian.hpp"
#include "molecule/determinants.hpp"

namespace markhor {

// The eigenfunctions of S^2 with S = Ms of that many electrons in as many open shells: patterns x
// functions, orthonormal. Pattern k is Strings(open, up)[k], bit i set if the electron of the i-th
// open shell is up; the weights belong to products of spin functions in the order of the shells.
// Genealogical coupling of G. E. Yamanouchi and M. Kotani, one function for each path of the
// branching diagram (R. Pauncz, Spin Eigenfunctions, Plenum 1979, chapter 2), with the coefficients
// of T. Helgaker, P. Jorgensen, J. Olsen, Molecular Electronic-Structure Theory, Wiley 2000,
// equations 2.6.5 and 2.6.6. 2 up >= open.
Eigen::MatrixXd genealogical_functions(int open, int up);

// Which active orbitals hold two electrons and which one.
struct Configuration {
  Occupation closed = 0, open = 0;
};

// All configurations of a space, each once.
std::vector<Configuration> configurations(const CiSpace& space);

// The determinants of a configuration in the order of the patterns, as indices of CI vectors, and
// the sign that turns the order of electrons by shells into "all ups, then all downs".
struct ConfigurationDeterminant {
  Occupation up = 0, down = 0;
  Eigen::Index index = 0;
  double sign = 0.0;
};
std::vector<ConfigurationDeterminant> determinants_of(const CiSpace& space,
                                                      const Configuration& configuration);

// The functions of genealogical_functions for every number of open shells of a space, made once.
class CsfTable {
 public:
  explicit CsfTable(const CiSpace& space);
  const Eigen::MatrixXd& functions(const Configuration& configuration) const;

 private:
  std::vector<Eigen::MatrixXd> by_open_shells_;
};

// Weyl's formula: the number of CSFs of given S of electrons in orbitals (H. Weyl; Pauncz,
// equation 1.8): (2S+1)/(n+1) C(n+1, N/2-S) C(n+1, N/2+S+1).
double csfs_in(int orbitals, int up, int down);

struct CsfExpansion {
  DeterminantExpansion expansion;
  double dropped_weight = 0.0;  // sum of the squared coefficients that are left out
};

// A CI vector in CSFs with |coefficient| >= threshold (and above 1e-10, which is rounding), by
// descending magnitude, not renormalized; the first coefficient is positive. The core orbitals come
// first in every determinant, the active ones are counted behind them.
CsfExpansion csf_expansion(const CiSpace& space, const Eigen::VectorXd& vector, int core_orbitals,
                           double threshold);

}  // namespace markhor
