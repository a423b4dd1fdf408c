// The Hartree-Fock energy, Fock matrices and orbital gradient of given orbitals.
//
// RHF and ROHF have one set of orbitals for both spins, UHF one for each. What the solvers see is
// therefore a list of `channels`: one (RHF, ROHF) or two (UHF: up, down) orbital matrices.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <memory>
#include <vector>

#include "meanfield/repulsion.hpp"
#include "meanfield/scf.hpp"
#include "meanfield/shell_integrals.hpp"

namespace markhor {

// Everything about a calculation that does not change while the orbitals do.
struct ScfProblem {
  ScfMethod method = ScfMethod::rhf;
  int up = 0, down = 0;  // electrons; up >= down
  double nuclear_repulsion = 0.0;
  OneElectronIntegrals integrals;
  Eigen::MatrixXd core;            // kinetic + nuclear attraction
  Eigen::MatrixXd orthogonalizer;  // X, functions x orbitals, X^T S X = 1
  std::unique_ptr<Repulsion> repulsion;

  bool unrestricted() const { return method == ScfMethod::uhf; }
  Eigen::Index functions() const { return core.rows(); }
  Eigen::Index orbitals() const { return orthogonalizer.cols(); }
  int electrons(std::size_t spin) const { return spin == 0 ? up : down; }
};

// Canonical orthogonalization (P.-O. Lowdin, Adv. Quantum Chem. 5, 185 (1970)): combinations of
// basis functions whose overlap eigenvalue is below `threshold` are left out.
Eigen::MatrixXd canonical_orthogonalizer(const Eigen::MatrixXd& overlap, double threshold);

// Densities D, Coulomb J and exchange K of the two spins (index 0 up, 1 down); equal for RHF.
struct SpinDensities {
  std::array<Eigen::MatrixXd, 2> density, coulomb, exchange;
};

// A point in the space of determinants and what the energy looks like there.
struct ScfState {
  std::vector<Eigen::MatrixXd> orbitals;  // one a channel, functions x orbitals, occupied first
  SpinDensities spin;
  std::array<Eigen::MatrixXd, 2> fock;  // core + J - K of each spin
  double energy = 0.0;                  // total, Hartree
};

// Evaluates states; keeps the last densities so that integrals which are recomputed need to be
// digested with the (small) change of the density only.
class FockBuilder {
 public:
  explicit FockBuilder(const ScfProblem& problem) : problem_(problem) {}

  // orbitals: one matrix a channel; the first up (down) columns are occupied.
  ScfState evaluate(std::vector<Eigen::MatrixXd> orbitals);

 private:
  void add_coulomb_exchange(SpinDensities& spin);

  const ScfProblem& problem_;
  SpinDensities last_;
  int increments_ = 0;  // since J and K were built from a full density
};

// The matrix whose eigenvectors are a channel's orbitals. RHF, UHF: the Fock matrix. ROHF: the
// effective matrix of C. C. J. Roothaan, Rev. Mod. Phys. 32, 179 (1960), in the form with
// (F_up + F_down) / 2 in its diagonal blocks (M. F. Guest, V. R. Saunders, Mol. Phys. 28, 819
// (1974), discuss the choices) and between closed and virtual orbitals, F_down between closed and
// open, F_up between open and virtual.
Eigen::MatrixXd effective_fock(const ScfProblem& problem, const ScfState& state,
                               std::size_t channel);

// F D S - S D F in the orthonormal basis X of the problem, one antisymmetric matrix a channel;
// D is the density of one spin (UHF) or of half of all electrons (RHF, ROHF).
std::vector<Eigen::MatrixXd> orbital_gradient(const ScfProblem& problem, const ScfState& state);

// Largest absolute element of all channels.
double largest_element(const std::vector<Eigen::MatrixXd>& matrices);

// Orbitals that diagonalize `fock` in the problem's orthonormal basis, in order of energy.
Eigen::MatrixXd diagonalize(const ScfProblem& problem, const Eigen::MatrixXd& fock);

// Rotates occupied among occupied (ROHF: closed, open) and virtual among virtual orbitals so that
// the effective Fock matrix is diagonal within each group; energies: one vector a channel.
struct CanonicalOrbitals {
  std::vector<Eigen::MatrixXd> orbitals;
  std::vector<Eigen::VectorXd> energies;
};
CanonicalOrbitals canonicalize(const ScfProblem& problem, const ScfState& state);

}  // namespace markhor
