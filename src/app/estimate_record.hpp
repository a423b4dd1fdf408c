// Estimates with their error bars in the result file and in JSON.
#pragma once

#include <string>
#include <vector>

#include "io/hdf5_file.hpp"
#include "io/json.hpp"
#include "montecarlo/vmc.hpp"

namespace markhor {

// The group `path` with value, error, autocorrelation time and whether the error is settled.
void write_estimate(Hdf5Writer& writer, const std::string& path, const Estimate& estimate,
                    const std::string& unit, const std::string& description);
Estimate read_estimate(const Hdf5Reader& reader, const std::string& path);

// group/estimates, by name with their traces, and group/estimate_names, in the order of the run.
void write_estimates(Hdf5Writer& writer, const std::string& group,
                     const std::vector<NamedEstimate>& estimates);
std::vector<NamedEstimate> read_estimates(const Hdf5Reader& reader, const std::string& group);
void write_json(JsonWriter& json, const std::vector<NamedEstimate>& estimates);

}  // namespace markhor
