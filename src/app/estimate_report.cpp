#include "app/estimate_report.hpp"

#include <algorithm>
#include <cmath>

#include "app/text_table.hpp"

namespace markhor {

// As many decimals as the error has two significant digits.
int decimals_for(double error) {
  if (!(error > 0.0) || !std::isfinite(error)) return 8;
  return std::clamp(1 - static_cast<int>(std::floor(std::log10(error))), 0, 12);
}

void report_estimate(std::ostream& out, const std::string& name, const Estimate& estimate,
                     const std::string& unit) {
  const int decimals = decimals_for(estimate.error);
  print_line(out, "  %-24s %16.*f +/- %.*f %s%s", name.c_str(), decimals, estimate.value, decimals,
             estimate.error, unit == "1" ? "" : unit.c_str(),
             estimate.settled ? "" : "  (error not settled: the run is too short)");
}

// "local_energy" reads better without its underscore.
std::string spaced(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace markhor
