#include "app/ci_report.hpp"

#include "app/text_table.hpp"

namespace markhor {

void report_ci(std::ostream& out, const CiRecord& record) {
  const CiResult& result = record.result;
  print_line(out, "Configuration interaction: %d electrons in %d orbitals, %d determinants",
             record.space.electrons, record.space.orbitals, result.determinants_in_space);
  out << "  " << result.status << '\n';
  if (!result.converged) return;
  print_line(out, "  %-24s %16.8f hartree", "energy", result.energy);
  print_line(out, "  %-24s %16.8f hartree", "lowest configuration", result.reference_energy);
  print_line(out, "  %-24s %16.6f", "<S^2>", result.spin_squared);
  constexpr Eigen::Index per_line = 8;
  for (Eigen::Index i = 0; i < result.natural_occupations.size(); i += per_line) {
    std::string line;
    for (Eigen::Index k = i; k < std::min(i + per_line, result.natural_occupations.size()); ++k) {
      char number[16];
      std::snprintf(number, sizeof number, " %7.4f", result.natural_occupations[k]);
      line += number;
    }
    print_line(out, "  %-24s %s", i == 0 ? "natural occupations" : "", line.c_str());
  }
  print_line(out, "  %-24s %16d of %d, of %d determinants", "configurations kept",
             record.configurations, result.csfs_in_space, record.determinants);
  print_line(out, "  %-24s %16.2e", "weight left out", result.truncated_weight);
  if (result.parts_degenerate_orbitals) {
    out << "  warning: the active space parts orbitals of equal energy, which breaks their "
           "symmetry; take all of them in or none\n";
  }
  print_line(out, "  %-24s %16.2f s", "time", record.seconds);
}

}  // namespace markhor
