// What a saddle search needs of the files that a deck names.
#include <algorithm>
#include <filesystem>
#include <limits>
#include <memory>

#include "app/stage_settings.hpp"
#include "engine/xtb_surface.hpp"
#include "io/xyz.hpp"
#include "molecule/atomic_mass.hpp"
#include "molecule/coordinates.hpp"
#include "molecule/element.hpp"
#include "molecule/geometry.hpp"
#include "saddle/free_coordinates.hpp"
#include "saddle/path_guess.hpp"

namespace markhor {

namespace {

void check_frozen(const Deck& deck, const std::vector<int>& frozen, std::size_t atoms,
                  Faults& faults) {
  for (const int atom : frozen) {
    if (static_cast<std::size_t>(atom) <= atoms) continue;
    faults.add(deck.place("saddle", "frozen"),
               "'frozen' names atom " + std::to_string(atom) + ", but the molecule has " +
                   std::to_string(atoms) + (atoms == 1 ? " atom" : " atoms"));
    return;
  }
  const std::vector<bool> flags = frozen_flags(frozen, atoms);
  if (!flags.empty() && std::find(flags.begin(), flags.end(), false) == flags.end()) {
    faults.add(deck.place("saddle", "frozen"), "'frozen' leaves no atom to move");
  }
}

void check_masses(const Deck& deck, const SaddleOptions& options, const Molecule& molecule,
                  Faults& faults) {
  if (options.verify != Verify::hessian && !options.irc) return;
  for (const Atom& atom : molecule.atoms) {
    if (atom.atomic_number <= max_massive_number) continue;
    faults.add(deck.place("saddle", options.irc ? "irc" : "verify"),
               "needs masses, and that of " + element_symbol(atom.atomic_number) +
                   " is not known here; elements up to Rn have one");
    return;
  }
}

// A line for each atom of the molecule, of its element, from the file that a key of [saddle] names;
// empty after a fault. things: what they are.
std::vector<AtomLine> lines_like(const Deck& deck, const std::string& key, const Molecule& molecule,
                                 const std::string& things, Faults& faults) {
  const std::string file = deck.file("saddle", key);
  if (!std::filesystem::exists(file)) return {};  // which has been told
  const std::size_t faults_before = faults.list().size();
  const std::vector<AtomLine> lines = read_xyz(file, faults);
  if (faults.list().size() != faults_before) return {};
  if (lines.size() != molecule.atoms.size()) {
    faults.add({file, 1}, "has " + std::to_string(lines.size()) + " " + things +
                              ", but the molecule has " + std::to_string(molecule.atoms.size()) +
                              " atoms");
    return {};
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (atomic_number(lines[i].symbol) == molecule.atoms[i].atomic_number) continue;
    faults.add(lines[i].place, "'" + lines[i].symbol + "' stands where the molecule has " +
                                   element_symbol(molecule.atoms[i].atomic_number) +
                                   "; the atoms must be in the same order");
    return {};
  }
  return lines;
}

// 3n; empty after a fault. invariant: the surface does not change where all atoms move as a whole.
Eigen::VectorXd read_direction(const Deck& deck, const Molecule& molecule,
                               const std::vector<int>& frozen, bool invariant, Faults& faults) {
  const std::vector<AtomLine> lines =
      lines_like(deck, "direction", molecule, "displacements", faults);
  if (lines.empty()) return {};
  Eigen::VectorXd direction = Eigen::VectorXd::Zero(3 * static_cast<Eigen::Index>(lines.size()));
  const std::vector<bool> fixed = frozen_flags(frozen, lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!fixed.empty() && fixed[i]) continue;
    for (std::size_t k = 0; k < 3; ++k) {
      direction[static_cast<Eigen::Index>(3 * i + k)] = lines[i].position[k];
    }
  }
  const std::string file = deck.file("saddle", "direction");
  if (direction.norm() == 0.0) {
    faults.add({file, 0}, "displaces no atom that may move");
    return {};
  }
  direction.normalize();
  const FreeCoordinates space({atomic_numbers(molecule), invariant}, fixed);
  const Eigen::MatrixXd internal = space.internal_motions(positions_of(molecule));
  if ((internal.transpose() * space.reduced(direction)).norm() > 1e-3) return direction;
  faults.add({file, 0}, "only moves or turns the molecule as a whole");
  return {};
}

// The image of highest energy on a prior, which costs no call of the surface; else half-way.
std::size_t image_to_start(const std::vector<Eigen::VectorXd>& path, Surface* prior) {
  std::size_t highest = path.size() / 2;
  if (prior == nullptr) return highest;
  double energy = -std::numeric_limits<double>::infinity();
  for (std::size_t k = 1; k + 1 < path.size(); ++k) {
    const SurfaceValue value = prior->evaluate(path[k]);
    if (!value.found || value.energy <= energy) continue;
    energy = value.energy;
    highest = k;
  }
  return highest;
}

// Frozen atoms say where the molecule is; they must agree.
bool frozen_agree(const Deck& deck, const Eigen::VectorXd& reactant, const Eigen::VectorXd& product,
                  const std::vector<bool>& frozen, Faults& faults) {
  constexpr double tolerance = 1e-3;  // bohr
  for (std::size_t i = 0; i < frozen.size(); ++i) {
    const auto k = 3 * static_cast<Eigen::Index>(i);
    if (!frozen[i] || (reactant.segment<3>(k) - product.segment<3>(k)).norm() < tolerance) continue;
    faults.add(deck.place("saddle", "frozen"), "'frozen' names atom " + std::to_string(i + 1) +
                                                   ", which is not in the same place in "
                                                   "'reactant' and 'product'");
    return false;
  }
  return true;
}

// Puts the molecule, which is the reactant, between it and the product.
void start_between(const Deck& deck, const Settings& settings, CalculationInput& input,
                   Faults& faults) {
  constexpr int images = 9;
  Molecule& molecule = input.molecule;
  const std::vector<AtomLine> lines = lines_like(deck, "product", molecule, "atoms", faults);
  if (lines.empty()) return;
  const std::size_t faults_before = faults.list().size();
  const Molecule other = build_molecule(
      {lines, units::bohr_per_angstrom, molecule.charge, molecule.multiplicity, {}, {}}, faults);
  if (faults.list().size() != faults_before) return;
  const Eigen::VectorXd reactant = positions_of(molecule);
  Eigen::VectorXd product = positions_of(other);
  const std::vector<bool> frozen = frozen_flags(settings.saddle.frozen, molecule.atoms.size());
  if (!frozen_agree(deck, reactant, product, frozen, faults)) return;
  if (frozen.empty()) product = aligned(product, reactant);
  if ((product - reactant).norm() < 1e-3) {
    faults.add(deck.place("saddle", "product"), "'product' is the reactant once more");
    return;
  }
  const auto path = interpolated_path(reactant, product, frozen, images);
  std::unique_ptr<Surface> prior;
  if (settings.saddle.xtb_prior && xtb_is_built_in()) {
    prior = std::make_unique<XtbSurface>(molecule);
  }
  const std::size_t image = image_to_start(path, prior.get());
  set_positions(molecule, path[image]);
  input.direction = path_tangent(path, image);
}

}  // namespace

