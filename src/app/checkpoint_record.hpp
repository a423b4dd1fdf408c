// The checkpoint in the result file: /checkpoint, there as long as the run is not finished.
//
// /checkpoint/stage names the stage that is under way or comes next. The state of a stage under way
// is in a group of the stage's name; without it the stage begins at its start. A stage that can be
// interrupted has its state in the variant below, write_state and a read function in a file of its
// own, and in checkpoint_record.cpp a line of read_checkpoint and two texts for the user.
#pragma once

#include <string>
#include <variant>

#include "app/run_record.hpp"
#include "app/settings.hpp"
#include "io/hdf5_file.hpp"
#include "io/json.hpp"

namespace markhor {

struct Checkpoint {
  std::string stage;
  std::variant<std::monostate, OptimizeState, VmcState, DmcState, SaddleState> state;

  bool inside() const { return !std::holds_alternative<std::monostate>(state); }
};

void write_stage(Hdf5Writer& writer, const std::string& stage);
void write_state(Hdf5Writer& writer, const VmcState& state);  // vmc_checkpoint.cpp
VmcState read_vmc_state(const Hdf5Reader& reader);
std::string phase_name(VmcPhase phase);
void write_state(Hdf5Writer& writer, const DmcState& state);  // dmc_checkpoint.cpp
DmcState read_dmc_state(const Hdf5Reader& reader);
std::string phase_name(DmcPhase phase);

void write_state(Hdf5Writer& writer, const SaddleState& state);  // saddle_checkpoint.cpp
SaddleState read_saddle_state(const Hdf5Reader& reader);

// In optimize_checkpoint.cpp. The best wave function and the iterations so far are those of the
// record.
void write_state(Hdf5Writer& writer, const OptimizeState& state);
OptimizeState read_optimize_state(const Hdf5Reader& reader, const std::string& path,
                                  const RunRecord& record);

// record: what the rest of the file says. path: the file's, for messages.
Checkpoint read_checkpoint(const Hdf5Reader& reader, const std::string& path,
                           const RunRecord& record);

// The file is of a run that is not finished. False for what is no result file.
bool holds_checkpoint(const std::string& path);

// How far the run came: "[vmc], measuring, 1200 of 4000 sweeps done, ...".
std::string checkpoint_text(const Checkpoint& checkpoint, const Settings& settings);
void write_json(JsonWriter& json, const Checkpoint& checkpoint, const Settings& settings);

}  // namespace markhor
