#include "app/run_control.hpp"

#include <csignal>
#include <limits>
#include <thread>

#include "support/catch.hpp"

using namespace markhor;

namespace {

constexpr double never = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a run goes on while nothing happens") {
  const Communicator alone;
  const StopSignals signals;
  RunControl control({}, signals, alone);
  CHECK(control.poll(never) == ControlRequest::go_on);
  CHECK_FALSE(control.stopping());
}

TEST_CASE("a checkpoint is due after the shorter of two intervals") {
  const Communicator alone;
  const StopSignals signals;
  RunControl control({std::nullopt, 0.01}, signals, alone);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  CHECK(control.poll(never) == ControlRequest::checkpoint);
  control.restart_interval();
  CHECK(control.poll(never) == ControlRequest::go_on);
  CHECK(control.poll(0.0) == ControlRequest::checkpoint);
}

TEST_CASE("signals and the wall limit stop a run, and stay") {
  const Communicator alone;
  for (const int signal : {SIGTERM, SIGUSR1, SIGINT}) {
    const StopSignals signals;
    RunControl control({}, signals, alone);
    std::raise(signal);
    CHECK(control.poll(never) == ControlRequest::stop);
    CHECK(control.poll(never) == ControlRequest::stop);
    CHECK(control.stopping());
    CHECK(control.reason() == (signal == SIGTERM   ? "SIGTERM"
                               : signal == SIGUSR1 ? "SIGUSR1"
                                                   : "SIGINT"));
  }
  const StopSignals signals;
  RunControl control({1e-9, 600.0}, signals, alone);
  CHECK(control.poll(never) == ControlRequest::stop);
  CHECK(control.reason() == "the wall limit of 0 s");
}

TEST_CASE("a second interrupt finds the default, which ends the program") {
  const Communicator alone;
  const StopSignals signals;
  RunControl control({}, signals, alone);
  std::raise(SIGINT);
  struct sigaction now {};
  sigaction(SIGINT, nullptr, &now);
  CHECK(now.sa_handler == SIG_DFL);
}
