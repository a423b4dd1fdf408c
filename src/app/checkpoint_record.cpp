#include "app/checkpoint_record.hpp"

#include <cstdio>

#include "app/output_file.hpp"
#include "core/errors.hpp"
#include "montecarlo/dmc_series.hpp"

namespace markhor {

namespace {

std::string energy_text(const Estimate& energy) {
  char text[80];
  std::snprintf(text, sizeof text, ", energy so far %.5f +/- %.5f hartree", energy.value,
                energy.error);
  return text;
}

std::string state_text(const VmcState& state, const Settings& settings) {
  const VmcCounters& counters = state.counters;
  std::string text = ", " + phase_name(counters.phase);
  if (counters.phase == VmcPhase::tuning) {
    return text + ", " + std::to_string(counters.warm_up_steps) + " sweeps done";
  }
  if (counters.phase == VmcPhase::equilibration) {
    return text + ", " + std::to_string(state.warm_up_energies.size()) + " sweeps done";
  }
  text += ", " + std::to_string(state.traces[0].size()) + " of " +
          (settings.vmc.target_error ? "at most " : "") +
          std::to_string(settings.vmc.step_limit()) + " sweeps done";
  return text + energy_text(estimate_mean(state.traces[0]));
}

// The mixed energy with the weights as they are: good enough for a glance.
Estimate energy_so_far(const DmcState& state) {
  constexpr std::size_t weights = 0, local_energies = 7;
  const std::vector<double> ones(state.series[weights].size(), 1.0);
  return estimate_ratio(state.series[local_energies], state.series[weights], ones);
}

std::string state_text(const DmcState& state, const Settings& settings) {
  const DmcCounters& counters = state.counters;
  char step[64];
  std::snprintf(step, sizeof step, ", time step %g (%d of %d), ", counters.time_step,
                static_cast<int>(counters.finished_time_steps) + 1,
                static_cast<int>(settings.dmc.time_steps.size()));
  const std::string text =
      step + phase_name(counters.phase) + ", " + std::to_string(state.series[0].size());
  if (counters.phase == DmcPhase::equilibration) return text + " generations done";
  return text + " of " + (settings.dmc.target_error ? "at most " : "") +
         std::to_string(settings.dmc.step_limit()) + " generations done" +
         energy_text(energy_so_far(state));
}

std::string state_text(const OptimizeState& state, const Settings& settings) {
  return ", " + std::to_string(state.result.iterations.size()) + " of at most " +
         std::to_string(settings.optimize.max_iterations) + " iterations done";
}

std::string state_text(const SaddleState& state, const Settings&) {
  const std::size_t calls = state.calls.size();
  return ", " + std::to_string(calls) + (calls == 1 ? " call" : " calls") + " done";
}

std::string state_text(const std::monostate&, const Settings&) { return ", not begun"; }

void write_state_json(JsonWriter& json, const VmcState& state, const Settings& settings) {
  json.value("phase", phase_name(state.counters.phase));
  json.value("warm_up_steps", state.counters.warm_up_steps);
  const bool measuring = state.counters.phase == VmcPhase::measuring;
  json.value("steps", measuring ? state.traces[0].size() : 0);
  json.value("step_limit", settings.vmc.step_limit());
  if (!measuring) return;
  const Estimate energy = estimate_mean(state.traces[0]);
  json.value("energy", energy.value);
  json.value("energy_error", energy.error);
}

void write_state_json(JsonWriter& json, const DmcState& state, const Settings& settings) {
  json.value("phase", phase_name(state.counters.phase));
  json.value("time_step", state.counters.time_step);
  json.value("finished_time_steps", state.counters.finished_time_steps);
  json.value("generations", state.series[0].size());
  json.value("step_limit", settings.dmc.step_limit());
  if (state.counters.phase != DmcPhase::measuring) return;
  const Estimate energy = energy_so_far(state);
  json.value("energy", energy.value);
  json.value("energy_error", energy.error);
}

void write_state_json(JsonWriter& json, const OptimizeState& state, const Settings& settings) {
  json.value("iterations", state.result.iterations.size());
  json.value("max_iterations", settings.optimize.max_iterations);
}

void write_state_json(JsonWriter& json, const SaddleState& state, const Settings& settings) {
  json.value("surface_calls", state.calls.size());
  json.value("max_calls", settings.saddle.options.limits.max_calls);
}

void write_state_json(JsonWriter&, const std::monostate&, const Settings&) {}

}  // namespace

void write_stage(Hdf5Writer& writer, const std::string& stage) {
  writer.group("/checkpoint", "What the run still has to do; gone when it is finished");
  writer.write_text("/checkpoint/stage", stage, {"", "the stage that is under way or comes next"});
}

namespace {

// That the parts of a damaged file contradict each other should not end in a crash.
bool is_whole(const Checkpoint& checkpoint) {
  if (const auto* dmc = std::get_if<DmcState>(&checkpoint.state)) {
    return dmc->series.size() > 8 && !dmc->series[0].empty() && !dmc->walkers_of_cells.empty();
  }
  const auto* vmc = std::get_if<VmcState>(&checkpoint.state);
  if (vmc == nullptr || vmc->counters.phase != VmcPhase::measuring) return true;
  return !vmc->traces.empty() && !vmc->traces[0].empty() && !vmc->histogram.counts.empty();
}

}  // namespace

Checkpoint read_checkpoint(const Hdf5Reader& reader, const std::string& path,
                           const RunRecord& record) {
  Checkpoint checkpoint;
  checkpoint.stage = reader.read_text("/checkpoint/stage");
  if (!reader.has("/checkpoint/" + checkpoint.stage)) return checkpoint;
  if (checkpoint.stage == "optimize" && record.wave_function && record.optimize) {
    checkpoint.state = read_optimize_state(reader, path, record);
  } else if (checkpoint.stage == "vmc") {
    checkpoint.state = read_vmc_state(reader);
  } else if (checkpoint.stage == "dmc") {
    checkpoint.state = read_dmc_state(reader);
  } else if (checkpoint.stage == "saddle" && record.saddle) {
    checkpoint.state = read_saddle_state(reader);
  } else {
    throw InputError({path, 0}, "has a checkpoint that this version cannot go on from, in '" +
                                    checkpoint.stage + "'");
  }
  if (!is_whole(checkpoint)) throw InputError({path, 0}, "has a damaged checkpoint");
  return checkpoint;
}

bool holds_checkpoint(const std::string& path) {
  // Caught here because a file of another kind is no fault of a question.
  try {
    return Hdf5Reader(path, schema_version).has("/checkpoint");
  } catch (const InputError&) {
    return false;
  }
}

std::string checkpoint_text(const Checkpoint& checkpoint, const Settings& settings) {
  return "[" + checkpoint.stage + "]" +
         std::visit([&](const auto& state) { return state_text(state, settings); },
                    checkpoint.state);
}

void write_json(JsonWriter& json, const Checkpoint& checkpoint, const Settings& settings) {
  json.begin_object("checkpoint");
  json.value("stage", checkpoint.stage);
  std::visit([&](const auto& state) { write_state_json(json, state, settings); }, checkpoint.state);
  json.end_object();
}

}  // namespace markhor
