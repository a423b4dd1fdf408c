// What an optimization works on, from the root to all ranks.
#pragma once

#include "optimize/optimize.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// The root's trial wave function, on every rank.
void broadcast_trial(TrialWaveFunction& trial, const Communicator& communicator);

// The root's state on every rank, but for the walkers, which only the root's keeps.
void broadcast_state(OptimizeState& state, const Communicator& communicator);

}  // namespace markhor
