// An expansion in Slater determinants, Phi = sum_k c_k D_k^up D_k^down.
//
// Everything hangs on one reference determinant (spin_determinants.hpp). Per spin, with A its
// Slater matrix and A_o the columns of the other used orbitals,
//
//     T = A^-1 A_o,   alpha_u = sign_u det T[P_u, Q_u],   S = Phi/D_ref = sum_u c~_u alpha_u,
//     c~_u = sum over products with u of c_k alpha_k^(other spin),
//     Y_vr = sum_u c~_u d alpha_u / dT_rv,
//
// and the derivative of ln|Phi| with respect to the value of orbital j at electron i is
//
//     Gamma_vi = (1/S) y_vi,  y_vi = sum_r Y_vr A^-1_ri           (v: orbital not in the reference)
//     Gamma_qi = A^-1_qi - (1/S) sum_v T_qv y_vi                  (q: slot of the reference)
//
// Phi is linear in the orbitals of one electron, so a proposal costs Gamma times the new orbitals:
// no determinant is touched before a move is accepted. Then T has a rank-one update and the spin's
// alpha and Y are recomputed; what the other spin keeps of them (its c~, Y) is marked stale and
// renewed when its turn comes. The number of determinants enters only there.
//
// If the reference nearly vanishes where Phi does not, its inverse is rebuilt at once; sampling
// |Phi|^2 comes this close (1e-6) to the reference's node about once in 1e6 accepted moves.
//
// Parameter derivatives (multi_slater_derivatives.cpp): Xi is the derivative of Gamma along B
// (orbital_derivatives.hpp), by the product rule through the formulas above.
//
// REFERENCES (Filippi2016) C. Filippi, R. Assaraf, S. Moroni, J. Chem. Phys. 144, 194105 (2016);
// (Assaraf2017) R. Assaraf, S. Moroni, C. Filippi, J. Chem. Theory Comput. 13, 5273 (2017).
#pragma once

#include <memory>
#include <vector>

#include "wavefunction/factor.hpp"
#include "wavefunction/orbital_derivatives.hpp"
#include "wavefunction/orbital_set.hpp"
#include "wavefunction/slater_matrix.hpp"
#include "wavefunction/spin_determinants.hpp"

namespace markhor {

// A tile's state begins with these.
struct MultiSlaterHeader {
  RunningDeterminant reference;  // D_ref, both spins
  // S = Phi/D_ref, as each spin's pass over its determinants adds it up. A spin uses its own: the
  // other's differs in the last bits, and which one was written last depends on whether another
  // walker of the tile had moved.
  Lanes sum[2];
  Lanes stale[2];                // not 0: the other spin has moved since c~ of this one

  static MultiSlaterHeader& of(Lanes* state) {
    return *reinterpret_cast<MultiSlaterHeader*>(state);
  }
  static const MultiSlaterHeader& of(const Lanes* state) {
    return *reinterpret_cast<const MultiSlaterHeader*>(state);
  }
};

class MultiSlaterFactor final : public Factor {
 public:
  // trial.expansion holds at least one CSF. CalculationError for an excitation of more electrons
  // of one spin than small_determinant.hpp has room for.
  MultiSlaterFactor(const TrialWaveFunction& trial, const ParameterSelection& selection);

  FactorStorage storage() const override { return storage_; }
  double rebuild(const TileView& tile) const override;
  void log_value(const TileView& tile, LogValue& value) const override;
  void start_move(const TileView& tile, int electron, Lanes gradient[3]) const override;
  void propose(const TileView& tile, int electron, const Lanes position[3],
               MoveProposal& move) const override;
  void finish_move(const TileView& tile, int electron, const Lanes position[3],
                   const LaneMask& accepted) const override;
  void derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const override;
  void parameter_derivatives(const TileView& tile, const Lanes* total_gradient,
                             Lanes* log_derivative, Lanes* energy_derivative) const override;

