// Spin-up times spin-down Slater determinant, D = det phi_k(r_j).
//
// State of a tile, walker fastest: the orbitals at the accepted positions [electron][orbital][5]
// and, per spin, the inverse [electron][orbital] with D^-1_kj at [j][k], so that the row of the
// moved electron is contiguous. With phi' the orbitals at a new position of electron e,
//
//     D'/D = sum_k D^-1_ke phi'_k                                       (ratio)
//     grad ln|D'| = sum_k D^-1_ke grad phi'_k / ratio
//     D^-1_kj -= D^-1_ke (sum_l D^-1_lj phi'_l) / ratio   for j != e,  D^-1_ke /= ratio
//
// (Sherman and Morrison 1950). The old gradient and the local energy need no basis functions.
//
// For parameter derivatives (orbital_derivatives.hpp) Gamma = D^-1 and Xi = -D^-1 B D^-1.
#pragma once

#include <memory>

#include "wavefunction/factor.hpp"
#include "wavefunction/orbital_derivatives.hpp"
#include "wavefunction/orbital_set.hpp"

namespace markhor {

class SlaterFactor final : public Factor {
 public:
  // The first orbitals of each spin are occupied.
  SlaterFactor(const TrialWaveFunction& trial, const ParameterSelection& selection);

  FactorStorage storage() const override;
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
  // Where one spin's electrons, orbitals and inverse lie.
  struct Spin {
    int first = 0, count = 0;               // electrons, and as many orbitals
    std::size_t orbitals = 0, inverse = 0;  // offsets into the state
  };
  const Spin& spin_of(int electron) const { return spins_[electron < spins_[0].count ? 0 : 1]; }
  const OrbitalSet& set_of(int electron) const { return electron < spins_[0].count ? up_ : down_; }
  // Xi of one spin, electrons x orbitals; work: as large.
  void fill_xi(const Spin& spin, const Lanes* state, const Lanes* jastrow_gradient, Lanes* xi,
               Lanes* work) const;

  OrbitalSet up_, down_;
  std::unique_ptr<OrbitalDerivatives> orbital_derivatives_;  // null: none selected
  Spin spins_[2];
  FactorStorage storage_;
};

}  // namespace markhor
