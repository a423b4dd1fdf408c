// Configuration interaction as a table on the screen.
#pragma once

#include <iosfwd>

#include "app/run_record.hpp"

namespace markhor {

void report_ci(std::ostream& out, const CiRecord& record);

}  // namespace markhor
