#include "app/run_control.hpp"

#include <algorithm>

#include "app/progress_display.hpp"

namespace markhor {

namespace {

// The only thing a signal handler may write to.
volatile std::sig_atomic_t noted_signal = 0;

void note_signal(int signal) { noted_signal = signal; }

// once: the next one finds the default again, which ends the program.
void handle(int signal, void (*handler)(int), bool once) {
  struct sigaction action {};
  action.sa_handler = handler;
  // Calls that wait, MPI's among them, go on as if nothing had happened.
  action.sa_flags = SA_RESTART | (once ? static_cast<int>(SA_RESETHAND) : 0);
  sigemptyset(&action.sa_mask);
  sigaction(signal, &action, nullptr);
}

std::string signal_name(int signal) {
  switch (signal) {
    case SIGTERM:
      return "SIGTERM";
    case SIGUSR1:
      return "SIGUSR1";
    default:
      return "SIGINT";
  }
}

}  // namespace

StopSignals::StopSignals() {
  noted_signal = 0;
  handle(SIGTERM, note_signal, false);
  handle(SIGUSR1, note_signal, false);
  handle(SIGINT, note_signal, true);
  handle(SIGXFSZ, SIG_IGN, false);
}

StopSignals::~StopSignals() {
  for (const int signal : {SIGTERM, SIGUSR1, SIGINT, SIGXFSZ}) handle(signal, SIG_DFL, false);
}

int StopSignals::received() const { return noted_signal; }

RunControl::RunControl(const RunOptions& options, const StopSignals& signals,
                       const Communicator& communicator)
    : options_(options), signals_(signals), communicator_(communicator) {}

ControlRequest RunControl::poll(double interval) {
  // The largest of the ranks' wishes counts, in one message: signals stand above the limits.
  constexpr double due = 1.0, limit_reached = 2.0, signal_base = 100.0;
  double wish = 0.0;
  if (const int signal = signals_.received(); signal != 0) {
    wish = signal_base + signal;
  } else if (communicator_.is_root()) {
    if (since_checkpoint_.seconds() >= std::min(interval, options_.checkpoint_interval)) wish = due;
    if (options_.wall_time && since_start_.seconds() >= *options_.wall_time) wish = limit_reached;
  }
  wish = communicator_.maximum(wish);
  if (wish < due) return ControlRequest::go_on;
  if (wish < limit_reached) return ControlRequest::checkpoint;
  stopping_ = true;
  stopping_signal_ = wish > signal_base ? static_cast<int>(wish - signal_base) : 0;
  return ControlRequest::stop;
}

std::string RunControl::reason() const {
  if (stopping_signal_ != 0) return signal_name(stopping_signal_);
  return "the wall limit of " + duration_text(options_.wall_time.value_or(0.0));
}

}  // namespace markhor
