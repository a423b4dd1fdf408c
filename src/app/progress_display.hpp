// Progress of a Monte Carlo run: a bar that redraws itself on a terminal, plain lines every few
// seconds in a file.
#pragma once

#include <chrono>
#include <iosfwd>
#include <string>

#include "montecarlo/vmc.hpp"

namespace markhor {

class ProgressDisplay {
 public:
  // terminal: the stream understands carriage returns.
  ProgressDisplay(std::ostream& out, bool terminal);

  void show(const VmcProgress& progress);
  // Clears the bar; nothing in a file.
  void finish();

 private:
  std::ostream& out_;
  bool terminal_;
  std::size_t drawn_ = 0;  // width of the bar on the screen
  std::string phase_;
  std::chrono::steady_clock::time_point last_{};
};

// "measuring  1200/4000  -76.3812 +/- 0.0008 Hartree  12 s left"
std::string progress_text(const VmcProgress& progress);

// "45 s", "3 min 20 s", "2 h 05 min"
std::string duration_text(double seconds);

}  // namespace markhor
