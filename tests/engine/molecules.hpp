// Small molecules without symmetry, for which no component of a force vanishes. Positions in bohr.
#pragma once

#include <Eigen/Dense>

#include "molecule/coordinates.hpp"

namespace markhor {

inline Molecule bent_water() {
  return {{{8, {0.05, -0.03, 0.11}}, {1, {1.71, 0.21, -0.36}}, {1, {-0.62, 1.44, 0.74}}}, 0, 1};
}

inline Molecule methyl() {
  return {{{6, {0.02, 0.05, -0.04}},
           {1, {2.05, 0.11, 0.25}},
           {1, {-0.98, 1.81, 0.13}},
           {1, {-1.11, -1.70, -0.21}}},
          0,
          2};
}

inline Molecule hydronium() {
  return {{{8, {0.0, 0.1, 0.3}},
           {1, {1.75, 0.1, -0.2}},
           {1, {-0.9, 1.55, -0.25}},
           {1, {-0.85, -1.6, -0.1}}},
          1,
          1};
}

}  // namespace markhor
