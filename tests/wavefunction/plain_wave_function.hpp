// The trial wave function written for clarity alone: one walker, scalar arithmetic, every number
// from its definition and nothing remembered. The oracle of the walker kernels.
#pragma once

#include <string>
#include <vector>

#include "wavefunction/cusp_correction.hpp"
#include "wavefunction/factory.hpp"

namespace markhor::testing {

struct PlainValue {
  double logarithm = 0.0, sign = 1.0;
};

// Value of every basis function at a point, in basis order. The harmonics come from the recursions
// of Helgaker, Jorgensen, Olsen (2000), eqs. 6.4.55-57, not from the explicit sums of the kernels.
std::vector<double> plain_basis(const TrialWaveFunction& trial, const double* r);

// Orbital values at a point, with the cusp correction of trial.cusp_radii.
std::vector<double> plain_orbitals(const TrialWaveFunction& trial,
                                   const Eigen::MatrixXd& coefficients, const double* r);

class PlainWaveFunction {
 public:
  explicit PlainWaveFunction(const TrialWaveFunction& trial) : trial_(trial) {}
  // ln|factor| and sign of the factor of that name (of factor_kinds()); positions: 3 x electrons.
  PlainValue factor(const std::string& name, const std::vector<double>& positions) const;

 private:
  // Determinant of the occupied orbitals at positions.
  double determinant(const Eigen::MatrixXd& orbitals, const std::vector<int>& occupied,
                     const double* positions) const;
  TrialWaveFunction trial_;
};

}  // namespace markhor::testing
