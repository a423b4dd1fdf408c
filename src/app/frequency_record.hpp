// Harmonic frequencies in the result file, /saddle/frequencies, in JSON and on the screen.
#pragma once

#include <iosfwd>
#include <optional>

#include "io/hdf5_file.hpp"
#include "io/json.hpp"
#include "saddle/frequencies.hpp"

namespace markhor {

void write_frequencies(Hdf5Writer& writer, const Frequencies& frequencies);
// Nothing if the file has none.
std::optional<Frequencies> read_frequencies(const Hdf5Reader& reader);
void write_json(JsonWriter& json, const Frequencies& frequencies);
void report_frequencies(std::ostream& out, const Frequencies& frequencies);

}  // namespace markhor
