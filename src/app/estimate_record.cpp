#include "app/estimate_record.hpp"

namespace markhor {

void write_estimate(Hdf5Writer& writer, const std::string& path, const Estimate& estimate,
                    const std::string& unit, const std::string& description) {
  writer.group(path, description);
  writer.write_real(path + "/value", estimate.value, {unit, description});
  writer.write_real(path + "/error", estimate.error, {unit, "one standard error"});
  writer.write_real(path + "/autocorrelation_time", estimate.autocorrelation_time,
                    {"sweeps", "integrated autocorrelation time"});
  writer.write_integer(path + "/settled", estimate.settled,
                       {"1", "1 if the series is long enough for its error bar, else 0"});
}

Estimate read_estimate(const Hdf5Reader& reader, const std::string& path) {
  Estimate estimate;
  estimate.value = reader.read_real(path + "/value");
  estimate.error = reader.read_real(path + "/error");
  estimate.autocorrelation_time = reader.read_real(path + "/autocorrelation_time");
  estimate.settled = reader.read_integer(path + "/settled") != 0;
  return estimate;
}

void write_estimates(Hdf5Writer& writer, const std::string& group,
                     const std::vector<NamedEstimate>& estimates) {
  std::vector<std::string> order;
  writer.group(group + "/estimates", "Averages over the walkers and sweeps");
  for (const NamedEstimate& item : estimates) {
    const std::string path = group + "/estimates/" + item.name;
    write_estimate(writer, path, item.estimate, item.unit, item.description);
    writer.write_reals(path + "/trace", item.trace,
                       {item.unit, "mean over the walkers, one value a sweep"});
    order.push_back(item.name);
  }
  writer.write_texts(group + "/estimate_names", order, {"", "names of the estimates"});
}

std::vector<NamedEstimate> read_estimates(const Hdf5Reader& reader, const std::string& group) {
  std::vector<NamedEstimate> estimates;
  for (const std::string& name : reader.read_texts(group + "/estimate_names")) {
    const std::string path = group + "/estimates/" + name;
    NamedEstimate item;
    item.name = name;
    item.unit = reader.unit(path + "/value");
    item.description = reader.description(path + "/value");
    item.estimate = read_estimate(reader, path);
    item.trace = reader.read_reals(path + "/trace");
    estimates.push_back(std::move(item));
  }
  return estimates;
}

void write_json(JsonWriter& json, const std::vector<NamedEstimate>& estimates) {
  json.begin_object("estimates");
  for (const NamedEstimate& item : estimates) {
    json.begin_object(item.name);
    json.value("value", item.estimate.value);
    json.value("error", item.estimate.error);
    json.value("unit", item.unit);
    json.end_object();
  }
  json.end_object();
}

}  // namespace markhor
