#include "app/dmc_record.hpp"

#include "app/estimate_record.hpp"

namespace markhor {

namespace {

// A member of DmcTimeStep and its place in the file.
struct IntegerField {
  const char* name;
  std::int64_t DmcTimeStep::*member;
  const char *unit, *description;
};
struct RealField {
  const char* name;
  double DmcTimeStep::*member;
  const char *unit, *description;
};
struct EstimateField {
  const char* name;
  Estimate DmcTimeStep::*member;
  const char *unit, *description;
};
struct SeriesField {
  const char* name;
  std::vector<double> DmcTimeStep::*member;
  const char* description;
};

constexpr IntegerField integer_fields[] = {
    {"steps", &DmcTimeStep::steps, "generations", "measured generations"},
    {"equilibration_steps", &DmcTimeStep::equilibration_steps, "generations",
     "generations dropped before the measurement"},
    {"detected_transient", &DmcTimeStep::detected_transient, "generations",
     "of the dropped generations, those detected as the initial transient"},
    {"fewest_walkers", &DmcTimeStep::fewest_walkers, "1", "smallest number of walkers"},
    {"most_walkers", &DmcTimeStep::most_walkers, "1", "largest number of walkers"},
};

constexpr RealField real_fields[] = {
    {"time_step", &DmcTimeStep::time_step, "1/hartree", "time step of the moves"},
    {"effective_time_step", &DmcTimeStep::effective_time_step, "1/hartree",
     "time step of the weights: that of the moves times the accepted part of the diffusion"},
    {"trial_energy", &DmcTimeStep::trial_energy, "hartree", "trial energy while measuring"},
    {"acceptance", &DmcTimeStep::acceptance, "1", "fraction of accepted moves"},
    {"crossings", &DmcTimeStep::crossings, "1",
     "fraction of the moves that would have crossed a node, all rejected"},
    {"mean_walkers", &DmcTimeStep::mean_walkers, "1", "mean number of walkers"},
    {"inverse_drift", &DmcTimeStep::inverse_drift, "1",
     "largest error of an updated inverse matrix met at a rebuild"},
    {"seconds", &DmcTimeStep::seconds, "s", "wall time of the measurement"},
    {"walker_steps_per_second", &DmcTimeStep::walker_steps_per_second, "1/s",
     "measured walker-steps per second, all ranks"},
};

constexpr EstimateField estimate_fields[] = {
    {"energy", &DmcTimeStep::energy, "hartree", "energy, population control undone"},
    {"controlled_energy", &DmcTimeStep::controlled_energy, "hartree",
     "energy with the weights as population control left them"},
    {"growth_energy", &DmcTimeStep::growth_energy, "hartree",
     "energy from the growth of the total weight"},
    {"variance", &DmcTimeStep::variance, "hartree^2", "variance of the local energy"},
};

constexpr SeriesField series_fields[] = {
    {"weights", &DmcTimeStep::weights, "total weight, one value a generation"},
    {"populations", &DmcTimeStep::populations, "number of walkers, one value a generation"},
};

void write_time_step(Hdf5Writer& writer, const std::string& path, const DmcTimeStep& t) {
  writer.group(path, "One time step");
  writer.write_text(path + "/status", t.status, {"", "what ended it"});
  writer.write_integer(path + "/reached_target", t.reached_target,
                       {"1", "0 if a target error was asked for and not reached"});
  writer.write_integer(path + "/equilibrated", t.equilibrated,
                       {"1", "0 if no end of the initial transient was seen"});
  for (const EstimateField& f : estimate_fields) {
    write_estimate(writer, path + "/" + f.name, t.*f.member, f.unit, f.description);
  }
  for (const IntegerField& f : integer_fields) {
    writer.write_integer(path + "/" + f.name, t.*f.member, {f.unit, f.description});
  }
  for (const RealField& f : real_fields) {
    writer.write_real(path + "/" + f.name, t.*f.member, {f.unit, f.description});
  }
  for (const SeriesField& f : series_fields) {
    writer.write_reals(path + "/" + f.name, t.*f.member, {"1", f.description});
  }
  write_estimates(writer, path, t.estimates);
}

DmcTimeStep read_time_step(const Hdf5Reader& reader, const std::string& path) {
  DmcTimeStep t;
  t.status = reader.read_text(path + "/status");
  t.reached_target = reader.read_integer(path + "/reached_target") != 0;
  t.equilibrated = reader.read_integer(path + "/equilibrated") != 0;
  for (const EstimateField& f : estimate_fields) {
    t.*f.member = read_estimate(reader, path + "/" + f.name);
  }
  for (const IntegerField& f : integer_fields) {
    t.*f.member = reader.read_integer(path + "/" + f.name);
  }
  for (const RealField& f : real_fields) t.*f.member = reader.read_real(path + "/" + f.name);
  for (const SeriesField& f : series_fields) t.*f.member = reader.read_reals(path + "/" + f.name);
  t.estimates = read_estimates(reader, path);
  return t;
}

void write_extrapolation(Hdf5Writer& writer, const Extrapolation& fit) {
  const std::string path = "/dmc/extrapolation";
  writer.group(path, "Weighted least-squares polynomial of the energy in the time step");
  writer.write_integer(path + "/degree", fit.degree, {"1", "degree of the polynomial"});
  writer.write_reals(path + "/coefficients", fit.coefficients,
                     {"hartree^(k + 1)", "coefficient of the k-th power of the time step"});
  writer.write_real(path + "/chi_squared", fit.chi_squared, {"1", "chi squared of the fit"});
  writer.write_integer(path + "/degrees_of_freedom", fit.degrees_of_freedom,
                       {"1", "time steps less coefficients"});
  writer.write_real(path + "/probability", fit.probability,
                    {"1", "of a chi squared at least this large if the polynomial is right"});
}

Extrapolation read_extrapolation(const Hdf5Reader& reader, const Estimate& energy) {
  const std::string path = "/dmc/extrapolation";
  Extrapolation fit;
  fit.energy = energy;
  fit.degree = static_cast<int>(reader.read_integer(path + "/degree"));
  fit.coefficients = reader.read_reals(path + "/coefficients");
  fit.chi_squared = reader.read_real(path + "/chi_squared");
  fit.degrees_of_freedom = static_cast<int>(reader.read_integer(path + "/degrees_of_freedom"));
  fit.probability = reader.read_real(path + "/probability");
  return fit;
}

}  // namespace

void write_time_steps(Hdf5Writer& writer, const std::string& group,
                      const std::vector<DmcTimeStep>& time_steps) {
  writer.group(group, "Results at each time step, in the order of the run");
  for (std::size_t i = 0; i < time_steps.size(); ++i) {
    write_time_step(writer, group + "/" + std::to_string(i), time_steps[i]);
  }
}

std::vector<DmcTimeStep> read_time_steps(const Hdf5Reader& reader, const std::string& group) {
  std::vector<DmcTimeStep> time_steps;
  while (reader.has(group + "/" + std::to_string(time_steps.size()))) {
    time_steps.push_back(read_time_step(reader, group + "/" + std::to_string(time_steps.size())));
  }
  return time_steps;
}

void write_dmc(Hdf5Writer& writer, const DmcResult& result) {
  writer.group("/dmc", "Fixed-node diffusion Monte Carlo");
  writer.write_text("/dmc/status", result.status, {"", "what ended the run"});
  write_estimate(writer, "/dmc/energy", result.energy, "hartree",
                 "energy; extrapolated to time step zero where there are several");
  writer.write_integer("/dmc/walkers", result.walkers, {"1", "target number of walkers"});
  writer.write_integer("/dmc/cells", result.cells, {"1", "cells that the walkers branch in"});
  writer.write_integer("/dmc/walkers_moved", result.walkers_moved,
                       {"1", "walkers handed on between cells"});
  if (result.extrapolation) write_extrapolation(writer, *result.extrapolation);
  write_time_steps(writer, "/dmc/time_steps", result.time_steps);
}

DmcResult read_dmc(const Hdf5Reader& reader) {
  DmcResult result;
  result.status = reader.read_text("/dmc/status");
  result.energy = read_estimate(reader, "/dmc/energy");
  result.walkers = static_cast<int>(reader.read_integer("/dmc/walkers"));
  result.cells = reader.read_integer("/dmc/cells");
  result.walkers_moved = reader.read_integer("/dmc/walkers_moved");
  if (reader.has("/dmc/extrapolation")) {
    result.extrapolation = read_extrapolation(reader, result.energy);
  }
  result.time_steps = read_time_steps(reader, "/dmc/time_steps");
  return result;
}

void write_json(JsonWriter& json, const DmcResult& result) {
  json.begin_object("dmc");
  json.value("status", result.status);
  json.value("energy", result.energy.value);
  json.value("energy_error", result.energy.error);
  json.value("energy_error_settled", result.energy.settled);
  json.value("walkers", result.walkers);
  json.value("walkers_moved", result.walkers_moved);
  if (result.extrapolation) {
    json.begin_object("extrapolation");
    json.value("degree", result.extrapolation->degree);
    json.value("chi_squared", result.extrapolation->chi_squared);
    json.value("degrees_of_freedom", result.extrapolation->degrees_of_freedom);
    json.value("probability", result.extrapolation->probability);
    json.end_object();
  }
  json.begin_array("time_steps");
  for (const DmcTimeStep& t : result.time_steps) {
    json.begin_object();
    json.value("status", t.status);
    for (const EstimateField& f : estimate_fields) {
      json.value(f.name, (t.*f.member).value);
      json.value(std::string(f.name) + "_error", (t.*f.member).error);
    }
    json.value("autocorrelation_time", t.energy.autocorrelation_time);
    for (const IntegerField& f : integer_fields) json.value(f.name, t.*f.member);
    for (const RealField& f : real_fields) json.value(f.name, t.*f.member);
    write_json(json, t.estimates);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace markhor
