// Determinants of the active electrons and the Hamiltonian among them.
#pragma once

#include <Eigen/Dense>

#include "meanfield/active_space.hpp"
#include "meanfield/determinant_strings.hpp"

namespace markhor {

// All determinants with given numbers of up and down electrons in the active orbitals. A CI vector
// is a matrix, down strings x up strings, or its columns one below the other.
class CiSpace {
 public:
  CiSpace(int orbitals, int up, int down);

  int orbitals() const { return up_.orbitals(); }
  const Strings& up() const { return up_; }
  const Strings& down() const { return down_; }
  const Excitations& up_excitations() const { return up_excitations_; }
  // In order of `pair`: products write along a column of one pair.
  const std::vector<Excitation>& down_excitations() const { return down_excitations_; }
  Eigen::Index size() const { return Eigen::Index(up_.size()) * down_.size(); }
  Eigen::Index index(Occupation up, Occupation down) const {
    return Eigen::Index(up_.index(up)) * down_.size() + down_.index(down);
  }

 private:
  Strings up_, down_;
  Excitations up_excitations_;
  std::vector<Excitation> down_excitations_;
};

// H = sum_P k_P A_P + 1/2 sum_PQ A_P (P|Q) A_Q with A_P as in Excitations, P a pair of
// orbitals, k_pq = h_pq - 1/2 sum_r (pr|rq), which is P. J. Knowles, N. C. Handy, Chem. Phys. Lett.
// 111, 315 (1984), equations 4 to 6, with symmetric instead of single excitation operators.
// Energies are without ActiveIntegrals::core_energy.
class CiHamiltonian {
 public:
  // Space and integrals must outlive the Hamiltonian.
  CiHamiltonian(const CiSpace& space, const ActiveIntegrals& integrals);

  // H x for each column of x.
  Eigen::MatrixXd product(const Eigen::MatrixXd& x) const;
  // Diagonal elements, averaged over the determinants of each spatial configuration; they depend
  // on the number of open shells and not on which are up, so that dividing by them keeps the spin.
  Eigen::VectorXd averaged_diagonal() const;
  double averaged_diagonal(Occupation closed, Occupation open) const;
  // <a|H|b> by the Slater-Condon rules.
  double element(Occupation up_a, Occupation down_a, Occupation up_b, Occupation down_b) const;

 private:
  double diagonal(Occupation up, Occupation down) const;

  const CiSpace& space_;
  const ActiveIntegrals& integrals_;
  Eigen::MatrixXd coulomb_, exchange_;  // (pp|qq), (pq|pq)
  Eigen::VectorXd single_;              // k_P
};

// <E_pq> of a normalized vector: the spin-summed one-particle density matrix of the active
// orbitals.
Eigen::MatrixXd one_particle_density(const CiSpace& space, const Eigen::VectorXd& vector);

}  // namespace markhor
