#include "wavefunction/jastrow_nucleus.hpp"

#include <utility>

namespace markhor {

namespace {
constexpr std::size_t components = 5;
}

ElectronNucleusJastrow::ElectronNucleusJastrow(const Molecule& molecule,
                                               std::vector<RadialJastrow> functions,
                                               const std::vector<int>& classes)
    : electrons_(molecule.electrons()) {
  std::vector<std::size_t> first_of_class;
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    const auto& p = molecule.atoms[a].position;
    const double constant = functions[a].at_infinity();
    std::size_t first = 0;
    if (!classes.empty()) {
      const auto c = static_cast<std::size_t>(classes[a]);
      if (c == first_of_class.size()) {
        first_of_class.push_back(parameters_);
        parameters_ += functions[a].polynomial.size();
      }
      first = first_of_class[c];
    }
    nuclei_.push_back({p[0], p[1], p[2], std::move(functions[a]), constant, first});
  }
}

// Scratch: the same five numbers at the proposed position.
FactorStorage ElectronNucleusJastrow::storage() const {
  return {components * static_cast<std::size_t>(electrons_), components};
}

void ElectronNucleusJastrow::sum_over_nuclei(const Lanes position[3], Lanes result[5]) const {
  Lanes value(0.0), gx(0.0), gy(0.0), gz(0.0), laplacian(0.0);
  for (const Nucleus& nucleus : nuclei_) {
    const Lanes dx = position[0] - Lanes(nucleus.x), dy = position[1] - Lanes(nucleus.y),
                dz = position[2] - Lanes(nucleus.z);
    const Lanes r2 = dx * dx + dy * dy + dz * dz + Lanes(1e-30);
    const Lanes inverse_r = reciprocal_square_root(r2);
    const auto f =
        evaluate_radial<true>(nucleus.function, nucleus.constant, r2 * inverse_r, inverse_r);
    value += f.value;
    gx += f.slope * dx;
    gy += f.slope * dy;
    gz += f.slope * dz;
    laplacian += f.second + f.slope + f.slope;
  }
  result[0] = value;
  result[1] = gx;
  result[2] = gy;
  result[3] = gz;
  result[4] = laplacian;
}

double ElectronNucleusJastrow::rebuild(const TileView& tile) const {
  for (int e = 0; e < electrons_; ++e) {
    sum_over_nuclei(tile.positions + 3 * e, tile.state + components * static_cast<std::size_t>(e));
  }
  return 0.0;  // a function of the positions alone: nothing accumulates
}

void ElectronNucleusJastrow::log_value(const TileView& tile, LogValue& value) const {
  const Lanes* own = tile.state;
  for (int e = 0; e < electrons_; ++e, own += components) value.logarithm += own[0];
}

void ElectronNucleusJastrow::start_move(const TileView& tile, int electron,
                                        Lanes gradient[3]) const {
  const Lanes* own = tile.state + components * static_cast<std::size_t>(electron);
  for (int k = 0; k < 3; ++k) gradient[k] += own[1 + k];
}

void ElectronNucleusJastrow::propose(const TileView& tile, int electron, const Lanes position[3],
                                     MoveProposal& move) const {
  sum_over_nuclei(position, tile.scratch);
  move.log_ratio += tile.scratch[0] - tile.state[components * static_cast<std::size_t>(electron)];
  for (int k = 0; k < 3; ++k) move.gradient[k] += tile.scratch[1 + k];
}

void ElectronNucleusJastrow::finish_move(const TileView& tile, int electron, const Lanes*,
                                         const LaneMask& accepted) const {
  Lanes* own = tile.state + components * static_cast<std::size_t>(electron);
  for (std::size_t i = 0; i < components; ++i) own[i] = select(accepted, tile.scratch[i], own[i]);
}

void ElectronNucleusJastrow::derivatives(const TileView& tile, Lanes* gradient,
                                         Lanes* laplacian) const {
  const Lanes* own = tile.state;
  for (int e = 0; e < electrons_; ++e, own += components) {
    for (int k = 0; k < 3; ++k) gradient[3 * e + k] += own[1 + k];
    laplacian[e] += own[4];
  }
}

void ElectronNucleusJastrow::parameter_derivatives(const TileView& tile, const Lanes* g,
                                                   Lanes* log_derivative,
                                                   Lanes* energy_derivative) const {
  if (parameters_ == 0) return;
  for (std::size_t p = 0; p < parameters_; ++p) log_derivative[p] = energy_derivative[p] = 0.0;
  for (int e = 0; e < electrons_; ++e, g += 3) {
    const Lanes* position = tile.positions + 3 * e;
    for (const Nucleus& nucleus : nuclei_) {
      const Lanes dx = position[0] - Lanes(nucleus.x), dy = position[1] - Lanes(nucleus.y),
                  dz = position[2] - Lanes(nucleus.z);
      const Lanes r2 = dx * dx + dy * dy + dz * dz + Lanes(1e-30);
      const Lanes inverse_r = reciprocal_square_root(r2);
      const double kappa = nucleus.function.kappa;
      add_power_derivatives(
          radial_point(kappa, r2 * inverse_r, inverse_r), kappa, nucleus.function.polynomial.size(),
          -0.5, -(g[0] * dx + g[1] * dy + g[2] * dz), log_derivative + nucleus.first_parameter,
          energy_derivative + nucleus.first_parameter);
    }
  }
}

}  // namespace markhor
