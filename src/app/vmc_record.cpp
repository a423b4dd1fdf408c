#include "app/vmc_record.hpp"

#include "app/estimate_record.hpp"

namespace markhor {

namespace {

// A whole-number or real member of VmcResult and its place in the file.
struct IntegerField {
  const char* name;
  std::int64_t VmcResult::*member;
  const char* description;
};
struct RealField {
  const char* name;
  double VmcResult::*member;
  const char *unit, *description;
};

constexpr IntegerField integer_fields[] = {
    {"steps", &VmcResult::steps, "measured sweeps"},
    {"tuning_steps", &VmcResult::tuning_steps, "sweeps spent on the time step"},
    {"equilibration_steps", &VmcResult::equilibration_steps, "sweeps dropped after the tuning"},
    {"detected_transient", &VmcResult::detected_transient,
     "of the dropped sweeps, those detected as the initial transient"},
};

constexpr RealField real_fields[] = {
    {"nucleus_nucleus", &VmcResult::nucleus_nucleus, "hartree",
     "repulsion of the nuclei, part of the local energy"},
    {"time_step", &VmcResult::time_step, "1/hartree", "time step; 0 for accelerated moves"},
    {"acceptance", &VmcResult::acceptance, "1", "fraction of accepted moves while measuring"},
    {"inverse_drift", &VmcResult::inverse_drift, "1",
     "largest error of an updated inverse matrix met at a rebuild"},
    {"seconds", &VmcResult::seconds, "s", "wall time of the measurement"},
    {"walker_steps_per_second", &VmcResult::walker_steps_per_second, "1/s",
     "measured walker-steps per second, all ranks"},
};

void write_blocking(Hdf5Writer& writer, const std::vector<BlockingLevel>& levels) {
  std::vector<std::int64_t> lengths, blocks;
  std::vector<double> errors, errors_of_errors;
  for (const BlockingLevel& level : levels) {
    lengths.push_back(level.block_length);
    blocks.push_back(level.blocks);
    errors.push_back(level.error);
    errors_of_errors.push_back(level.error_of_error);
  }
  writer.group("/vmc/blocking", "Error bar of the energy against the length of the blocks");
  writer.write_integers("/vmc/blocking/block_length", lengths, {"sweeps", "length of a block"});
  writer.write_integers("/vmc/blocking/blocks", blocks, {"1", "number of blocks"});
  writer.write_reals("/vmc/blocking/error", errors, {"hartree", "standard error of the energy"});
  writer.write_reals("/vmc/blocking/error_of_error", errors_of_errors,
                     {"hartree", "standard error of that error"});
}

std::vector<BlockingLevel> read_blocking(const Hdf5Reader& reader) {
  const auto lengths = reader.read_integers("/vmc/blocking/block_length");
  const auto blocks = reader.read_integers("/vmc/blocking/blocks");
  const auto errors = reader.read_reals("/vmc/blocking/error");
  const auto errors_of_errors = reader.read_reals("/vmc/blocking/error_of_error");
  std::vector<BlockingLevel> levels;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    levels.push_back({lengths[i], blocks.at(i), errors.at(i), errors_of_errors.at(i)});
  }
  return levels;
}

void write_histogram(Hdf5Writer& writer, const Histogram& histogram) {
  writer.group("/vmc/histogram",
               "Local energies in equal bins; the end bins hold everything beyond as well");
  writer.write_real("/vmc/histogram/low", histogram.low, {"hartree", "lower end"});
  writer.write_real("/vmc/histogram/high", histogram.high, {"hartree", "upper end"});
  writer.write_integers("/vmc/histogram/counts", histogram.counts, {"1", "local energies"});
}

}  // namespace

void write_vmc(Hdf5Writer& writer, const VmcResult& result) {
  writer.group("/vmc", "Variational Monte Carlo");
  writer.write_text("/vmc/status", result.status, {"", "what ended the run"});
  writer.write_integer("/vmc/reached_target", result.reached_target,
                       {"1", "0 if a target error was asked for and not reached"});
  writer.write_integer("/vmc/equilibrated", result.equilibrated,
                       {"1", "0 if no end of the initial transient was seen"});
  write_estimate(writer, "/vmc/energy", result.energy, "hartree", "energy");
  write_estimate(writer, "/vmc/variance", result.variance, "hartree^2",
                 "variance of the local energy");
  writer.write_integer("/vmc/walkers", result.walkers, {"1", "walkers over all ranks"});
  for (const IntegerField& field : integer_fields) {
    writer.write_integer(std::string("/vmc/") + field.name, result.*field.member,
                         {"sweeps", field.description});
  }
  for (const RealField& field : real_fields) {
    writer.write_real(std::string("/vmc/") + field.name, result.*field.member,
                      {field.unit, field.description});
  }
  write_estimates(writer, "/vmc", result.estimates);
  write_blocking(writer, result.blocking);
  write_histogram(writer, result.histogram);
}

VmcResult read_vmc(const Hdf5Reader& reader) {
  VmcResult result;
  result.status = reader.read_text("/vmc/status");
  result.reached_target = reader.read_integer("/vmc/reached_target") != 0;
  result.equilibrated = reader.read_integer("/vmc/equilibrated") != 0;
  result.energy = read_estimate(reader, "/vmc/energy");
  result.variance = read_estimate(reader, "/vmc/variance");
  result.walkers = static_cast<int>(reader.read_integer("/vmc/walkers"));
  for (const IntegerField& field : integer_fields) {
    result.*field.member = reader.read_integer(std::string("/vmc/") + field.name);
  }
  for (const RealField& field : real_fields) {
    result.*field.member = reader.read_real(std::string("/vmc/") + field.name);
  }
  result.estimates = read_estimates(reader, "/vmc");
  result.blocking = read_blocking(reader);
  result.histogram.low = reader.read_real("/vmc/histogram/low");
  result.histogram.high = reader.read_real("/vmc/histogram/high");
  result.histogram.counts = reader.read_integers("/vmc/histogram/counts");
  return result;
}

void write_json(JsonWriter& json, const VmcResult& result) {
  json.begin_object("vmc");
  json.value("status", result.status);
  json.value("reached_target", result.reached_target);
  json.value("equilibrated", result.equilibrated);
  json.value("energy", result.energy.value);
  json.value("energy_error", result.energy.error);
  json.value("energy_error_settled", result.energy.settled);
  json.value("autocorrelation_time", result.energy.autocorrelation_time);
  json.value("variance", result.variance.value);
  json.value("variance_error", result.variance.error);
  json.value("walkers", result.walkers);
  for (const IntegerField& field : integer_fields) json.value(field.name, result.*field.member);
  for (const RealField& field : real_fields) json.value(field.name, result.*field.member);
  write_json(json, result.estimates);
  json.end_object();
}

}  // namespace markhor
