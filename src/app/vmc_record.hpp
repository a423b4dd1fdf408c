// The VMC stage in the result file: /vmc.
#pragma once

#include "io/hdf5_file.hpp"
#include "io/json.hpp"
#include "montecarlo/vmc.hpp"

namespace markhor {

void write_vmc(Hdf5Writer& writer, const VmcResult& result);
VmcResult read_vmc(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const VmcResult& result);

}  // namespace markhor