std::vector<bool> frozen_flags(const std::vector<int>& frozen, std::size_t atoms) {
  if (frozen.empty()) return {};
  std::vector<bool> flags(atoms, false);
  for (const int atom : frozen) {
    if (static_cast<std::size_t>(atom) <= atoms) flags[static_cast<std::size_t>(atom) - 1] = true;
  }
  return flags;
}

void read_saddle_input(const Deck& deck, const Settings& settings, CalculationInput& input,
                       Faults& faults) {
  if (!settings.runs_saddle) return;
  const Molecule& molecule = input.molecule;
  const std::size_t faults_before = faults.list().size();
  if (!settings.surface.engine.empty()) {
    const SurfaceKind& kind = surface_kind(settings.surface.engine);
    const std::string problem = kind.problem(molecule);
    if (!problem.empty()) {
      faults.add(deck.place("surface", "engine"), problem);
    } else if (molecule.atoms.size() == 1 && kind.has_elements) {
      faults.add(deck.section_place("saddle"), "one atom alone has nothing to search");
    }
  }
  if (settings.saddle.xtb_prior && settings.surface.engine != "xtb") {
    const std::string refusal = xtb_refusal(molecule);
    if (!refusal.empty() && xtb_is_built_in()) faults.add(deck.place("saddle", "prior"), refusal);
  }
  check_masses(deck, settings.saddle.options, molecule, faults);
  check_frozen(deck, settings.saddle.frozen, molecule.atoms.size(), faults);
  if (starts_between(deck) && faults.list().size() == faults_before) {
    start_between(deck, settings, input, faults);
  }
  if (deck.is_given("saddle", "direction")) {
    const std::string& engine = settings.surface.engine;
    const bool invariant = engine.empty() || surface_kind(engine).has_elements;
    input.direction = read_direction(deck, molecule, settings.saddle.frozen, invariant, faults);
  }
}

}  // namespace markhor
