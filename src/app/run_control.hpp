// When a run checkpoints and when it stops: signals, the wall limit, the clock.
#pragma once

#include <csignal>
#include <string>

#include "app/settings.hpp"
#include "core/stage_control.hpp"
#include "core/stopwatch.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

// While one lives, SIGTERM, SIGUSR1 and the first SIGINT are noted instead of ending the program;
// the second SIGINT ends it. (Batch systems send the first two before a time limit; USR1 is the one
// that mpirun passes on to the ranks and does not die of itself.) Writing beyond a limit of the
// file size fails like a full disk, instead of ending the program by SIGXFSZ.
class StopSignals {
 public:
  StopSignals();
  ~StopSignals();
  StopSignals(const StopSignals&) = delete;
  StopSignals& operator=(const StopSignals&) = delete;

  int received() const;  // the last one, 0: none
};

class RunControl {
 public:
  // The wall limit counts from here. References are kept.
  RunControl(const RunOptions& options, const StopSignals& signals,
             const Communicator& communicator);

  // Collective, the same on every rank: the root's clock decides, and a signal to any rank counts.
  // interval: seconds between checkpoints, if shorter than the one of the options.
  ControlRequest poll(double interval);
  // A checkpoint has been written, or has failed: the next one is due an interval from now.
  void restart_interval() { since_checkpoint_ = Stopwatch(); }
  bool stopping() const { return stopping_; }  // poll() has said stop
  // Then: "SIGTERM", "the wall limit of 2 h 00 min".
  std::string reason() const;

 private:
  RunOptions options_;
  const StopSignals& signals_;
  const Communicator& communicator_;
  Stopwatch since_start_, since_checkpoint_;
  bool stopping_ = false;
  int stopping_signal_ = 0;  // 0 at a stop: the wall limit
};

}  // namespace markhor
