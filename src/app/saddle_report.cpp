#include "app/saddle_report.hpp"

#include <cmath>
#include <ostream>

#include "app/frequency_record.hpp"
#include "app/matrix_data.hpp"
#include "app/text_table.hpp"
#include "core/units.hpp"
#include "molecule/bonds.hpp"
#include "molecule/coordinates.hpp"
#include "saddle/free_coordinates.hpp"

namespace markhor {

namespace {

double in_ev_per_angstrom(double force) { return force / hartree_per_bohr_per_ev_per_angstrom; }

// A number in a column, or a dash.
std::string column(const char* format, double value) {
  char text[32];
  if (std::isnan(value)) return "-";
  std::snprintf(text, sizeof text, format, value);
  return text;
}

}  // namespace

void report_saddle_start(std::ostream& out, const SaddleRecord& record, SaddleMethod method) {
  out << "Saddle search: " << method_name(method) << " on " << record.engine << '\n';
  print_line(out, "  %5s  %-12s %18s %12s %14s %10s", "call", "purpose", "energy", "force",
             "not foreseen", "trust");
  print_line(out, "  %5s  %-12s %18s %12s %14s %10s", "", "", "hartree", "ev/angstrom", "hartree",
             "angstrom");
}

void report_call(std::ostream& out, std::size_t number, const SurfaceCall& call,
                 const std::vector<bool>& frozen) {
  const std::string purpose = purpose_name(call.purpose);
  if (!call.value.found) {
    out << "  " << number << "  " << purpose << ": not found: " << call.value.status << '\n';
    return;
  }
  const double surprise = call.value.energy - call.context.predicted_energy;
  print_line(out, "  %5d  %-12s %18.8f %12.5f %14s %10s", static_cast<int>(number), purpose.c_str(),
             call.value.energy,
             in_ev_per_angstrom(largest_on_a_particle(call.value.forces, frozen)),
             column("%.2e", surprise).c_str(),
             column("%.4f", call.context.trust_radius / units::bohr_per_angstrom).c_str());
}

namespace {

// The path in steps, and what its end has become from the saddle point.
void report_descent(std::ostream& out, const Descent& descent, std::size_t side,
                    const SaddleResult& saddle, const std::vector<int>& numbers) {
  print_line(out, "  Down from the saddle point, side %d", static_cast<int>(side));
  print_line(out, "  %12s %18s %14s %12s", "path", "energy", "below", "force");
  print_line(out, "  %12s %18s %14s %12s", "bohr u^1/2", "hartree", "kj/mol", "ev/angstrom");
  const auto below = [&saddle](double energy) {
    return (saddle.value.energy - energy) / units::hartree_per_kj_mol;
  };
  for (const DescentPoint& point : descent.points) {
    print_line(out, "  %12.4f %18.8f %14.4f %12.5f", point.length, point.energy,
               below(point.energy), in_ev_per_angstrom(point.max_force));
  }
  out << "  the path ends: " << descent.path_status << "; then " << descent.status << '\n';
  print_line(out, "  %12s %18.8f %14.4f", "end", descent.end_energy, below(descent.end_energy));
  out << "  from the saddle point: "
      << bond_changes(numbers, vector_data(saddle.positions), vector_data(descent.end)) << '\n';
}

void report_descents(std::ostream& out, const SaddleResult& result,
                     const std::vector<int>& numbers) {
  if (result.descents.empty()) {
    out << "  " << result.descent_status << '\n';
    return;
  }
  for (std::size_t i = 0; i < result.descents.size(); ++i) {
    report_descent(out, result.descents[i], i + 1, result, numbers);
  }
  out << "  from one end to the other: "
      << bond_changes(numbers, vector_data(result.descents.front().end),
                      vector_data(result.descents.back().end))
      << '\n';
}

}  // namespace

void report_saddle(std::ostream& out, const SaddleRecord& record, const Molecule& molecule) {
  const SaddleResult& result = record.result;
  const bool minimum = result.method == SaddleMethod::minimize;
  const char* found = is_refuted(result) ? "Stationary point: "
                      : minimum          ? "Minimum: "
                                         : "Saddle point: ";
  out << found << method_name(result.method) << " on " << record.engine << "\n  " << result.status
      << '\n';
  if (result.value.found) {
    const double error = result.value.energy_error;
    print_line(out, "  %-24s %16.8f hartree%s", "energy", result.value.energy,
               error > 0.0 ? column(" +- %.8f", error).c_str() : "");
    print_line(out, "  %-24s %16.5f ev/angstrom, norm of all %.5f", "largest force",
               in_ev_per_angstrom(result.max_force), in_ev_per_angstrom(result.force_norm));
  }
  print_line(out, "  %-24s %16d search, %d rotation, %d verification, %d descent", "calls",
             result.search_calls, result.rotation_calls, result.verification_calls,
             result.descent_calls);
  for (const VerifiedMode& mode : result.modes) {
    // Of a full Hessian they are eigenvalues, which leave none.
    const std::string residual = mode.error > 0.0     ? column(" +- %.6f", mode.error)
                                 : result.frequencies ? ""
                                                      : column(", residual %.1e", mode.residual);
    print_line(out, "  %-24s %16.6f hartree/bohr^2%s",
               &mode == result.modes.data() ? "lowest curvatures" : "", mode.curvature,
               residual.c_str());
  }
  if (result.frequencies) report_frequencies(out, *result.frequencies);
  out << "  " << result.verification << '\n';
  if (!result.descent_status.empty()) report_descents(out, result, atomic_numbers(molecule));
  print_line(out, "  %-24s %16.2f s on the surface, %.2f s own", "time", result.surface_seconds,
             result.own_seconds);
}

}  // namespace markhor
