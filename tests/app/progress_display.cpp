#include "app/progress_display.hpp"

#include <sstream>

#include "support/catch.hpp"

using namespace markhor;

namespace {

VmcProgress measuring() {
  VmcProgress progress;
  progress.phase = "measuring";
  progress.step = 1000;
  progress.steps = 4000;
  progress.energy = -76.38123;
  progress.error = 0.00078;
  progress.seconds_left = 200.0;
  return progress;
}

}  // namespace

TEST_CASE("durations") {
  CHECK(duration_text(0.4) == "0 s");
  CHECK(duration_text(45.0) == "45 s");
  CHECK(duration_text(200.0) == "3 min 20 s");
  CHECK(duration_text(7500.0) == "2 h 05 min");
}

TEST_CASE("a progress line holds energy, error and time left") {
  CHECK(progress_text(measuring()) ==
        "measuring  1000/4000  -76.38123 +/- 0.00078 hartree  3 min 20 s left");
  VmcProgress tuning;
  tuning.phase = "tuning";
  tuning.step = 3;
  CHECK(progress_text(tuning) == "tuning  3");
}

TEST_CASE("a file gets plain lines, not one for every call") {
  std::ostringstream out;
  ProgressDisplay display(out, false);
  for (int i = 0; i < 100; ++i) display.show(measuring());
  display.finish();
  CHECK(out.str() == "  " + progress_text(measuring()) + "\n");
}

TEST_CASE("a terminal gets a bar that is erased at the end") {
  std::ostringstream out;
  ProgressDisplay display(out, true);
  display.show(measuring());
  const std::string bar = "  [#####...............] " + progress_text(measuring());
  CHECK(out.str() == "\r" + bar);
  display.finish();
  CHECK(out.str() == "\r" + bar + "\r" + std::string(bar.size(), ' ') + "\r");
}
