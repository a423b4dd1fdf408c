#include "montecarlo/diffusion_sweep.hpp"

#include "montecarlo/diffusion_move.hpp"

namespace markhor {

namespace {

constexpr double patience = 50.0;  // rejections in a row

[[gnu::always_inline]] inline Lanes persistence_factor(const Lanes& age) {
  const Lanes excess = age - Lanes(patience);
  if (!any(excess > Lanes(0.0))) return Lanes(1.0);
  constexpr double log_of_1_1 = 0.09531017980432493;
  return exponential(Lanes(log_of_1_1) * maximum(excess, Lanes(0.0)));
}

Lanes squared_distance(const Lanes a[3], const Lanes b[3]) {
  Lanes square(0.0);
  for (int d = 0; d < 3; ++d) square += (a[d] - b[d]) * (a[d] - b[d]);
  return square;
}

}  // namespace

DiffusionTally diffusion_sweep(const WaveFunction& wave_function, const Molecule& molecule,
                               Tile& tile, WaveFunctionScratch& scratch, const RandomKey& key,
                               std::uint64_t step, double time_step, Lanes* ages) {
  const Lanes zero(0.0), one(1.0);
  DiffusionTally tally{zero, zero, zero, zero};
  for (int e = 0; e < wave_function.electrons(); ++e) {
    const Lanes* old = tile.positions() + 3 * e;
    Lanes velocity[3];
    wave_function.start_move(tile, scratch, e, velocity);
    const DiffusionPlan forward = plan_diffusion(molecule, old, velocity, time_step);
    const DiffusionProposal proposal =
        propose_diffusion(forward, key, tile.walkers, step, e, time_step);
    const Lanes* fresh = proposal.position;
    const MoveProposal move = wave_function.propose(tile, scratch, e, fresh);
    const DiffusionPlan backward = plan_diffusion(molecule, fresh, move.gradient, time_step);
    const Lanes densities =
        diffusion_density(backward, old, time_step) / diffusion_density(forward, fresh, time_step);
    const Lanes raw = move.ratio * move.ratio * exponential(move.log_ratio + move.log_ratio) *
                      densities * persistence_factor(ages[e]);
    // Comparisons with NaN are false: a NaN is neither kept nor accepted.
    const LaneMask kept = (move.ratio > zero) & (move.ratio < Lanes(1e100)) & (raw > zero);
    const Lanes probability = select(kept, minimum(raw, one), zero);
    const LaneMask accepted = proposal.test < probability;
    wave_function.finish_move(tile, scratch, e, fresh, accepted);
    ages[e] = select(accepted, zero, ages[e] + one);
    const Lanes square = squared_distance(fresh, forward.drifted);
    tally.accepted_square += probability * square;
    tally.proposed_square += square;
    tally.accepted += select(accepted, one, zero);
    tally.crossings += select(move.ratio < zero, one, zero);
  }
  return tally;
}

}  // namespace markhor
