#include "app/summary.hpp"

#include <algorithm>
#include <cstdio>
#include <map>

#include "meanfield/repulsion.hpp"
#include "molecule/element.hpp"
#include "molecule/equivalent_atoms.hpp"
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

// Sizes do not depend on the orbitals' coefficients, so any will do before there are some.
TrialWaveFunction stand_in(const Settings& settings, const CalculationInput& input) {
  if (input.imported) return *input.imported;
  TrialWaveFunction trial;
  trial.molecule = input.molecule;
  trial.basis = input.basis;
  trial.up = Eigen::MatrixXd::Identity(input.basis.size(), input.basis.size());
  trial.down = trial.up;
  trial.restricted = settings.scf.method != ScfMethod::uhf;
  trial.options = settings.wave_function;
  trial.options.cusp_correction = false;
  trial.jastrow = starting_jastrow(input.molecule, settings.wave_function);
  trial.atom_classes = equivalent_atoms(input.molecule);
  return trial;
}

// Of the largest iteration. Before Hartree-Fock the symmetry of the orbitals and the number of
// configurations are not known: then this is what the most parameters would take.
double largest_sample_bytes(const Settings& settings, const CalculationInput& input) {
  const OptimizeOptions& options = settings.optimize;
  const TrialWaveFunction trial = stand_in(settings, input);
  std::size_t parameters = selected_parameters(trial, options.parameters).size();
  if (options.parameters.ci && settings.determinants.ci) {
    parameters +=
        static_cast<std::size_t>(determinants_in(settings.determinants.ci->space, input.molecule));
  }
  return std::min(options.memory_limit, sample_bytes(options.max_samples, parameters));
}

// Where the determinants come from, if not from Hartree-Fock alone: "active space of 4
// determinants, ".
std::string determinant_text(const Settings& settings, const CalculationInput& input) {
  const DeterminantSource& source = settings.determinants;
  if (source.ci) {
    char count[32];
    std::snprintf(count, sizeof count, "%.0f", determinants_in(source.ci->space, input.molecule));
    return std::string("active space of ") + count + " determinants, ";
  }
  if (!source.determinant_file.empty()) return "determinants of " + source.determinant_file + ", ";
  return source.import.empty() ? "" : "from " + source.import + ", ";
}

std::string optimize_text(const OptimizeOptions& options) {
  return "optimize (" + options.method + "; " + parameter_words(options.parameters) + ", " +
         std::to_string(options.walkers) + " walkers, at most " +
         std::to_string(options.max_iterations) + " iterations)";
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

std::string stages_line(const Settings& settings, const CalculationInput& input) {
  std::string text;
  if (settings.runs_scf) text += "scf (" + method_name(settings.scf.method) + ")";
  if (settings.runs_wave_function) {
    text += (text.empty() ? "" : ", ") + ("wavefunction (" + determinant_text(settings, input));
    std::string separator;
    const std::vector<std::string> terms = stand_in(settings, input).options.jastrow;
    for (const FactorKind& kind : factor_kinds()) {
      if (kind.optional && std::find(terms.begin(), terms.end(), kind.name) == terms.end()) {
        continue;
      }
      text += separator + kind.name;
      separator = ", ";
    }
    text += ")";
  }
  if (settings.runs_optimize) text += ", " + optimize_text(settings.optimize);
  if (settings.runs_vmc) {
    text += ", vmc (" + std::to_string(settings.vmc.walkers) + " walkers, " +
            (settings.vmc.move == VmcMove::drift ? "drift" : "accelerated") + " moves, " +
            (settings.vmc.target_error ? "at most " : "") +
            std::to_string(settings.vmc.step_limit()) + " steps)";
  }
  if (settings.runs_dmc) {
    text += ", dmc (" + std::to_string(settings.dmc.walkers) + " walkers, " +
            std::to_string(settings.dmc.time_steps.size()) +
            (settings.dmc.time_steps.size() == 1 ? " time step, " : " time steps, ") +
            (settings.dmc.target_error ? "at most " : "") +
            std::to_string(settings.dmc.step_limit()) + " generations each)";
  }
  if (settings.runs_saddle) {
    const SaddleOptions& saddle = settings.saddle.options;
    text += (text.empty() ? "" : ", ") + ("saddle (" + method_name(saddle.method)) + " on " +
            settings.surface.engine + ", at most " + std::to_string(saddle.limits.max_calls) +
            " calls)";
  }
  return text;
}

std::string memory_line(const Settings& settings, const CalculationInput& input) {
  std::string text;
  const bool on_hartree_fock = settings.runs_saddle && settings.surface.engine == "hf";
  if (settings.runs_scf || on_hartree_fock) {
    const double bytes = stored_repulsion_bytes(input.basis.size());
    text = bytes <= settings.scf.memory_limit
               ? "two-electron integrals " + bytes_text(bytes)
               : "two-electron integrals recomputed (stored they would need " + bytes_text(bytes) +
                     ")";
  }
  const auto add = [&text](const std::string& item) { text += (text.empty() ? "" : ", ") + item; };
  if (settings.runs_optimize) {
    add("samples of the optimization at most " + bytes_text(largest_sample_bytes(settings, input)));
  }
  if (settings.runs_vmc || settings.runs_dmc) {
    const auto walker =
        static_cast<double>(make_wave_function(stand_in(settings, input)).bytes_per_walker());
    const int walkers = std::max(settings.runs_vmc ? settings.vmc.walkers : 0,
                                 settings.runs_dmc ? settings.dmc.walkers : 0);
    add("walkers " + bytes_text(walker * walkers) + " over all ranks (" + bytes_text(walker) +
        " each)");
  }
  return text.empty() ? "little" : text;
}

}  // namespace markhor
