// `markhor DECK` and `markhor check DECK`.
#pragma once

#include <iosfwd>

#include "app/command_line.hpp"
#include "app/run_control.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// Every rank calls this; only the root reads and writes files. `terminal`: out redraws lines.
// Throws InputError, CalculationError, or RunEnd, see root_section.hpp.
void run_deck(const Command& command, const StopSignals& signals, const Communicator& communicator,
              std::ostream& out, bool terminal);

// Everything short of running: throws InputError with every fault that a run would meet.
void check_deck(const Command& command, std::ostream& out);

}  // namespace markhor
