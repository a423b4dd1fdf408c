// The SCF stage in the result file: /scf and /orbitals.
#pragma once

#include "app/run_record.hpp"
#include "io/hdf5_file.hpp"
#include "io/json.hpp"

namespace markhor {

// Of a calculation that did not converge only its course is kept: no energy, no orbitals.
void write_scf(Hdf5Writer& writer, const ScfRecord& record);
ScfRecord read_scf(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const ScfRecord& record);

}  // namespace markhor
