#include "wavefunction/determinant_parameters.hpp"

#include <algorithm>
#include <cmath>
#include <unsupported/Eigen/MatrixFunctions>

#include "molecule/element.hpp"
#include "wavefunction/shell_fit.hpp"

namespace markhor {

namespace {

// In how many ways an orbital occurs: occupied in every determinant, in none, or in some.
enum class Occupation { always, never, sometimes };

std::vector<Occupation> occupations(const TrialWaveFunction& trial, bool up) {
  const auto orbitals = static_cast<std::size_t>((up ? trial.up : trial.down).cols());
  const int electrons = up ? trial.molecule.up_electrons() : trial.molecule.down_electrons();
  std::vector<int> counts(orbitals, 0);
  int determinants = 1;
  if (trial.expansion.csfs.empty()) {
    std::fill_n(counts.begin(), electrons, 1);
  } else {
    determinants = static_cast<int>(trial.expansion.determinants.size());
    for (const Determinant& d : trial.expansion.determinants) {
      for (const int orbital : up ? d.up : d.down) ++counts[static_cast<std::size_t>(orbital)];
    }
  }
  std::vector<Occupation> result;
  for (const int count : counts) {
    result.push_back(count == 0              ? Occupation::never
                     : count == determinants ? Occupation::always
                                             : Occupation::sometimes);
  }
  return result;
}

// Adds the pairs of one list of orbitals that are not redundant.
void add_rotations(std::vector<OrbitalRotation>& rotations, const OrbitalRotation& kind,
                   const std::vector<Occupation>& occupation, const std::vector<int>& symmetry,
                   bool within_active) {
  for (std::size_t p = 0; p < occupation.size(); ++p) {
    for (std::size_t q = p + 1; q < occupation.size(); ++q) {
      if (!symmetry.empty() && symmetry[p] != symmetry[q]) continue;
      const bool active = occupation[p] == Occupation::sometimes && within_active;
      if (occupation[p] == occupation[q] && !active) continue;
      OrbitalRotation rotation = kind;
      rotation.p = static_cast<int>(p);
      rotation.q = static_cast<int>(q);
      rotations.push_back(rotation);
    }
  }
}

std::string shell_letter(int l) { return {"spdfghik"[l]}; }

void rotate(Eigen::MatrixXd& orbitals, const Eigen::MatrixXd& generator) {
  if (generator.isZero(0.0)) return;
  orbitals = (orbitals * generator.exp()).eval();
}

void scale_shell(Shell& shell, double logarithm) {
  for (std::size_t t = 0; t < shell.exponents.size(); ++t) {
    const double l = shell.angular_momentum;
    const double power = shell.is_slater() ? shell.powers[t] + l + 1.5 : 0.5 * l + 0.75;
    shell.exponents[t] *= std::exp(logarithm);
    shell.coefficients[t] *= std::exp(power * logarithm);
  }
}

}  // namespace

std::vector<OrbitalRotation> orbital_rotations(const TrialWaveFunction& trial,
                                               const ParameterSelection& selection) {
  std::vector<OrbitalRotation> rotations;
  const bool within_active = trial.expansion.csfs.size() > 1 && !selection.ci;
  const std::vector<Occupation> up = occupations(trial, true), down = occupations(trial, false);
  if (!trial.restricted) {
    add_rotations(rotations, {true, false}, up, trial.up_symmetry, within_active);
    add_rotations(rotations, {false, true}, down, trial.down_symmetry, within_active);
    return rotations;
  }
  // Both spins at once: occupied in every determinant of both, in none, or anything between.
  std::vector<Occupation> both = up;
  for (std::size_t p = 0; p < both.size(); ++p) {
    if (up[p] != down[p]) both[p] = Occupation::sometimes;
  }
  add_rotations(rotations, {true, true}, both, trial.up_symmetry, within_active);
  return rotations;
}

std::vector<TiedCsfs> tied_configurations(const DeterminantExpansion& expansion) {
  std::vector<TiedCsfs> groups;
  std::vector<double> sizes;
  for (std::size_t k = 1; k < expansion.csfs.size(); ++k) {
    const double c = expansion.csfs[k].coefficient, sign = c < 0.0 ? -1.0 : 1.0;
    const auto known = std::find_if(sizes.begin(), sizes.end(), [&](double size) {
      return c != 0.0 && std::abs(size - std::abs(c)) < 1e-7;
    });
    if (known == sizes.end()) {
      sizes.push_back(std::abs(c));
      groups.push_back({{static_cast<int>(k)}, {sign}});
    } else {
      TiedCsfs& group = groups[static_cast<std::size_t>(known - sizes.begin())];
      group.csfs.push_back(static_cast<int>(k));
      group.signs.push_back(sign);
    }
  }
  return groups;
}

std::vector<TiedShells> tied_shells(const TrialWaveFunction& trial) {
  std::vector<TiedShells> groups;
  std::vector<std::size_t> first_group;                                // of each class
  std::vector<std::size_t> shells_seen(trial.atom_classes.size(), 0);  // of each nucleus
  for (std::size_t s = 0; s < trial.basis.shells.size(); ++s) {
    const Shell& shell = trial.basis.shells[s];
    const auto atom = static_cast<std::size_t>(shell.atom);
    const auto c = static_cast<std::size_t>(trial.atom_classes[atom]);
    const std::size_t number = shells_seen[atom]++;
    const bool leads =
        std::find(trial.atom_classes.begin(), trial.atom_classes.end(), static_cast<int>(c)) ==
        trial.atom_classes.begin() + static_cast<std::ptrdiff_t>(atom);
    if (leads) {
      if (number == 0) first_group.push_back(groups.size());
      groups.push_back({element_symbol(trial.molecule.atoms[atom].atomic_number) +
                            std::to_string(atom + 1) + " " + shell_letter(shell.angular_momentum) +
                            std::to_string(number + 1),
                        {s}});
    } else {
      groups[first_group[c] + number].shells.push_back(s);
    }
  }
  return groups;
}

std::vector<Parameter> determinant_parameters(const TrialWaveFunction& trial,
                                              const ParameterSelection& selection) {
  std::vector<Parameter> parameters;
  if (selection.ci) {
    for (const TiedCsfs& group : tied_configurations(trial.expansion)) {
      const auto k = static_cast<std::size_t>(group.csfs.front());
      parameters.push_back({"configuration " + std::to_string(k + 1), ParameterKind::ci,
                            trial.expansion.csfs[k].coefficient});
    }
  }
  if (selection.orbitals) {
    for (const OrbitalRotation& r : orbital_rotations(trial, selection)) {
      const std::string spin = r.up && r.down ? "" : r.up ? "up " : "down ";
      parameters.push_back(
          {"rotation " + spin + std::to_string(r.p + 1) + "-" + std::to_string(r.q + 1),
           ParameterKind::orbitals, 0.0});
    }
  }
  if (selection.exponents) {
    for (const TiedShells& group : tied_shells(trial)) {
      parameters.push_back({"exponent " + group.name, ParameterKind::exponents, 0.0});
    }
  }
  return parameters;
}

std::optional<std::string> change_determinants(TrialWaveFunction& trial,
                                               const ParameterSelection& selection,
                                               const Eigen::VectorXd& step) {
  Eigen::Index next = 0;
  // Lists first: they describe the wave function before the step.
  const auto rotations =
      selection.orbitals ? orbital_rotations(trial, selection) : std::vector<OrbitalRotation>();
  if (selection.ci) {
    for (const TiedCsfs& group : tied_configurations(trial.expansion)) {
      for (std::size_t i = 0; i < group.csfs.size(); ++i) {
        trial.expansion.csfs[static_cast<std::size_t>(group.csfs[i])].coefficient +=
            group.signs[i] * group.signs[0] * step[next];
      }
      ++next;
    }
  }
  Eigen::MatrixXd up = Eigen::MatrixXd::Zero(trial.up.cols(), trial.up.cols());
  Eigen::MatrixXd down = Eigen::MatrixXd::Zero(trial.down.cols(), trial.down.cols());
  for (const OrbitalRotation& r : rotations) {
    for (Eigen::MatrixXd* x : {r.up ? &up : nullptr, r.down ? &down : nullptr}) {
      if (x == nullptr) continue;
      (*x)(r.q, r.p) = step[next];
      (*x)(r.p, r.q) = -step[next];
    }
    ++next;
  }
  rotate(trial.up, up);
  rotate(trial.down, down);
  if (!selection.exponents) return std::nullopt;
  // The derivatives say nothing about a basis far away: steps level off at a third, with the same
  // slope at zero.
  constexpr double most = 0.3;
  const BasisSet before = trial.basis;
  for (const TiedShells& group : tied_shells(trial)) {
    const double logarithm = most * std::tanh(step[next++] / most);
    for (const std::size_t s : group.shells) scale_shell(trial.basis.shells[s], logarithm);
  }
  follow_basis(before, trial.basis, trial.up);
  follow_basis(before, trial.basis, trial.down);
  return std::nullopt;
}

}  // namespace markhor
