// The stages of a run, in their fixed order.
#pragma once

#include <iosfwd>

#include "app/checkpoints.hpp"
#include "app/run_record.hpp"
#include "app/settings.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// Runs the stages that the settings ask for. The root's record holds deck, molecule, basis and an
// imported wave function at the start and gains the result of each stage; after each the result
// file is rewritten. `out` gets the reports (the root's is the screen, the others' leads nowhere);
// `terminal` if it redraws lines. A run that goes on from a checkpoint has settings without the
// stages that are done (skip_to), and a record of what they found. Throws on every rank: RunEnd if
// a stage of the root fails or the run is stopped, CalculationError if one that all ranks share
// fails.
void run_stages(const Settings& settings, RunRecord& record, const Communicator& communicator,
                Checkpoints& checkpoints, std::ostream& out, bool terminal);

}  // namespace markhor
