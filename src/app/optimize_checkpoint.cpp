// The state of an optimization in the result file: /checkpoint/optimize. What the file holds
// anyway, the best wave function and the iterations, is not written twice.
#include "app/checkpoint_record.hpp"
#include "app/trial_record.hpp"

namespace markhor {

namespace {

const std::string root = "/checkpoint/optimize/";

void write_estimate(Hdf5Writer& writer, const std::string& name, const Estimate& estimate,
                    const std::string& unit, const std::string& description) {
  writer.write_real(root + name, estimate.value, {unit, description});
  writer.write_real(root + name + "_error", estimate.error, {unit, "one standard error"});
  writer.write_real(root + name + "_autocorrelation_time", estimate.autocorrelation_time,
                    {"sweeps", "integrated autocorrelation time"});
  writer.write_integer(root + name + "_settled", estimate.settled,
                       {"1", "1 if the series is long enough for its error bar, else 0"});
}

Estimate read_estimate(const Hdf5Reader& reader, const std::string& name) {
  Estimate estimate;
  estimate.value = reader.read_real(root + name);
  estimate.error = reader.read_real(root + name + "_error");
  estimate.autocorrelation_time = reader.read_real(root + name + "_autocorrelation_time");
  estimate.settled = reader.read_integer(root + name + "_settled") != 0;
  return estimate;
}

}  // namespace

void write_state(Hdf5Writer& writer, const OptimizeState& state) {
  const OptimizeResult& result = state.result;
  writer.group("/checkpoint/optimize", "Optimization under way, between two iterations");
  write_trial(writer, state.present, root + "present", "that the next iteration starts from");
  writer.write_text(root + "method", result.method, {"", "method of the steps"});
  writer.write_texts(root + "notes", result.notes,
                     {"", "what differs from what was asked for, and why"});
  write_estimate(writer, "energy", result.energy, "hartree", "of the best wave function");
  write_estimate(writer, "variance", result.variance, "hartree^2",
                 "of the local energy of the best wave function");
  writer.write_integer(root + "samples", result.samples, {"1", "so far, comparisons included"});
  writer.write_real(root + "seconds", result.seconds, {"s", "wall time so far"});
  writer.write_real(root + "cpu_seconds", result.cpu_seconds,
                    {"s", "CPU time of all ranks so far"});
  writer.write_integer(root + "sampler_steps", static_cast<std::int64_t>(state.sampler_steps),
                       {"sweeps", "of the walkers so far"});
  writer.write_integer(root + "sample_count", state.sample_count, {"1", "of the next iteration"});
  writer.write_real(root + "level_shift", state.level_shift, {"hartree", "of the next iteration"});
  writer.write_integer(root + "settled", state.settled,
                       {"1", "iterations in a row that could gain less than the tolerance"});
  writer.write_integer(root + "has_best", state.has_best,
                       {"1", "0 if the best wave function is to be sampled anew"});
  for (std::size_t i = 0; i < state.pool.size(); ++i) {
    const std::string path = root + "pool/" + std::to_string(i);
    writer.group(path, "configurations of an earlier wave function, the newest first");
    writer.write_integer(path + "/rounds", state.pool[i].rounds, {"1", "samples of each walker"});
    writer.write_reals(path + "/values", state.pool[i].values,
                       {"1", "tiles x rounds x (positions in bohr, ln|Psi|, weight) x 8 walkers"});
  }
  writer.write_reals(root + "walkers", state.walkers,
                     {"1",
                      "tiles x numbers of a tile x 8 walkers: positions in bohr, then what the "
                      "wave function keeps of them"});
}

OptimizeState read_optimize_state(const Hdf5Reader& reader, const std::string& path,
                                  const RunRecord& record) {
  OptimizeState state;
  OptimizeResult& result = state.result;
  result.best = record.wave_function.value();
  result.iterations = record.optimize.value().result.iterations;
  state.present = read_trial(reader, path, root + "present");
  result.method = reader.read_text(root + "method");
  result.notes = reader.read_texts(root + "notes");
  result.energy = read_estimate(reader, "energy");
  result.variance = read_estimate(reader, "variance");
  result.samples = reader.read_integer(root + "samples");
  result.seconds = reader.read_real(root + "seconds");
  result.cpu_seconds = reader.read_real(root + "cpu_seconds");
  state.sampler_steps = static_cast<std::uint64_t>(reader.read_integer(root + "sampler_steps"));
  state.sample_count = reader.read_integer(root + "sample_count");
  state.level_shift = reader.read_real(root + "level_shift");
  state.settled = static_cast<int>(reader.read_integer(root + "settled"));
  state.has_best = reader.read_integer(root + "has_best") != 0;
  state.walkers = reader.read_reals(root + "walkers");
  for (int i = 0; reader.has(root + "pool/" + std::to_string(i)); ++i) {
    const std::string place = root + "pool/" + std::to_string(i);
    const auto rounds = static_cast<int>(reader.read_integer(place + "/rounds"));
    state.pool.push_back({rounds, reader.read_reals(place + "/values")});
  }
  return state;
}

}  // namespace markhor
