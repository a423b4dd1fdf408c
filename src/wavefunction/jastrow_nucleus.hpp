// Electron-nucleus Jastrow factor, exp(sum_{i,A} f_A(r_iA)), one function per element.
//
// f_A'(0) = 0: the electron-nucleus cusp belongs to the orbitals (cusp_correction.hpp).
//
// An electron's sum depends on no other electron: state [electron][5] keeps its value, gradient and
// Laplacian at the accepted position, so that only proposals cost anything.
#pragma once

#include <vector>

#include "molecule/molecule.hpp"
#include "wavefunction/factor.hpp"
#include "wavefunction/jastrow_radial.hpp"

namespace markhor {

class ElectronNucleusJastrow final : public Factor {
 public:
  // functions: one per nucleus of the molecule; `first` must be 0. classes: of each nucleus, for
  // parameter derivatives (the polynomial of each class in turn); empty without them.
  ElectronNucleusJastrow(const Molecule& molecule, std::vector<RadialJastrow> functions,
                         const std::vector<int>& classes);

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
  struct Nucleus {
    double x, y, z;
    RadialJastrow function;
    double constant;
    std::size_t first_parameter;
  };
  // Value, gradient and Laplacian of one electron put at position.
  void sum_over_nuclei(const Lanes position[3], Lanes result[5]) const;

  int electrons_;
  std::size_t parameters_ = 0;
  std::vector<Nucleus> nuclei_;
};

}  // namespace markhor
