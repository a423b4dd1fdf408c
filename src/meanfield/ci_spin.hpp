// The total spin of CI vectors.
#pragma once

#include <Eigen/Dense>
#include <vector>

#include "meanfield/ci_hamiltonian.hpp"

namespace markhor {

// S_- S_+ on vectors of a space with Ms = (up - down) / 2 >= 0, in which every state has S >= Ms.
class SpinOperator {
 public:
  // The space must outlive the operator.
  explicit SpinOperator(const CiSpace& space);

  // <S^2> of a normalized vector.
  double spin_squared(const Eigen::VectorXd& vector) const;
  // Removes what has S > Ms, by one annihilator for each such S (P.-O. Lowdin, Phys. Rev. 97, 1509
  // (1955)). Iterations need it: what rounding leaves of other spins is magnified each time a small
  // correction is normalized.
  void project(Eigen::VectorXd& vector) const;

 private:
  // S_+ takes a down electron out of an orbital and puts it up into the same one.
  struct Flip {
    int from = 0, to = 0;  // strings before and after
    double sign = 0.0;
  };

  Eigen::MatrixXd raise(const Eigen::VectorXd& vector) const;
  void subtract_lowered(const Eigen::MatrixXd& raised, double scale, Eigen::VectorXd& vector) const;

  const CiSpace& space_;
  int raised_ups_ = 0, raised_downs_ = 0;                 // strings after S_+
  std::vector<std::vector<Flip>> up_flips_, down_flips_;  // by orbital
};

}  // namespace markhor
