// The result file of a run.
#pragma once

#include <functional>
#include <string>

#include "app/run_record.hpp"
#include "io/hdf5_file.hpp"

namespace markhor {

inline constexpr int schema_version = 1;

using StateWriter = std::function<void(Hdf5Writer&)>;

// Writes everything the record holds, and with it the state of the stage that is under way; the
// file is replaced as a whole, so that it is complete at any time. Called after every stage: a
// later failure keeps what earlier stages found. Throws CalculationError if the disk refuses.
void write_output(const RunRecord& record, const std::string& path,
                  const StateWriter& write_state = {});

// What write_output wrote, but for the checkpoint. path: the file's, for messages.
RunRecord read_output(const Hdf5Reader& reader, const std::string& path);

}  // namespace markhor
