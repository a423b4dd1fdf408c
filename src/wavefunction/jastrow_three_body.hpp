// Electron-electron-nucleus Jastrow factor, exp(sum_{A, i<j} g_A(u_ij, x_iA, x_jA)), over all pairs
// of electrons, or over those of equal spin alone: correlation that differs with the spins.
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
#include "wavefunction/electron_pairs.hpp"
#include "wavefunction/factor.hpp"
#include "wavefunction/three_body_terms.hpp"

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
  // classes: of each nucleus, for parameter derivatives (the independent coefficients of each class
  // in turn, three_body_cusp_basis); empty without them.
  ElectronElectronNucleusJastrow(const Molecule& molecule, const ThreeBodyJastrow& jastrow,
                                 ElectronPairs pairs, const std::vector<int>& classes);

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
    std::vector<double> d;  // D_pkq in the loop order of contract()
  };
  // The terms x_i^p u^k x_j^q + x_i^q u^k x_j^p of one p and q.
  struct PowerGroup {
    int p = 0, q = 0;
    struct Term {
      int k = 0;
      std::size_t index = 0;  // of three_body_terms
    };
    std::vector<Term> terms;
  };
  static std::vector<PowerGroup> group_powers(const std::vector<ThreeBodyTerm>& terms);
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
  // Adds every term's value and local-energy derivative for one pair and nucleus.
  void add_term_derivatives(const TileView& tile, const Lanes* g, int i, int j,
                            const Nucleus& nucleus, Lanes* value, Lanes* energy) const;

  bool counts(int i, int j) const { return pairs_ == ElectronPairs::all || (i < up_) == (j < up_); }

  double kappa_;
  int order_, up_, electrons_, table_size_;
  ElectronPairs pairs_;
  std::vector<Nucleus> nuclei_;
  // For parameter derivatives only.
  std::vector<int> classes_;
  std::size_t class_count_ = 0;
  Eigen::MatrixXd cusp_basis_;
  std::vector<PowerGroup> power_groups_;
};

}  // namespace markhor
