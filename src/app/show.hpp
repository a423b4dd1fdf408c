// `markhor show`: the results in a file, as tables or as JSON.
#pragma once

#include <iosfwd>
#include <string>

namespace markhor {

// Throws InputError for a file that is not a result file.
void show(std::ostream& out, const std::string& path);

// The stable machine interface: {"schema_version":.., "scf":{"energy":..}, "vmc":{"energy":..,
// "energy_error":.., "variance":..}}; a stage that did not run has no member. Hartree atomic units.
void show_json(std::ostream& out, const std::string& path);

}  // namespace markhor
