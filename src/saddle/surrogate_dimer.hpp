// A dimer on a surface that costs nothing to ask, such as the posterior mean of a Gaussian process:
// how the published GP-dimers turn it and move it between two true calls. O.-P. Koistinen,
// V. Asgeirsson, A. Vehtari, H. Jonsson, J. Chem. Theory Comput. 16, 499 (2020); rotation by L-BFGS
// as in J. Kastner, P. Sherwood, J. Chem. Phys. 128, 014106 (2008).
#pragma once

#include <functional>

#include "saddle/free_coordinates.hpp"
#include "saddle/limited_memory.hpp"
#include "saddle/search.hpp"

namespace markhor {

struct SurrogateDimerOptions {
  double separation = 0.01 * units::bohr_per_angstrom;  // of midpoint and image, bohr
  double max_step = 0.05 * units::bohr_per_angstrom;    // norm over all coordinates, bohr
  // Where the curvature along the axis is positive, bohr.
  double convex_step = 0.1 * units::bohr_per_angstrom;
  // Inverse curvature that L-BFGS starts from, 0.01 angstrom^2/eV in bohr^2/Hartree.
  double inverse_curvature =
      0.01 * units::bohr_per_angstrom * units::bohr_per_angstrom / units::hartree_per_ev;
  // A pair of atoms that approach each other stays apart by this share of its distance.
  double distance_ratio = 2.0 / 3.0;
};

// Gradient (D, Hartree/bohr) of what is walked on, at all 3n coordinates.
using SurrogateGradient = std::function<Eigen::VectorXd(const Eigen::VectorXd& positions)>;

struct SurrogateDimer {
  Eigen::VectorXd positions;  // 3n, bohr, of the midpoint
  Eigen::VectorXd axis;       // D, unit vector
  // Of midpoint and image, D; set_dimer and rotate_dimer bring them up to date.
  Eigen::VectorXd gradient, image_gradient;

  double curvature(double separation) const {  // along the axis, Hartree/bohr^2
    return (image_gradient - gradient).dot(axis) / separation;
  }
};

struct RotationLimits {
  double angle_tolerance = 0.01;  // rad: a turn expected to be smaller is not made
  int max_rotations = 10;
};

// The turn that the gradients of midpoint and image let expect, atan(|F| / 2|C|) / 2 in rad, F the
// rotational force and C the curvature.
double expected_turn(const SurrogateDimer& dimer, double separation);

// Both gradients anew; the midpoint need not be where it was. Motions of the whole that change
// nothing are taken out of the axis: where all other curvatures are positive theirs, which are
// next to zero, are the lowest, and a dimer that turns there climbs nothing any more.
void set_dimer(const SurrogateGradient& surrogate, const FreeCoordinates& space, double separation,
               SurrogateDimer& dimer);

// Turns the axis towards the lowest mode, by L-BFGS directions and, along each, the minimum of the
// curvature over the angle from the forces at two angles. Returns the number of turns made. For a
// dimer that has been set.
int rotate_dimer(const SurrogateGradient& surrogate, const FreeCoordinates& space,
                 const SurrogateDimerOptions& options, const RotationLimits& limits,
                 SurrogateDimer& dimer);

// Factor that keeps every atom's part of a step (D, bohr) below 0.99 (1 - ratio) / 2 of the way to
// its nearest neighbour; 1 if it is anyway.
double safe_scale(const FreeCoordinates& space, const Eigen::VectorXd& positions,
                  const Eigen::VectorXd& step, double distance_ratio);

// Steps up along the axis and down the other directions, by L-BFGS on the force with its component
// along the axis inverted.
class SurrogateTranslation {
 public:
  SurrogateTranslation(const FreeCoordinates& space, const SurrogateDimerOptions& options);

  // D, bohr, for a dimer whose gradients are up to date; the caller takes the step. Motions of the
  // whole that change nothing are taken out of it.
  Eigen::VectorXd next_step(const SurrogateDimer& dimer);

 private:
  Eigen::VectorXd climbing_step(const Eigen::VectorXd& force);
  void forget();

  const FreeCoordinates& space_;
  const SurrogateDimerOptions& options_;
  LimitedMemory memory_;
  Eigen::VectorXd last_force_, last_step_;  // empty after steps of another kind
};

}  // namespace markhor
