// The stage [saddle]: surface, search, records.
#pragma once

#include <iosfwd>

#include "app/checkpoints.hpp"
#include "app/run_record.hpp"
#include "app/settings.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// On every rank; the root searches. A search that does not converge is recorded, then ends the run.
void run_saddle_stage(const Settings& settings, RunRecord& record, const Communicator& communicator,
                      Checkpoints& checkpoints, std::ostream& out);

}  // namespace markhor
