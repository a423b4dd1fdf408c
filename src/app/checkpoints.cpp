#include "app/checkpoints.hpp"

#include <algorithm>
#include <ostream>

#include "app/exit_codes.hpp"
#include "app/output_file.hpp"
#include "app/root_section.hpp"
#include "core/errors.hpp"

namespace markhor {

namespace {

// The stages in the order they run.
struct Stage {
  const char* name;
  bool Settings::*runs;
};
constexpr Stage stages[] = {
    {"scf", &Settings::runs_scf},           {"wavefunction", &Settings::runs_wave_function},
    {"optimize", &Settings::runs_optimize}, {"vmc", &Settings::runs_vmc},
    {"dmc", &Settings::runs_dmc},           {"saddle", &Settings::runs_saddle},
};

}  // namespace

std::string stage_after(const Settings& settings, const std::string& stage) {
  bool passed = stage.empty();
  for (const Stage& next : stages) {
    if (passed && settings.*next.runs) return next.name;
    passed |= stage == next.name;
  }
  return "";
}

void skip_to(Settings& settings, const std::string& stage) {
  for (const Stage& skipped : stages) {
    if (stage == skipped.name) return;
    settings.*skipped.runs = false;
  }
}

Checkpoints::Checkpoints(const Settings& settings, RunRecord& record, const StopSignals& signals,
                         const Communicator& communicator, std::ostream& out)
    : settings_(settings),
      record_(record),
      communicator_(communicator),
      out_(out),
      control_(settings.run, signals, communicator) {}

void Checkpoints::go_on_from(Checkpoint resume, bool inside) {
  resume_ = std::move(resume);
  inside_ = inside;
}

void Checkpoints::enter(const std::string& stage) {
  const bool first = stage_.empty();
  stage_ = stage;
  // Before the first stage there is no file to go on from, and no reason to stop at once.
  constexpr double never = std::numeric_limits<double>::infinity();
  if (!first && control_.poll(never) == ControlRequest::stop) end_run();
  control_.restart_interval();
}

void Checkpoints::leave() {
  record_.next_stage = stage_after(settings_, stage_);
  failure_.clear();
}

void Checkpoints::save(const std::function<void(Hdf5Writer&)>& write_state) {
  // Caught here because the calculation, which may have run for days, is worth more.
  try {
    write_output(record_, settings_.output.file, write_state);
    failure_.clear();
  } catch (const CalculationError& error) {
    failure_ = error.what();
    if (!control_.stopping()) {
      out_ << "\n  warning: no checkpoint: " << failure_
           << "; the calculation goes on and will try again" << std::endl;
    }
  }
  control_.restart_interval();
}

void Checkpoints::end_run() {
  const std::string file = settings_.output.file;
  bool failed = !failure_.empty();
  communicator_.broadcast_value(failed);
  const int code = failed ? exit_codes::calculation_failed : exit_codes::stopped_early;
  if (!communicator_.is_root()) throw RunEnd(code, "");
  const std::string stopped = "markhor: stopped by " + control_.reason();
  const std::string go_on = "`markhor continue " + file + "` goes on from ";
  if (!failed) {
    throw RunEnd(code, stopped + " in [" + stage_ + "]; " + go_on + "there");
  }
  throw RunEnd(code, stopped + ", but the checkpoint could not be written: " + failure_ + "; " +
                         go_on + "the one before");
}

}  // namespace markhor
