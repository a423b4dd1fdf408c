#include "app/optimize_report.hpp"

#include <algorithm>

#include "app/text_table.hpp"

namespace markhor {

void report_optimize_start(std::ostream& out, const OptimizeRecord& record) {
  out << "Optimization: " << record.names.size()
      << (record.names.size() == 1 ? " parameter (" : " parameters (") << record.kinds << ")\n";
  print_line(out, "  %3s %14s %9s %9s %9s %8s %8s %9s %9s %8s  %s", "it", "energy", "error",
             "variance", "gradient", "shift", "step", "samples", "reused", "seconds", "result");
}

void report_iteration(std::ostream& out, const OptimizeIteration& iteration) {
  const std::string result = !iteration.note.empty() ? iteration.note
                             : iteration.accepted    ? "accepted"
                                                     : "rejected";
  print_line(out, "  %3d %14.6f %9.6f %9.4f %9.5f %8.1e %8.4f %9lld %9lld %8.2f  %s",
             iteration.number, iteration.energy.value, iteration.energy.error,
             iteration.variance.value, iteration.gradient_norm, iteration.level_shift,
             iteration.step_norm, static_cast<long long>(iteration.samples),
             static_cast<long long>(iteration.reused),
             iteration.sampling_seconds + iteration.algebra_seconds, result.c_str());
}

void report_optimize_end(std::ostream& out, const OptimizeRecord& record) {
  const OptimizeResult& result = record.result;
  for (const std::string& note : result.notes) out << "  note: " << note << '\n';
  if (!record.finished) {
    out << "  not finished\n";
    return;
  }
  double changed = 0.0;
  for (const OptimizeIteration& iteration : result.iterations) {
    changed = std::max(changed, iteration.changed_weight);
  }
  out << "  " << result.status << " (" << result.method << ")\n";
  print_line(out, "  %-24s %16.6f +/- %.6f hartree", "energy", result.energy.value,
             result.energy.error);
  print_line(out, "  %-24s %16.6f +/- %.6f hartree^2", "variance", result.variance.value,
             result.variance.error);
  print_line(out, "  %-24s %16.2f sweeps", "autocorrelation time",
             result.energy.autocorrelation_time);
  print_line(out, "  %-24s %16lld in %zu iterations", "samples",
             static_cast<long long>(result.samples), result.iterations.size());
  print_line(out, "  %-24s %16.1e at most", "weight changed at nodes", changed);
  print_line(out, "  %-24s %16.2f s, %.2f s of CPU", "time", result.seconds, result.cpu_seconds);
  out << "  samples near nodes are reweighted in the steps, not in the energies; the best of "
         "several\n"
         "  noisy energies is low by chance as well: the energy to quote is that of [vmc]\n";
}

void report_optimize(std::ostream& out, const OptimizeRecord& record) {
  report_optimize_start(out, record);
  for (const OptimizeIteration& iteration : record.result.iterations) {
    report_iteration(out, iteration);
  }
  report_optimize_end(out, record);
}

}  // namespace markhor
