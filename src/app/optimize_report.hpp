// The optimization stage as a table on the screen.
#pragma once

#include <iosfwd>

#include "app/run_record.hpp"

namespace markhor {

// Title and head of the table, a line for each iteration, and what came out.
void report_optimize_start(std::ostream& out, const OptimizeRecord& record);
void report_iteration(std::ostream& out, const OptimizeIteration& iteration);
void report_optimize_end(std::ostream& out, const OptimizeRecord& record);

// All three.
void report_optimize(std::ostream& out, const OptimizeRecord& record);

}  // namespace markhor
