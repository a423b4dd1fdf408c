// Electron-electron Jastrow factor, exp(sum_{i<j} f_s(r_ij)).
//
// The cusp conditions (Kato 1957; Pack and Byers Brown 1966) are built in: f'(0) = 1/2 for
// electrons of opposite and 1/4 for electrons of equal spin. Everything else is shared, unless a
// second factor adds g(r_ij), g'(0) = 0, to the pairs of equal spin alone.
#pragma once

#include "wavefunction/electron_pairs.hpp"
#include "wavefunction/factor.hpp"
#include "wavefunction/jastrow_radial.hpp"

namespace markhor {

class ElectronElectronJastrow final : public Factor {
 public:
  // All pairs: f, whose function.first is set by the cusp condition, whatever it holds; parameters
  // a2, then the polynomial. Parallel ones: g, first set to zero and pade = 0; the polynomial
  // alone. differentiate: with parameter derivatives.
  ElectronElectronJastrow(int up_electrons, int down_electrons, const RadialJastrow& function,
                          ElectronPairs pairs, bool differentiate);

  FactorStorage storage() const override;
  void log_value(const TileView& tile, LogValue& value) const override;
  void start_move(const TileView& tile, int electron, Lanes gradient[3]) const override;
  void propose(const TileView& tile, int electron, const Lanes position[3],
               MoveProposal& move) const override;
  void derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const override;
  void parameter_derivatives(const TileView& tile, const Lanes* total_gradient,
                             Lanes* log_derivative, Lanes* energy_derivative) const override;

 private:
  // Value of all pairs of one electron put at position; adds the gradient.
  Lanes row(const TileView& tile, int electron, const Lanes position[3], Lanes gradient[3]) const;

  bool counts(bool like) const { return like || pairs_ == ElectronPairs::all; }

  int up_, electrons_;
  ElectronPairs pairs_;
  RadialJastrow like_, unlike_;
  double like_constant_, unlike_constant_;
  bool differentiate_;
};

}  // namespace markhor
