#include "montecarlo/branching_energy.hpp"

#include <cmath>

#include "montecarlo/diffusion_move.hpp"
#include "montecarlo/nearest_nucleus.hpp"

namespace markhor {

namespace {

Lanes total_velocity_fraction(const Molecule& molecule, const Lanes* positions,
                              const LogDerivatives& derivatives, double time_step) {
  Lanes limited(1e-30), full(1e-30);
  for (std::size_t e = 0; e < derivatives.laplacian.size(); ++e) {
    const Lanes* v = derivatives.gradient.data() + 3 * e;
    const Lanes fraction = velocity_fraction(molecule, positions + 3 * e, v, time_step);
    const Lanes square = v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    full += square;
    limited += fraction * fraction * square;
  }
  return square_root(limited / full);
}

}  // namespace

Lanes branching_energy(EnergyCutoff cutoff, const Molecule& molecule, const Lanes* positions,
                       const LogDerivatives& derivatives, const Lanes& local_energy,
                       const Lanes* electron_energies, const BranchingReference& reference,
                       double time_step) {
  const Lanes mean(reference.energy), deviation = local_energy - mean;
  if (cutoff == EnergyCutoff::unr) {
    return mean + deviation * total_velocity_fraction(molecule, positions, derivatives, time_step);
  }
  const std::size_t electrons = derivatives.laplacian.size();
  if (cutoff == EnergyCutoff::zen) {
    const Lanes most(0.2 * std::sqrt(static_cast<double>(electrons) / time_step));
    return mean + minimum(maximum(deviation, -most), most);
  }
  Lanes sum = local_energy;
  for (std::size_t e = 0; e < electrons; ++e) {
    const Lanes fraction = velocity_fraction(molecule, positions + 3 * e,
                                             derivatives.gradient.data() + 3 * e, time_step);
    const Lanes index = nearest_nucleus(molecule, positions + 3 * e).index;
    Lanes share(0.0);
    for (std::size_t a = 0; a < reference.nuclei.size(); ++a) {
      share = select(is_index(index, a), Lanes(reference.nuclei[a]), share);
    }
    sum -= (Lanes(1.0) - fraction) * (electron_energies[e] - share);
  }
  return sum;
}

}  // namespace markhor
