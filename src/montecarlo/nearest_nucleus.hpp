// The nucleus that an electron is nearest to, walker by walker.
#pragma once

#include "core/lane_math.hpp"
#include "molecule/molecule.hpp"

namespace markhor {

struct NearestNucleus {
  Lanes center[3], charge;
  Lanes squared_distance;  // bohr^2, never zero
  Lanes index;             // into Molecule::atoms
};

inline LaneMask is_index(const Lanes& index, std::size_t atom) {
  return absolute(index - Lanes(static_cast<double>(atom))) < Lanes(0.5);
}

inline NearestNucleus nearest_nucleus(const Molecule& molecule, const Lanes position[3]) {
  NearestNucleus result{
      {Lanes(0.0), Lanes(0.0), Lanes(0.0)}, Lanes(0.0), Lanes(__builtin_inf()), Lanes(0.0)};
  Lanes& best = result.squared_distance;
  double index = 0.0;
  for (const Atom& atom : molecule.atoms) {
    Lanes square(1e-30);
    for (int d = 0; d < 3; ++d) {
      const Lanes x = position[d] - Lanes(atom.position[static_cast<std::size_t>(d)]);
      square += x * x;
    }
    const LaneMask nearer = square < best;
    best = select(nearer, square, best);
    result.index = select(nearer, Lanes(index++), result.index);
    result.charge = select(nearer, Lanes(atom.atomic_number), result.charge);
    for (int d = 0; d < 3; ++d) {
      result.center[d] =
          select(nearer, Lanes(atom.position[static_cast<std::size_t>(d)]), result.center[d]);
    }
  }
  return result;
}

}  // namespace markhor
