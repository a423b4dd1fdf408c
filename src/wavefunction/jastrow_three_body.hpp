// Electron-electron-nucleus Jastrow factor, exp(sum_{A, i<j} g_A(u_ij, x_iA, x_jA)).
//
// g is the polynomial of three_body_terms.hpp. With its coefficients as a symmetric array,
// g = sum_{p,k,q} D_pkq x_i^p u^k x_j^q, the sum over q is done once per electron and nucleus,
//
//     T^jA_pk = sum_q D^A_pkq x_jA^q,
//
// and kept in the tile's state [electron][nucleus][p, k]: a move of electron i then costs one
// small polynomial in (u_ij, x_iA) per electron and nucleus. p + k + q <= order keeps it
// triangular.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "molecule/molecule.hpp"
#include "wavefunction/factor.hpp"

namespace markhor {

struct ThreeBodyJastrow {
  double kappa = 1.0;  // bohr^-1
  int order = 4;       // 2 ... 7
  // Per nucleus the coefficients in the order of three_body_terms(order); use
  // three_body_cusp_basis to make ones that keep the cusps.
  std::vector<Eigen::VectorXd> coefficients;
};

class ElectronElectronNucleusJastrow final : public Factor {
 public:
  ElectronElectronNucleusJastrow(const Molecule& molecule, const ThreeBodyJastrow& jastrow);

  FactorStorage storage() const override;
  double rebuild(const TileView& tile) const override;
  void log_value(const TileView& tile, LogValue& value) const override;
  void start_move(const TileView& tile, int electron, Lanes gradient[3]) const override;
  void propose(const TileView& tile, int electron, const Lanes position[3],
               MoveProposal& move) const override;
  void finish_move(const TileView& tile, int electron, const Lanes position[3],
                   const LaneMask& accepted) const override;
  void derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const override;

 private:
  struct Nucleus {
    double x, y, z;
    std::vector<double> d;  // D_pkq in the loop order of contract()
  };
  struct Row {
    Lanes value, gradient[3], laplacian;
  };
  // The sum over nuclei and other electrons for one electron put at position.
  template <bool with_laplacian>
  Row row(const TileView& tile, int electron, const Lanes position[3]) const;
  template <int order, bool with_laplacian>
  Row row_of_order(const TileView& tile, int electron, const Lanes position[3]) const;
  // T of one electron at position and one nucleus.
  void contract(const Nucleus& nucleus, const Lanes position[3], Lanes* table) const;

  double kappa_;
  int order_, electrons_, table_size_;
  std::vector<Nucleus> nuclei_;
};

}  // namespace markhor
