// The energy as a function of orbital rotations: gradient and Hessian.
//
// New orbitals are C exp(kappa), kappa antisymmetric, with one free element kappa_pq for each pair
// of orbitals p > q of different occupation (down-up counts; other rotations leave the energy
// unchanged). With n the diagonal matrix of occupations of a spin, F its Fock matrix in orbitals,
// and sums over spins,
//     dE / dkappa_pq     = 2 sum (n_q - n_p) F_pq
//     (H x)_pq           = sum { -([[X, n], F] + [n, [F, X]])_pq + 2 (n_q - n_p) G[x]_pq }
// at kappa = 0, where X is the antisymmetric matrix of x and G[x] the change of F with the density
// change [X, n] (T. Helgaker, P. Jorgensen, J. Olsen, Molecular Electronic-Structure Theory,
// section 10.1). In UHF each spin has rotations of its own.
#pragma once

#include <Eigen/Dense>
#include <array>
#include <vector>

#include "meanfield/fock.hpp"

namespace markhor {

class OrbitalRotations {
 public:
  // Keeps references to both; state.orbitals should be canonical for diagonal() to be useful.
  OrbitalRotations(const ScfProblem& problem, const ScfState& state);

  Eigen::Index size() const { return static_cast<Eigen::Index>(pairs_.size()); }

  Eigen::VectorXd gradient() const;  // Hartree
  // The Hessian's diagonal without its two-electron part.
  Eigen::VectorXd diagonal() const;
  // Hessian times each column of x.
  Eigen::MatrixXd hessian_product(const Eigen::MatrixXd& x) const;
  // Orbitals C exp(kappa), one matrix a channel.
  std::vector<Eigen::MatrixXd> rotate(const Eigen::VectorXd& kappa) const;

 private:
  struct Pair {
    std::size_t channel;
    Eigen::Index p, q;
  };
  std::size_t channel_of(std::size_t spin) const { return problem_.unrestricted() ? spin : 0; }
  double occupation(std::size_t spin, Eigen::Index p) const;
  std::vector<Eigen::MatrixXd> unpack(const Eigen::VectorXd& x) const;
  Eigen::MatrixXd density_change(const Eigen::MatrixXd& rotation, std::size_t spin) const;

  const ScfProblem& problem_;
  const ScfState& state_;
  std::vector<Pair> pairs_;
  std::array<Eigen::MatrixXd, 2> fock_;  // in orbitals
};

}  // namespace markhor
