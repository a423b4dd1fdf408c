// The local energy H Psi/Psi of eight walkers, and its parts, in Hartree:
//
//     kinetic          -1/2 sum_i [ lap_i ln|Psi| + |grad_i ln|Psi||^2 ]
//     electron_electron     sum_{i<j} 1/r_ij
//     electron_nucleus     -sum_{i,A} Z_A/r_iA
//     nucleus_nucleus       sum_{A<B} Z_A Z_B/R_AB  (a constant)
#pragma once

#include <vector>

#include "molecule/molecule.hpp"
#include "wavefunction/wave_function.hpp"

namespace markhor {

struct LocalEnergy {
  Lanes kinetic, electron_electron, electron_nucleus;
  Lanes total;  // with nucleus_nucleus
};

class CoulombHamiltonian {
 public:
  explicit CoulombHamiltonian(const Molecule& molecule);

  double nucleus_nucleus() const { return nucleus_nucleus_; }
  // positions: electrons x 3, bohr. derivatives: of ln|Psi| at these positions.
  LocalEnergy local_energy(const Lanes* positions, const LogDerivatives& derivatives) const;
  // Each electron's share, overwritten: its kinetic energy, its attraction by the nuclei and half
  // of its repulsion by each other electron. With nucleus_nucleus() they add up to the total.
  void electron_energies(const Lanes* positions, const LogDerivatives& derivatives,
                         Lanes* energies) const;

 private:
  struct Nucleus {
    double x, y, z, charge;
  };
  int electrons_;
  double nucleus_nucleus_;
  std::vector<Nucleus> nuclei_;
};

}  // namespace markhor
