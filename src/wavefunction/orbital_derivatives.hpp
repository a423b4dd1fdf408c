// Derivatives with respect to everything that enters through the orbitals, by one adjoint.
//
// With A_ij = phi_j(r_i) and B_ij = -1/2 lap phi_j(r_i) - grad J . grad phi_j(r_i) (J: the
// logarithm of all other factors), the determinants' part of the local energy is linear in B:
//
//     E_det = sum_ij Gamma_ji B_ij,   Gamma = d ln|Phi| / dA,   Xi = d Gamma/dA . B,
//
// so that any parameter p of the orbitals has, by the chain rule,
//
//     d ln|Phi|/dp = sum_ij Gamma_ji dA_ij/dp,
//     dE_L/dp      = sum_ij ( Xi_ji dA_ij/dp + Gamma_ji dB_ij/dp ).
//
// A determinant factor brings Gamma and Xi; the orbital rotations and exponents are done here.
//
// REFERENCES (Filippi2016) C. Filippi, R. Assaraf, S. Moroni, J. Chem. Phys. 144, 194105 (2016).
#pragma once

#include <memory>
#include <vector>

#include "core/lanes.hpp"
#include "wavefunction/determinant_parameters.hpp"
#include "wavefunction/orbital_set.hpp"

namespace markhor {

// B of one orbital or basis function (value, gradient, Laplacian); drift: grad J at the electron.
[[gnu::always_inline]] inline Lanes one_electron_part(const Lanes* f, const Lanes drift[3]) {
  return Lanes(-0.5) * f[4] - (drift[0] * f[1] + drift[1] * f[2] + drift[2] * f[3]);
}

class OrbitalDerivatives {
 public:
  // used: for each spin the orbitals of the determinants, in the factor's own order.
  OrbitalDerivatives(const TrialWaveFunction& trial, const ParameterSelection& selection,
                     const std::vector<int> (&used)[2]);

  std::size_t parameters() const { return rotations_ + exponents_; }
  std::size_t scratch_size() const { return scratch_size_; }

  // One spin's electrons (first ... first + count - 1): adds to the derivatives, rotations first.
  // positions and jastrow_gradient: all electrons x 3; gamma and xi: count x used orbitals.
  struct Adjoint {
    int spin = 0, first = 0, count = 0;
    const Lanes *gamma = nullptr, *xi = nullptr;
  };
  void accumulate(const Adjoint& adjoint, const Lanes* positions, const Lanes* jastrow_gradient,
                  Lanes* log_derivative, Lanes* energy_derivative, Lanes* scratch) const;

 private:
  // Orbital `source` (of the used ones) gains sign kappa times orbital `target` (of all).
  struct Gain {
    int parameter = 0, source = 0, target = 0;
    double sign = 1.0;
  };
  struct Spin {
    OrbitalSet all;  // every orbital of the spin
    int used = 0;
    std::vector<Gain> gains;
    Eigen::MatrixXd coefficients;  // basis functions x used orbitals
  };

  void plan_exponents(const TrialWaveFunction& trial);
  void add_rotations(const Spin& spin, const Lanes* position, const Lanes* drift,
                     const Lanes* gamma, const Lanes* xi, Lanes* log_derivative,
                     Lanes* energy_derivative, Lanes* scratch) const;
  void add_exponents(const Spin& spin, const Lanes* position, const Lanes* drift,
                     const Lanes* gamma, const Lanes* xi, Lanes* log_derivative,
                     Lanes* energy_derivative, Lanes* scratch) const;

  std::vector<Spin> spins_;
  std::size_t rotations_ = 0, exponents_ = 0, scratch_size_ = 0;
  std::vector<int> parameter_of_function_;  // exponent parameter of each basis function
  // The basis functions themselves, and what follows a change of an exponent (shell_fit.hpp):
  // function `of` takes `part` of `by` away from its derivative.
  struct Follow {
    int of = 0, by = 0;
    double part = 0.0;
  };
  std::unique_ptr<OrbitalSet> functions_;
  std::vector<Follow> follows_;
};

}  // namespace markhor
