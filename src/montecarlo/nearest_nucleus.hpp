// The nucleus that an electron is nearest to, walker by walker.
#pragma once

#include "core/lane_math.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct NearestNucleus {
  Lanes center[3], charge, distance;  // bohr; the distance is never zero
};

inline NearestNucleus nearest_nucleus(const Molecule& molecule, const Lanes position[3]) {
  NearestNucleus result{{Lanes(0.0), Lanes(0.0), Lanes(0.0)}, Lanes(0.0), Lanes(0.0)};
  Lanes best(__builtin_inf());
  for (const Atom& atom : molecule.atoms) {
    Lanes square(1e-30);
    for (int d = 0; d < 3; ++d) {
      const Lanes x = position[d] - Lanes(atom.position[static_cast<std::size_t>(d)]);
      square += x * x;
    }
    const LaneMask nearer = square < best;
    best = select(nearer, square, best);
    result.charge = select(nearer, Lanes(atom.atomic_number), result.charge);
    for (int d = 0; d < 3; ++d) {
      result.center[d] =
          select(nearer, Lanes(atom.position[static_cast<std::size_t>(d)]), result.center[d]);
    }
  }
  result.distance = square_root(best);
  return result;
}

}  // namespace markhor
