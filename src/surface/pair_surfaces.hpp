// Clusters held together by a potential between every two particles.
#pragma once

#include <array>

#include "surface/surface.hpp"

namespace markhor {

// Energy of a pair, Hartree, and its derivative with respect to the distance, Hartree/bohr.
struct PairEnergy {
  double energy = 0.0, slope = 0.0;
};

// 4 epsilon ((sigma/r)^12 - (sigma/r)^6)
struct LennardJones {
  double epsilon = 0.0;  // Hartree
  double sigma = 0.0;    // bohr
  PairEnergy operator()(double distance) const;
};

// depth (exp(-2 width (r - bond_length)) - 2 exp(-width (r - bond_length)))
struct Morse {
  double depth = 0.0;        // Hartree
  double width = 0.0;        // 1/bohr
  double bond_length = 0.0;  // bohr
  PairEnergy operator()(double distance) const;
};

template <class Potential>
class PairSurface : public Surface {
 public:
  PairSurface(std::vector<int> atomic_numbers, const Potential& potential)
      : potential_(potential), system_{std::move(atomic_numbers), true} {}
  const SurfaceSystem& system() const override { return system_; }
  SurfaceValue evaluate(const Eigen::VectorXd& positions) override;

 private:
  Potential potential_;
  SurfaceSystem system_;
};

extern template class PairSurface<LennardJones>;
extern template class PairSurface<Morse>;

}  // namespace markhor
