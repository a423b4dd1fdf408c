// The paths down from a saddle point in the result file, /saddle/descent_1 and _2, and in JSON.
#pragma once

#include <vector>

#include "io/hdf5_file.hpp"
#include "io/json.hpp"
#include "saddle/descent.hpp"

namespace markhor {

void write_descents(Hdf5Writer& writer, const std::vector<Descent>& descents);
std::vector<Descent> read_descents(const Hdf5Reader& reader);
// saddle_energy: Hartree.
void write_json(JsonWriter& json, const std::vector<Descent>& descents, double saddle_energy);

}  // namespace markhor