 private:
  // One spin: sizes, and offsets into the state.
  struct Spin {
    int index = 0, first = 0, n = 0, used = 0, others = 0;
    std::size_t determinants = 0;
    std::size_t orbitals = 0;           // [electron][used][5]
    std::size_t inverse = 0;            // [electron][slot]
    std::size_t t = 0, y = 0;           // [other][slot]
    std::size_t alpha = 0, weight = 0;  // [unique determinant]: alpha_u, c~_u
  };
  // Places in the scratch of the move in progress.
  struct MoveScratch {
    Lanes *fresh, *gamma, *reference_ratio, *work;
  };
  // A CSF parameter's products, with their weights.
  struct CsfShare {
    int parameter = 0, product = 0;
    double weight = 0.0;
  };
  // One spin's part of the parameter derivatives of a sample, in the scratch.
  struct AdjointSpin {
    Lanes *gamma, *xi, *b;    // [electron][used]
    Lanes *k, *x;             // A^-1 B_occ [slot][slot]; A^-1 B_occ A^-1 [electron][slot]
    Lanes *m, *dy;            // [other][slot]: derivatives of T and Y
    Lanes *dalpha, *dweight;  // [unique determinant]: of alpha and c~
  };

  const Spin& spin_of(int electron) const { return spins_[electron < spins_[0].n ? 0 : 1]; }
  const SpinExpansion& expansion(const Spin& spin) const { return products_.spins[spin.index]; }
  MoveScratch move_scratch(const TileView& tile) const;

  // T from orbitals and inverse.
  // In these lanes; the others stay as they are, to the last bit.
  void fill_excitations(const Spin& spin, const LaneMask& lanes, Lanes* state) const;
  void rebuild_inverse(const Spin& spin, const LaneMask& lanes, Lanes* state) const;
  // c~ of one spin from the other's alpha.
  void fill_weights(const Spin& spin, Lanes* state) const;
  // alpha, Y and S from T and c~.
  void fill_determinants(const Spin& spin, Lanes* state) const;
  // Renews c~ and what follows if the other spin has moved since.
  void refresh(const Spin& spin, Lanes* state) const;
  // Gamma of one electron, used orbitals; y (others) is left in work.
  void fill_gamma(const Spin& spin, int e, const Lanes* state, Lanes* gamma, Lanes* work) const;

  // Stages of the parameter derivatives (multi_slater_derivatives.cpp).
  std::size_t adjoint_size() const;
  void fill_gammas(const Spin& spin, const TileView& tile, const Lanes* total_gradient,
                   const AdjointSpin& a, Lanes* other_gradient, Lanes* work) const;
  AdjointSpin take_adjoint(const Spin& spin, Lanes*& scratch) const;
  void fill_one_body(const Spin& spin, const Lanes* state, const Lanes* jastrow_gradient,
                     const AdjointSpin& a) const;
  void fill_alpha_derivatives(const Spin& spin, const Lanes* state, const AdjointSpin& a) const;
  void fill_weight_derivatives(const Spin& spin, const Lanes* other_dalpha,
                               const AdjointSpin& a) const;
  void fill_y_derivatives(const Spin& spin, const Lanes* state, const AdjointSpin& a) const;
  void fill_xi(const Spin& spin, const Lanes* state, const Lanes& excited_energy,
               const AdjointSpin& a) const;
  void add_configurations(const Lanes* state, const Lanes& excited_energy,
                          const AdjointSpin (&a)[2], Lanes* log_derivative,
                          Lanes* energy_derivative) const;

  ProductExpansion products_;
  std::vector<OrbitalSet> sets_;  // used orbitals of each spin, in the expansion's order
  Spin spins_[2];
  FactorStorage storage_;
  std::size_t ci_parameters_ = 0;
  std::vector<CsfShare> shares_;
  std::unique_ptr<OrbitalDerivatives> orbital_derivatives_;  // null: none selected
};

}  // namespace markhor
