// The SCF stage as a table on the screen.
#pragma once

#include <iosfwd>

#include "app/run_record.hpp"

namespace markhor {

void report_scf(std::ostream& out, const ScfRecord& record);

}  // namespace markhor
