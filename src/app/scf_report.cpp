#include "app/scf_report.hpp"

#include <cmath>

#include "app/text_table.hpp"
#include "core/units.hpp"

namespace markhor {

namespace {

void report_iterations(std::ostream& out, const ScfResult& result) {
  out << "  iteration            energy      change    gradient  step\n";
  int number = 0;
  for (const ScfIteration& iteration : result.iterations) {
    print_line(out, "  %9d  %16.9f  %10.1e  %10.1e  %s", ++number, iteration.energy,
               iteration.energy_change, iteration.gradient, iteration.step.c_str());
  }
}

void report_energy(std::ostream& out, const char* name, double value) {
  print_line(out, "  %-24s %18.9f hartree", name, value);
}

void report_orbital(std::ostream& out, const std::string& name, const Eigen::VectorXd& energies,
                    int index) {
  if (index < 0 || index >= energies.size()) return;
  print_line(out, "  %-24s %18.6f hartree  (%.3f eV)", name.c_str(), energies[index],
             energies[index] / units::hartree_per_ev);
}

void report_dipole(std::ostream& out, const ScfResult& result) {
  const auto& d = result.dipole;
  print_line(out, "  %-24s %18.6f debye    (x, y, z: %.6f %.6f %.6f; about the origin)", "dipole",
             std::hypot(d[0], d[1], d[2]) * units::debye_per_au, d[0] * units::debye_per_au,
             d[1] * units::debye_per_au, d[2] * units::debye_per_au);
}

void report_orbitals(std::ostream& out, const ScfRecord& record) {
  const MolecularOrbitals& orbitals = record.result.orbitals;
  const bool one_set = record.method == "rhf";
  const std::string spin = one_set ? "" : " (up)";
  report_orbital(out, "HOMO" + spin, orbitals.up_energies, record.up - 1);
  report_orbital(out, "LUMO" + spin, orbitals.up_energies, record.up);
  if (one_set) return;
  report_orbital(out, "HOMO (down)", orbitals.down_energies, record.down - 1);
  report_orbital(out, "LUMO (down)", orbitals.down_energies, record.down);
}

}  // namespace

void report_scf(std::ostream& out, const ScfRecord& record) {
  const ScfResult& result = record.result;
  out << "Hartree-Fock: " << record.method << ", " << record.basis << ", " << record.functions
      << " basis functions\n";
  report_iterations(out, result);
  out << "  " << result.status << '\n';
  if (!result.converged) return;
  if (result.dropped_functions > 0) {
    out << "  " << result.dropped_functions << " functions left out: linearly dependent\n";
  }
  if (result.most_gaussians > 0) {
    out << "  Slater functions: energies are those of expansions in " << result.fewest_gaussians
        << " to " << result.most_gaussians << " Gaussians a function\n";
  }
  report_energy(out, "energy", result.energy);
  report_energy(out, "  kinetic", result.kinetic);
  report_energy(out, "  nuclear attraction", result.nuclear_attraction);
  report_energy(out, "  electron repulsion", result.electron_repulsion);
  report_energy(out, "  nuclear repulsion", result.nuclear_repulsion);
  print_line(out, "  %-24s %18.6f", "<S^2>", result.spin_squared);
  report_dipole(out, result);
  report_orbitals(out, record);
  print_line(out, "  %-24s %18.2f s", "time", record.seconds);
}

}  // namespace markhor
