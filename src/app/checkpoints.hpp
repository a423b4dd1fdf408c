// The thread between the stages of a run and its result file: which stage comes next, when its
// state is written, and how a run that is told to stop ends.
#pragma once

#include <functional>
#include <iosfwd>
#include <limits>
#include <string>

#include "app/checkpoint_record.hpp"
#include "app/run_control.hpp"

namespace markhor {

// The stage that the settings run after this one ("": the first); "" if there is none.
std::string stage_after(const Settings& settings, const std::string& stage);

// From now on the settings run this stage and those after it only.
void skip_to(Settings& settings, const std::string& stage);

class Checkpoints {
 public:
  // Every rank has one; the root's writes. resume: where the run goes on, which on the ranks
  // without the root's state is told by `inside`; an empty stage: from the start.
  Checkpoints(const Settings& settings, RunRecord& record, const StopSignals& signals,
              const Communicator& communicator, std::ostream& out);
  void go_on_from(Checkpoint resume, bool inside);

  // Before a stage, on every rank. Ends the run (RunEnd) if it has been told to stop.
  void enter(const std::string& stage);
  // The present stage goes on from the middle; the same on every rank.
  bool resuming() const { return inside_ && stage_ == resume_.stage; }
  // For the present stage. interval: seconds between checkpoints, if shorter than the deck's.
  template <class State>
  StageControl<State> control(double interval = std::numeric_limits<double>::infinity()) {
    StageControl<State> control;
    control.resuming = resuming();
    if (control.resuming) control.resume = std::get_if<State>(&resume_.state);
    control.poll = [this, interval] { return control_.poll(interval); };
    control.save = [this](const State& state) {
      save([&state](Hdf5Writer& writer) { write_state(writer, state); });
    };
    return control;
  }
  // On the root: the file is to say that this stage is done; before its result is written.
  void leave();
  // After a stage that returned `stopped`, on every rank: throws RunEnd, with exit code 3, or 1 if
  // the checkpoint could not be written.
  [[noreturn]] void end_run();

 private:
  // Not being able to write a checkpoint ends no calculation: the user is told.
  void save(const std::function<void(Hdf5Writer&)>& write_state);

  const Settings& settings_;
  RunRecord& record_;
  const Communicator& communicator_;
  std::ostream& out_;
  RunControl control_;
  std::string stage_;
  Checkpoint resume_;
  bool inside_ = false;
  std::string failure_;  // of the last checkpoint; the root's
};

}  // namespace markhor
