// `markhor continue FILE`: goes on with a run from its result file alone.
#pragma once

#include <iosfwd>
#include <string>

#include "app/command_line.hpp"
#include "app/run_control.hpp"
#include "app/settings.hpp"
#include "io/hdf5_file.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// Every rank calls this; only the root reads and writes files. A finished run is no fault: it says
// so and returns. `terminal`: out redraws lines. Throws InputError for a file that is no run to go
// on with and for overrides that would change what has been done already; else as run_deck.
void continue_run(const Command& command, const StopSignals& signals,
                  const Communicator& communicator, std::ostream& out, bool terminal);

// Of the run that wrote the file.
Settings stored_settings(const Hdf5Reader& reader, const std::string& path);

}  // namespace markhor
