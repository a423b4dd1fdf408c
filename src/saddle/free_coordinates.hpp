// The coordinates that a search may change, and the motions that change nothing.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "surface/surface.hpp"

namespace markhor {

// D of the 3n coordinates of a system. "Reduced" vectors have D elements, "full" ones 3n.
class FreeCoordinates {
 public:
  // frozen: one a particle, or empty for none. Throws std::invalid_argument if it has another
  // length or nothing is left to move.
  FreeCoordinates(SurfaceSystem system, std::vector<bool> frozen);

  const SurfaceSystem& system() const { return system_; }
  const std::vector<bool>& frozen() const { return frozen_; }
  const std::vector<int>& moving() const { return moving_; }  // indices of coordinates, ascending
  Eigen::Index size() const { return static_cast<Eigen::Index>(moving_.size()); }

  Eigen::VectorXd reduced(const Eigen::VectorXd& full) const;
  // `full` moved by a reduced step.
  Eigen::VectorXd moved(const Eigen::VectorXd& full, const Eigen::VectorXd& step) const;
  Eigen::VectorXd expanded(const Eigen::VectorXd& reduced) const;  // zero where frozen

  // Orthonormal D x k: translations and infinitesimal rotations of all particles that leave the
  // frozen ones where they are. k is 6 (5 on a line, to 0.05 bohr) if none is, 0 if the system is
  // not invariant.
  Eigen::MatrixXd rigid_motions(const Eigen::VectorXd& full) const;
  // Orthonormal D x (D - k): everything else.
  Eigen::MatrixXd internal_motions(const Eigen::VectorXd& full) const;

 private:
  SurfaceSystem system_;
  std::vector<bool> frozen_;
  std::vector<int> moving_;
};

// Largest Euclidean norm of the three components of a particle; of a reduced vector too, since a
// particle moves in all directions or none.
double largest_on_a_particle(const Eigen::VectorXd& forces);
// The same of a full vector, without the frozen particles (none if empty).
double largest_on_a_particle(const Eigen::VectorXd& forces, const std::vector<bool>& frozen);

}  // namespace markhor
