// The parameters of the determinants: configuration coefficients, orbital rotations and basis
// exponents; their names, values and steps. What the determinant factors differentiate, in the
// order ci, orbitals, exponents.
//
// Rotations: orbitals C exp(X), X antisymmetric with X_qp = kappa_pq for each non-redundant pair
// p < q: orbital p gains kappa times q and q loses kappa times p. A pair is redundant if its
// orbitals are occupied alike in every determinant, or both partially occupied while configuration
// coefficients are optimized too (exactly redundant for a complete active space, nearly so for a
// truncated one), or of different symmetry (the derivative is then zero on average).
// Restricted orbitals rotate together for both spins.
//
// Configurations: all coefficients but the first (the norm is free). Those of equal size in the
// starting expansion are partners of a degenerate set (to 1e-7; CI coefficients agree so closely
// for no other reason) and share one parameter.
//
// Exponents: one parameter for each shell of each class of symmetry-equivalent nuclei, the
// logarithm of a common factor of the shell's exponents; the functions stay normalized and the
// orbitals' coefficients follow them (shell_fit.hpp). One step changes it by 0.3 at most.
//
// REFERENCES (Toulouse2008) J. Toulouse, C. J. Umrigar, J. Chem. Phys. 128, 174101 (2008), II.B-D.
#pragma once

#include <Eigen/Dense>
#include <optional>
#include <string>
#include <vector>

#include "wavefunction/factory.hpp"
#include "wavefunction/parameters.hpp"

namespace markhor {

struct OrbitalRotation {
  bool up = true, down = true;  // spins whose orbitals it rotates
  int p = 0, q = 0;
};

std::vector<OrbitalRotation> orbital_rotations(const TrialWaveFunction& trial,
                                               const ParameterSelection& selection);

// Configurations that share a parameter, with the sign of each one's share.
struct TiedCsfs {
  std::vector<int> csfs;
  std::vector<double> signs;
};
std::vector<TiedCsfs> tied_configurations(const DeterminantExpansion& expansion);

// The shells that an exponent parameter scales (indices into BasisSet::shells).
struct TiedShells {
  std::string name;
  std::vector<std::size_t> shells;
};
std::vector<TiedShells> tied_shells(const TrialWaveFunction& trial);

std::vector<Parameter> determinant_parameters(const TrialWaveFunction& trial,
                                              const ParameterSelection& selection);
std::optional<std::string> change_determinants(TrialWaveFunction& trial,
                                               const ParameterSelection& selection,
                                               const Eigen::VectorXd& step);

}  // namespace markhor
