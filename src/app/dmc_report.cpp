#include "app/dmc_report.hpp"

#include <string>

#include "app/estimate_report.hpp"
#include "app/text_table.hpp"

namespace markhor {

namespace {

void report_time_step(std::ostream& out, const DmcTimeStep& t) {
  print_line(out, "time step %g 1/hartree (effective %.6f)", t.time_step, t.effective_time_step);
  out << "  " << t.status << '\n';
  report_estimate(out, "energy", t.energy, "hartree");
  report_estimate(out, "  control not undone", t.controlled_energy, "hartree");
  report_estimate(out, "  growth estimator", t.growth_energy, "hartree");
  report_estimate(out, "variance", t.variance, "hartree^2");
  for (std::size_t i = 1; i < t.estimates.size(); ++i) {
    report_estimate(out, "  " + spaced(t.estimates[i].name), t.estimates[i].estimate,
                    t.estimates[i].unit);
  }
  print_line(out, "  %-24s %16.2f generations, %.3f 1/hartree", "autocorrelation time",
             t.energy.autocorrelation_time, t.energy.autocorrelation_time * t.effective_time_step);
  print_line(out, "  %-24s %16lld measured, %lld dropped for equilibration (%lld detected)",
             "generations", static_cast<long long>(t.steps),
             static_cast<long long>(t.equilibration_steps),
             static_cast<long long>(t.detected_transient));
  print_line(out, "  %-24s %16.1f, from %lld to %lld", "walkers", t.mean_walkers,
             static_cast<long long>(t.fewest_walkers), static_cast<long long>(t.most_walkers));
  print_line(out, "  %-24s %16.4f, across nodes %.5f (rejected)", "acceptance", t.acceptance,
             t.crossings);
  print_line(out, "  %-24s %16.1e", "drift of the inverses", t.inverse_drift);
  print_line(out, "  %-24s %16.2f s, %.0f walker-steps per second", "time", t.seconds,
             t.walker_steps_per_second);
}

}  // namespace

void report_dmc(std::ostream& out, const DmcResult& result) {
  out << "Diffusion Monte Carlo, fixed node: " << result.walkers << " walkers in " << result.cells
      << (result.cells == 1 ? " cell\n" : " cells\n");
  for (const DmcTimeStep& t : result.time_steps) report_time_step(out, t);
  out << "  all but the energy are mixed estimates, of the trial and the fixed-node function;\n"
         "  the growth estimator is of the limited energies (cutoff)\n";
  if (!result.extrapolation) return;
  const Extrapolation& fit = *result.extrapolation;
  out << "extrapolated to time step zero by a " << (fit.degree == 1 ? "line" : "parabola") << "\n  "
      << result.status << '\n';
  report_estimate(out, "energy", result.energy, "hartree");
  if (fit.degrees_of_freedom > 0) {
    print_line(out, "  %-24s %16.2f for %d degrees of freedom, probability %.3f", "chi squared",
               fit.chi_squared, fit.degrees_of_freedom, fit.probability);
  } else {
    out << "  as many time steps as coefficients: nothing can be said about the fit\n";
  }
}

}  // namespace markhor
