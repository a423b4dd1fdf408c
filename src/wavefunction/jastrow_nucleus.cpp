#include "wavefunction/jastrow_nucleus.hpp"

#include <utility>

namespace markhor {

ElectronNucleusJastrow::ElectronNucleusJastrow(const Molecule& molecule,
                                               std::vector<RadialJastrow> functions)
    : electrons_(molecule.electrons()) {
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    const auto& p = molecule.atoms[a].position;
    const double constant = functions[a].at_infinity();
    nuclei_.push_back({p[0], p[1], p[2], std::move(functions[a]), constant});
  }
}

// Scratch: the moved electron's value at its accepted position.
FactorStorage ElectronNucleusJastrow::storage() const { return {0, 1}; }

Lanes ElectronNucleusJastrow::row(const Lanes position[3], Lanes gradient[3]) const {
  Lanes value(0.0), gx = gradient[0], gy = gradient[1], gz = gradient[2];
  for (const Nucleus& nucleus : nuclei_) {
    const Lanes dx = position[0] - Lanes(nucleus.x), dy = position[1] - Lanes(nucleus.y),
                dz = position[2] - Lanes(nucleus.z);
    const Lanes r2 = dx * dx + dy * dy + dz * dz + Lanes(1e-30);
    const Lanes inverse_r = reciprocal_square_root(r2);
    const auto f =
        evaluate_radial<false>(nucleus.function, nucleus.constant, r2 * inverse_r, inverse_r);
    value += f.value;
    gx += f.slope * dx;
    gy += f.slope * dy;
    gz += f.slope * dz;
  }
  gradient[0] = gx;
  gradient[1] = gy;
  gradient[2] = gz;
  return value;
}

void ElectronNucleusJastrow::log_value(const TileView& tile, LogValue& value) const {
  Lanes unused[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  for (int e = 0; e < electrons_; ++e) value.logarithm += row(tile.positions + 3 * e, unused);
}

void ElectronNucleusJastrow::start_move(const TileView& tile, int electron,
                                        Lanes gradient[3]) const {
  tile.scratch[0] = row(tile.positions + 3 * electron, gradient);
}

void ElectronNucleusJastrow::propose(const TileView& tile, int, const Lanes position[3],
                                     MoveProposal& move) const {
  move.log_ratio += row(position, move.gradient) - tile.scratch[0];
}

void ElectronNucleusJastrow::derivatives(const TileView& tile, Lanes* gradient,
                                         Lanes* laplacian) const {
  for (int i = 0; i < electrons_; ++i) {
    const Lanes* position = tile.positions + 3 * i;
    for (const Nucleus& nucleus : nuclei_) {
      const Lanes d[3] = {position[0] - Lanes(nucleus.x), position[1] - Lanes(nucleus.y),
                          position[2] - Lanes(nucleus.z)};
      const Lanes r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + Lanes(1e-30);
      const Lanes inverse_r = reciprocal_square_root(r2);
      const auto f = evaluate_radial<true>(nucleus.function, 0.0, r2 * inverse_r, inverse_r);
      for (int k = 0; k < 3; ++k) gradient[3 * i + k] += f.slope * d[k];
      laplacian[i] += f.second + f.slope + f.slope;
    }
  }
}

}  // namespace markhor
