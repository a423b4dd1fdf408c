// Integrals over contracted Gaussian shells. The only door to libint2 (E. F. Valeev,
// http://libint.valeyev.net, version 2.7), whose headers take half a minute to compile.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <memory>
#include <vector>

#include "molecule/basis_set.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

// Symmetric matrices, functions x functions, Hartree and e bohr.
struct OneElectronIntegrals {
  Eigen::MatrixXd overlap;
  Eigen::MatrixXd kinetic;                  // -1/2 del^2
  Eigen::MatrixXd nuclear_attraction;       // - sum_A Z_A / |r - R_A|
  std::array<Eigen::MatrixXd, 3> position;  // x, y, z about the origin
};

OneElectronIntegrals one_electron_integrals(const Molecule& molecule, const BasisSet& basis);

// Electron repulsion integrals (ij|kl) = int int i(1) j(1) 1/r12 k(2) l(2), a shell quartet at a
// time. Three or more shells of the basis in a row that share atom, l and exponents (expansions of
// Slater functions, general contractions) count as one shell here: their integrals over primitives
// are computed once.
class ShellQuartets {
 public:
  // Integrals are computed to an absolute precision of about `precision` Hartree.
  ShellQuartets(const Molecule& molecule, const BasisSet& basis, double precision);
  ~ShellQuartets();
  ShellQuartets(ShellQuartets&&) noexcept;
  // Shares the tables and has scratch of its own, so that a copy can work in another thread.
  ShellQuartets(const ShellQuartets&);
  ShellQuartets& operator=(ShellQuartets&&) noexcept;

  int functions() const { return functions_; }
  int shells() const { return static_cast<int>(first_.size()); }
  int first_function(int shell) const { return first_[static_cast<std::size_t>(shell)]; }
  int size(int shell) const { return size_[static_cast<std::size_t>(shell)]; }

  // Schwarz bound: |(ab|cd)| <= bound(a, b) bound(c, d) for all functions of the shells
  // (M. Haeser, R. Ahlrichs, J. Comput. Chem. 10, 104 (1989)).
  double bound(int a, int b) const { return bounds_(a, b); }
  const Eigen::MatrixXd& bounds() const { return bounds_; }

  // The block [i][j][k][l] of the quartet (a b|c d), a >= b and c >= d, l fastest; valid until the
  // next call. Null if every integral is negligible.
  const double* compute(int a, int b, int c, int d);

 private:
  struct Tables;
  struct Engine;
  void compute_bounds();

  int functions_ = 0;
  std::vector<int> first_, size_;
  Eigen::MatrixXd bounds_;
  std::shared_ptr<const Tables> tables_;  // shared by copies; never changes
  std::unique_ptr<Engine> engine_;
};

// First derivatives of the electron repulsion integrals with respect to the centres of their
// functions, by pairs of shells, which come in the order that libint2 takes without permuting its
// results.
class ShellQuartetDerivatives {
 public:
  struct Pair {
    int a = 0, b = 0;    // shells of the basis, l_a >= l_b
    int l = 0;           // l_a + l_b
    double bound = 0.0;  // Schwarz bound of the integrals themselves, cf. ShellQuartets::bound
  };
  // With respect to x, y, z of the centre of a, of b, of c; that of d has what makes the sum over
  // the four vanish. Blocks [i][j][k][l], l fastest.
  using Blocks = std::array<const double*, 9>;

  // Precision as in ShellQuartets. CalculationError: the installed libint2 has no derivatives for
  // functions of so high an l.
  ShellQuartetDerivatives(const Molecule& molecule, const BasisSet& basis, double precision);
  ~ShellQuartetDerivatives();
  // Shares the tables and has scratch of its own, so that a copy can work in another thread.
  ShellQuartetDerivatives(const ShellQuartetDerivatives&);

  // All that are not negligible by themselves, in order of l, then of falling bound.
  const std::vector<Pair>& pairs() const;
  // (ab|cd) of two pairs by their numbers, bra <= ket; valid until the next call. Null if every
  // derivative is negligible.
  const Blocks* compute(std::size_t bra, std::size_t ket);

 private:
  struct Tables;
  struct Engine;

  std::shared_ptr<const Tables> tables_;  // shared by copies; never changes
  std::unique_ptr<Engine> engine_;
};

}  // namespace markhor
