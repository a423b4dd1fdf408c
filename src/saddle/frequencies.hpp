// The full Hessian by differences of forces, and the harmonic frequencies that it gives. E. B.
// Wilson, J. C. Decius, P. C. Cross, Molecular Vibrations (McGraw-Hill, 1955), ch. 2 and 11.
#pragma once

#include <Eigen/Dense>
#include <string>
#include <vector>

#include "saddle/search.hpp"

namespace markhor {

struct HessianResult {
  bool found = false;
  std::string status;       // why it is not
  Eigen::MatrixXd hessian;  // D x D, symmetric, Hartree/bohr^2; zero along rigid motions
};

// Central differences along every internal motion, 2 (D - k) calls for k rigid motions, as
// verification. At a stationary point the Hessian vanishes along rigid motions, so that these need
// no calls. separation: bohr, of the displacements, which have unit length.
HessianResult measure_hessian(const SearchProblem& problem, const SearchPoint& point,
                              double separation = 0.01);

struct Frequencies {
  Eigen::VectorXd wavenumbers;     // 1/cm, ascending, imaginary ones as negative numbers
  Eigen::MatrixXd modes;           // 3n x modes, displacements as unit vectors; zero where frozen
  double zero_point_energy = 0.0;  // half the sum of the real ones, Hartree
  int imaginary = 0;
  Eigen::MatrixXd hessian;  // that they are of, D x D, Hartree/bohr^2
};

// Of what moves in the masses' metric, rigid motions projected out; atoms that are frozen have
// infinite mass, so that the Hessian is the partial one. masses: of each particle, in unified
// atomic mass units; hessian: D x D.
Frequencies harmonic_frequencies(const FreeCoordinates& space, const Eigen::VectorXd& positions,
                                 const Eigen::MatrixXd& hessian, const std::vector<double>& masses);

// Square roots of the masses of the D moving coordinates. Throws std::invalid_argument if the
// masses are not one a particle or one is not positive.
Eigen::VectorXd root_masses(const FreeCoordinates& space, const std::vector<double>& masses);

}  // namespace markhor
