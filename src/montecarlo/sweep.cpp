#include "montecarlo/sweep.hpp"

#include <bit>

#include "montecarlo/accelerated_move.hpp"
#include "montecarlo/drift.hpp"

namespace markhor {

namespace {

// The Metropolis test, written so that NaN rejects: a comparison with NaN is false. A ratio of zero
// gives probability zero, so a zero of the wave function never becomes current; an infinite one
// (an underflow of the current value) is refused too.
[[gnu::always_inline]] inline LaneMask accept(const Lanes& uniform, const Lanes& probability,
                                              const Lanes& ratio) {
  return (uniform < probability) & (absolute(ratio) < Lanes(1e100));
}

void count(const LaneMask& accepted, MoveCounts& counts) {
  counts.accepted += std::popcount(mask_bits(accepted));
  counts.proposed += lane_count;
}

}  // namespace

void drift_sweep(const WaveFunction& wave_function, Tile& tile, WaveFunctionScratch& scratch,
                 const RandomKey& key, std::uint64_t step, double time_step, MoveCounts& counts) {
  const Lanes tau(time_step), root_tau = square_root(tau), inverse_tau(1.0 / time_step);
  for (int e = 0; e < wave_function.electrons(); ++e) {
    const Lanes* old = tile.positions() + 3 * e;
    Lanes velocity[3], fresh[3];
    wave_function.start_move(tile, scratch, e, velocity);
    const MoveNumbers random = move_numbers(key, tile.walkers, step, e);
    const Lanes forward = drift_limit(velocity, tau) * tau;
    for (int d = 0; d < 3; ++d) {
      fresh[d] = old[d] + forward * velocity[d] + root_tau * random.normal[d];
    }
    const MoveProposal move = wave_function.propose(tile, scratch, e, fresh);
    const Lanes backward = drift_limit(move.gradient, tau) * tau;
    Lanes forward_square(0.0), backward_square(0.0);
    for (int d = 0; d < 3; ++d) {
      const Lanes back = old[d] - fresh[d] - backward * move.gradient[d];
      forward_square += random.normal[d] * random.normal[d];
      backward_square += back * back;
    }
    // ln[G(r<-r')/G(r'<-r)] + 2 ln(Jastrow ratio)
    const Lanes exponent = Lanes(0.5) * (forward_square - backward_square * inverse_tau) +
                           move.log_ratio + move.log_ratio;
    const LaneMask accepted =
        accept(random.uniform, move.ratio * move.ratio * exponential(exponent), move.ratio);
    wave_function.finish_move(tile, scratch, e, fresh, accepted);
    count(accepted, counts);
  }
}

void accelerated_sweep(const WaveFunction& wave_function, const Molecule& molecule, Tile& tile,
                       WaveFunctionScratch& scratch, const RandomKey& key, std::uint64_t step,
                       double radial_spread, MoveCounts& counts) {
  for (int e = 0; e < wave_function.electrons(); ++e) {
    const Lanes* old = tile.positions() + 3 * e;
    Lanes velocity[3];
    wave_function.start_move(tile, scratch, e, velocity);
    const AcceleratedProposal proposal =
        propose_accelerated(molecule, old, velocity, {key, tile.walkers, step, e}, radial_spread);
    const MoveProposal move = wave_function.propose(tile, scratch, e, proposal.position);
    const Lanes density_ratio =
        reverse_density(molecule, old, proposal.position, move.gradient, radial_spread) /
        proposal.density;
    const Lanes probability =
        move.ratio * move.ratio * exponential(move.log_ratio + move.log_ratio) * density_ratio;
    const LaneMask accepted = accept(proposal.test, probability, move.ratio) & proposal.valid;
    wave_function.finish_move(tile, scratch, e, proposal.position, accepted);
    count(accepted, counts);
  }
}

}  // namespace markhor
