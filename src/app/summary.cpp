#include "app/summary.hpp"

#include <cstdio>
#include <map>

#include "meanfield/repulsion.hpp"
#include "molecule/element.hpp"
#include "wavefunction/factory.hpp"
#include "wavefunction/jastrow_start.hpp"

namespace markhor {

namespace {

std::string with_count(const std::string& symbol, int count) {
  return count == 1 ? symbol : symbol + std::to_string(count);
}

std::string bytes_text(double bytes) {
  char text[32];
  if (bytes < 1e6) {
    std::snprintf(text, sizeof text, "%.0f kB", bytes / 1e3);
  } else if (bytes < 1e9) {
    std::snprintf(text, sizeof text, "%.0f MB", bytes / 1e6);
  } else {
    std::snprintf(text, sizeof text, "%.1f GB", bytes / 1e9);
  }
  return text;
}

// The size does not depend on the orbitals' coefficients, so any will do before there are some.
double bytes_per_walker(const Settings& settings, const CalculationInput& input) {
  TrialWaveFunction trial;
  trial.molecule = input.molecule;
  trial.basis = input.basis;
  trial.up = Eigen::MatrixXd::Identity(input.basis.size(), input.molecule.up_electrons());
  trial.down = Eigen::MatrixXd::Identity(input.basis.size(), input.molecule.down_electrons());
  trial.options = settings.wave_function;
  trial.options.cusp_correction = false;
  trial.jastrow = starting_jastrow(input.molecule);
  return static_cast<double>(make_wave_function(trial).bytes_per_walker());
}

}  // namespace

std::string formula(const Molecule& molecule) {
  std::map<std::string, int> counts;
  for (const Atom& atom : molecule.atoms) ++counts[element_symbol(atom.atomic_number)];
  std::string text;
  // Hill: carbon and hydrogen first if there is carbon, the rest by the alphabet.
  if (counts.count("C") > 0) {
    for (const char* symbol : {"C", "H"}) {
      const auto found = counts.find(symbol);
      if (found == counts.end()) continue;
      text += with_count(found->first, found->second);
      counts.erase(found);
    }
  }
  for (const auto& [symbol, count] : counts) text += with_count(symbol, count);
  return text;
}

std::string molecule_line(const Molecule& molecule) {
  const auto counted = [](std::size_t count, const std::string& noun) {
    return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
  };
  return formula(molecule) + ": " + counted(molecule.atoms.size(), "atom") + ", charge " +
         std::to_string(molecule.charge) + ", multiplicity " +
         std::to_string(molecule.multiplicity) + ", " +
         counted(static_cast<std::size_t>(molecule.electrons()), "electron") + " (" +
         std::to_string(molecule.up_electrons()) + " up, " +
         std::to_string(molecule.down_electrons()) + " down)";
}

std::string basis_line(const BasisSet& basis) {
  return basis.name + ": " + std::to_string(basis.size()) + " functions in " +
         std::to_string(basis.shells.size()) + " shells";
}

std::string stages_line(const Settings& settings) {
  std::string text;
  if (settings.runs_scf) text += "scf (" + method_name(settings.scf.method) + ")";
  if (settings.runs_wave_function) {
    text += ", wavefunction (";
    std::string separator;
    for (const FactorKind& kind : factor_kinds()) {
      bool used = !kind.optional;
      for (const std::string& name : settings.wave_function.jastrow) used |= name == kind.name;
      if (!used) continue;
      text += separator + kind.name;
      separator = ", ";
    }
    text += ")";
  }
  if (settings.runs_vmc) {
    text += ", vmc (" + std::to_string(settings.vmc.walkers) + " walkers, " +
            (settings.vmc.move == VmcMove::drift ? "drift" : "accelerated") + " moves, " +
            (settings.vmc.target_error ? "at most " : "") +
            std::to_string(settings.vmc.step_limit()) + " steps)";
  }
  return text;
}

std::string memory_line(const Settings& settings, const CalculationInput& input) {
  std::string text;
  if (settings.runs_scf) {
    const double bytes = stored_repulsion_bytes(input.basis.size());
    text = bytes <= settings.scf.memory_limit
               ? "two-electron integrals " + bytes_text(bytes)
               : "two-electron integrals recomputed (stored they would need " + bytes_text(bytes) +
                     ")";
  }
  if (settings.runs_vmc) {
    const double walker = bytes_per_walker(settings, input);
    text += ", walkers " + bytes_text(walker * settings.vmc.walkers) + " over all ranks (" +
            bytes_text(walker) + " each)";
  }
  return text;
}

}  // namespace markhor
