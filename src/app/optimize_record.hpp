// The optimization stage in the result file: /optimize.
#pragma once

#include "app/run_record.hpp"
#include "io/hdf5_file.hpp"
#include "io/json.hpp"

namespace markhor {

// Of an optimization that has not finished only its iterations are kept.
void write_optimize(Hdf5Writer& writer, const OptimizeRecord& record);
OptimizeRecord read_optimize(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const OptimizeRecord& record);

}  // namespace markhor
