// A saddle search in the result file, /saddle, and in JSON.
#pragma once

#include "app/run_record.hpp"
#include "io/hdf5_file.hpp"
#include "io/json.hpp"

namespace markhor {

void write_saddle(Hdf5Writer& writer, const SaddleRecord& record);
SaddleRecord read_saddle(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const SaddleRecord& record);

// The record of calls under a group of its own, such as "/saddle/calls". None: an empty group.
void write_calls(Hdf5Writer& writer, const std::string& group,
                 const std::vector<SurfaceCall>& calls);
std::vector<SurfaceCall> read_calls(const Hdf5Reader& reader, const std::string& group);

}  // namespace markhor
