#include "app/vmc_report.hpp"

#include "app/estimate_report.hpp"
#include "app/text_table.hpp"

namespace markhor {

void report_vmc(std::ostream& out, const VmcResult& result) {
  out << "Variational Monte Carlo: " << result.walkers << " walkers\n  " << result.status << '\n';
  report_estimate(out, "energy", result.energy, "hartree");
  report_estimate(out, "variance", result.variance, "hartree^2");
  // The first estimate is the energy itself.
  for (std::size_t i = 1; i < result.estimates.size(); ++i) {
    const NamedEstimate& item = result.estimates[i];
    report_estimate(out, "  " + spaced(item.name), item.estimate, item.unit);
  }
  print_line(out, "  %-24s %16.6f hartree", "  nucleus nucleus", result.nucleus_nucleus);
  print_line(out, "  %-24s %16.2f sweeps", "autocorrelation time",
             result.energy.autocorrelation_time);
  print_line(out,
             "  %-24s %16lld measured, %lld dropped for equilibration (%lld detected), "
             "%lld tuning",
             "sweeps", static_cast<long long>(result.steps),
             static_cast<long long>(result.equilibration_steps),
             static_cast<long long>(result.detected_transient),
             static_cast<long long>(result.tuning_steps));
  if (result.time_step > 0.0) {
    print_line(out, "  %-24s %16.5f 1/hartree", "time step", result.time_step);
  }
  print_line(out, "  %-24s %16.3f", "acceptance", result.acceptance);
  print_line(out, "  %-24s %16.1e", "drift of the inverses", result.inverse_drift);
  print_line(out, "  %-24s %16.2f s, %.0f walker-steps per second", "time", result.seconds,
             result.walker_steps_per_second);
}

}  // namespace markhor
