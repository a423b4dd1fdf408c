// The root's trial wave function, sent to every rank.
#pragma once

#include "parallel/communicator.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

// Every rank must call this; `trial` matters on the root, the others' is overwritten. All ranks end
// with the same bits.
void broadcast_trial(TrialWaveFunction& trial, const Communicator& communicator);

}  // namespace markhor
