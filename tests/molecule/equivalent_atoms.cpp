#include "molecule/equivalent_atoms.hpp"

#include "support/catch.hpp"

using namespace markhor;

namespace {

Molecule molecule_of(std::vector<Atom> atoms) {
  Molecule molecule;
  molecule.atoms = std::move(atoms);
  return molecule;
}

}  // namespace

TEST_CASE("atoms that a symmetry exchanges are equivalent") {
  const Molecule water = molecule_of(
      {{8, {0.0, 0.0, 0.0}}, {1, {0.0, 1.4304288, 1.1071570}}, {1, {0.0, -1.4304288, 1.1071570}}});
  CHECK(equivalent_atoms(water) == std::vector<int>{0, 1, 1});
  const double h = 1.1859538349;
  const Molecule methane = molecule_of(
      {{1, {h, h, h}}, {6, {0, 0, 0}}, {1, {-h, -h, h}}, {1, {-h, h, -h}}, {1, {h, -h, -h}}});
  CHECK(equivalent_atoms(methane) == std::vector<int>{0, 1, 0, 0, 0});
  const Molecule dicarbon = molecule_of({{6, {0, 0, -1.17405}}, {6, {0, 0, 1.17405}}});
  CHECK(equivalent_atoms(dicarbon) == std::vector<int>{0, 0});
}

TEST_CASE("atoms of one element in different places are not equivalent") {
  const Molecule cyanide = molecule_of({{1, {0, 0, -2.0}}, {6, {0, 0, 0}}, {7, {0, 0, 2.18}}});
  CHECK(equivalent_atoms(cyanide) == std::vector<int>{0, 1, 2});
  // The middle atom of a chain; ends that differ by more than the tolerance, and by less.
  const auto chain = [](double right) {
    return molecule_of({{1, {0, 0, -1.757}}, {1, {0, 0, 0}}, {1, {0, 0, right}}});
  };
  CHECK(equivalent_atoms(chain(1.757)) == std::vector<int>{0, 1, 0});
  CHECK(equivalent_atoms(chain(1.757 + 1e-8)) == std::vector<int>{0, 1, 0});
  CHECK(equivalent_atoms(chain(1.75701)) == std::vector<int>{0, 1, 2});
  // Same distances, other elements: C-N-C-O with carbon seeing unlike partners.
  const Molecule mixed = molecule_of(
      {{6, {0, 0, 0}}, {7, {0, 0, 2.0}}, {6, {0, 0, 4.0}}, {8, {0, 0, 6.0}}, {8, {0, 0, 8.0}}});
  CHECK(equivalent_atoms(mixed) == std::vector<int>{0, 1, 2, 3, 4});
}
