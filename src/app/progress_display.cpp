#include "app/progress_display.hpp"

#include <algorithm>
#include <cstdio>
#include <ostream>

namespace markhor {

namespace {

constexpr std::chrono::milliseconds terminal_interval{200};
constexpr std::chrono::seconds file_interval{5};
constexpr std::size_t bar_width = 20;

// "[########............]"; empty if the end is not known.
std::string bar(const VmcProgress& progress) {
  if (progress.steps <= 0) return "";
  const double part = static_cast<double>(progress.step) / static_cast<double>(progress.steps);
  const auto filled =
      static_cast<std::size_t>(std::clamp(part, 0.0, 1.0) * static_cast<double>(bar_width));
  return "[" + std::string(filled, '#') + std::string(bar_width - filled, '.') + "] ";
}

}  // namespace

std::string duration_text(double seconds) {
  const long total = static_cast<long>(std::min(seconds, 1e9) + 0.5);
  char text[48];
  if (total < 60) {
    std::snprintf(text, sizeof text, "%ld s", total);
  } else if (total < 3600) {
    std::snprintf(text, sizeof text, "%ld min %02ld s", total / 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld h %02ld min", total / 3600, total % 3600 / 60);
  }
  return text;
}

std::string progress_text(const VmcProgress& progress) {
  std::string text = progress.phase + "  " + std::to_string(progress.step);
  if (progress.steps > 0) text += "/" + std::to_string(progress.steps);
  char energy[64] = "";
  if (progress.error > 0.0) {
    std::snprintf(energy, sizeof energy, "  %.5f +/- %.5f hartree", progress.energy,
                  progress.error);
  } else if (progress.energy != 0.0) {
    std::snprintf(energy, sizeof energy, "  %.5f hartree", progress.energy);
  }
  text += energy;
  if (progress.seconds_left > 0.0) text += "  " + duration_text(progress.seconds_left) + " left";
  return text;
}

ProgressDisplay::ProgressDisplay(std::ostream& out, bool terminal)
    : out_(out), terminal_(terminal) {}

void ProgressDisplay::show(const VmcProgress& progress) {
  const auto now = std::chrono::steady_clock::now();
  const bool due = terminal_ ? now - last_ >= terminal_interval : now - last_ >= file_interval;
  if (!due && progress.phase == phase_) return;
  last_ = now;
  phase_ = progress.phase;
  if (!terminal_) {
    out_ << "  " << progress_text(progress) << std::endl;
    return;
  }
  const std::string text = "  " + bar(progress) + progress_text(progress);
  // Blanks erase what a longer line left behind.
  out_ << '\r' << text << std::string(drawn_ > text.size() ? drawn_ - text.size() : 0, ' ')
       << std::flush;
  drawn_ = text.size();
}

void ProgressDisplay::finish() {
  if (drawn_ > 0) out_ << '\r' << std::string(drawn_, ' ') << '\r' << std::flush;
  drawn_ = 0;
}

}  // namespace markhor
