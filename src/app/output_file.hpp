// The result file of a run.
#pragma once

#include <string>

#include "app/run_record.hpp"

namespace markhor {

inline constexpr int schema_version = 1;

// Writes everything the record holds; the file is replaced as a whole, so that it is complete at
// any time. Called after every stage: a later failure keeps what earlier stages found.
void write_output(const RunRecord& record, const std::string& path);

}  // namespace markhor
