// Hartree-Fock as a surface.
#pragma once

#include <deque>

#include "meanfield/scf.hpp"
#include "surface/surface.hpp"

namespace markhor {

struct HartreeFockSurfaceOptions {
  ScfOptions scf;
  // A calculation starts from the orbitals of the nearest of the last points if no atom is farther
  // than this from where it was there, bohr; 0: always from the atoms' densities.
  double start_within = 0.5;
  // Points whose orbitals are kept: about as many as a path has images.
  int remembered_points = 20;
};

// RHF for singlets, UHF for all others; converged to 1e-8 Hartree (the forces to about 1e-7
// Hartree/bohr), saddle points of the energy not looked for.
HartreeFockSurfaceOptions hartree_fock_surface_options(const Molecule& molecule);

// Energies and analytic forces (meanfield/gradient.hpp); errors are zero.
//
// Where there are several solutions the one that is found may depend on the points before, through
// the orbitals it starts from; the same calls in the same order give the same values. A calculation
// that does not converge from given orbitals is tried once more from the atoms' densities; points
// where that fails too, where atoms lie on top of each other, or where the basis becomes linearly
// dependent are not found.
class HartreeFockSurface : public Surface {
 public:
  // The molecule's positions do not matter. The basis refers to its atoms by their numbers and
  // moves with them. CalculationError: RHF for an open shell, fewer functions than
  // electrons of one spin.
  HartreeFockSurface(Molecule molecule, BasisSet basis, HartreeFockSurfaceOptions options);

  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  struct Point {
    Eigen::VectorXd positions;
    MolecularOrbitals orbitals;
  };
  const MolecularOrbitals* start_for(const Eigen::VectorXd& positions) const;
  ScfResult solve(const Eigen::VectorXd& positions) const;
  void remember(const Eigen::VectorXd& positions, const MolecularOrbitals& orbitals);

  Molecule molecule_;
  BasisSet basis_;
  HartreeFockSurfaceOptions options_;
  SurfaceSystem system_;
  std::deque<Point> points_;  // the last ones, latest first
};

}  // namespace markhor
