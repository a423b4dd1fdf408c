// Configuration interaction in the result file: /ci.
#pragma once

#include "app/run_record.hpp"
#include "io/hdf5_file.hpp"
#include "io/json.hpp"

namespace markhor {

void write_ci(Hdf5Writer& writer, const CiRecord& record);
CiRecord read_ci(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const CiRecord& record);

}  // namespace markhor
