// The DMC stage in the result file: /dmc, with a group /dmc/time_steps/0, 1, ... for each time
// step.
#pragma once

#include "io/hdf5_file.hpp"
#include "io/json.hpp"
#include "montecarlo/dmc.hpp"

namespace markhor {

void write_dmc(Hdf5Writer& writer, const DmcResult& result);
DmcResult read_dmc(const Hdf5Reader& reader);
// group/0, group/1, ...
void write_time_steps(Hdf5Writer& writer, const std::string& group,
                      const std::vector<DmcTimeStep>& time_steps);
std::vector<DmcTimeStep> read_time_steps(const Hdf5Reader& reader, const std::string& group);
void write_json(JsonWriter& json, const DmcResult& result);

}  // namespace markhor
