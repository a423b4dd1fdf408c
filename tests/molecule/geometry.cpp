#include "molecule/geometry.hpp"

#include <cmath>
#include <string>

#include "core/units.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

MoleculeInput water() {
  MoleculeInput input;
  input.atoms = {{"O", {0.0, 0.0, 0.0}, {"water.xyz", 3}},
                 {"H", {0.0, 1.4, 1.1}, {"water.xyz", 4}},
                 {"h", {0.0, -1.4, 1.1}, {"water.xyz", 5}}};
  input.charge_place = {"deck.ini", 7};
  input.multiplicity_place = {"deck.ini", 8};
  return input;
}

// The only fault of an input, as printed.
std::string only_fault(const MoleculeInput& input) {
  Faults faults;
  build_molecule(input, faults);
  REQUIRE(faults.list().size() == 1);
  return to_string(faults.list().front());
}

using Catch::Matchers::Contains;

}  // namespace

TEST_CASE("a molecule counts its electrons and knows its nuclear repulsion") {
  Faults faults;
  const Molecule molecule = build_molecule(water(), faults);
  CHECK(faults.empty());
  CHECK(molecule.electrons() == 10);
  CHECK(molecule.up_electrons() == 5);
  CHECK(molecule.down_electrons() == 5);
  const double expected = 2.0 * 8.0 / std::hypot(1.4, 1.1) + 1.0 / 2.8;
  CHECK(molecule.nuclear_repulsion() == Approx(expected).epsilon(1e-14));
}

TEST_CASE("charge and multiplicity move electrons between the spins") {
  MoleculeInput input = water();
  input.charge = 1;
  input.multiplicity = 4;
  Faults faults;
  const Molecule molecule = build_molecule(input, faults);
  CHECK(faults.empty());
  CHECK(molecule.up_electrons() == 6);
  CHECK(molecule.down_electrons() == 3);
}

TEST_CASE("positions are converted to bohr") {
  MoleculeInput input = water();
  input.bohr_per_unit = units::bohr_per_angstrom;
  Faults faults;
  const Molecule molecule = build_molecule(input, faults);
  CHECK(molecule.atoms[1].position[1] == Approx(1.4 / 0.529177210903).epsilon(1e-15));
}

TEST_CASE("an unknown element is named with its line and a suggestion") {
  MoleculeInput input = water();
  input.atoms[0].symbol = "O1";
  CHECK_THAT(only_fault(input),
             Contains("water.xyz:3") && Contains("'O1'") && Contains("did you mean 'O'?"));
}

TEST_CASE("every unknown element is reported in one run") {
  MoleculeInput input = water();
  input.atoms[0].symbol = "Qq";
  input.atoms[2].symbol = "X";
  Faults faults;
  build_molecule(input, faults);
  CHECK(faults.list().size() == 2);
}

TEST_CASE("coincident atoms are a fault that names both") {
  MoleculeInput input = water();
  input.atoms[2].position = {0.0, 1.4, 1.11};
  CHECK_THAT(only_fault(input), Contains("atom 3") && Contains("atom 2") && Contains("0.01 bohr") &&
                                    Contains("line 4"));
}

TEST_CASE("coincidence is judged in bohr, whatever the unit") {
  MoleculeInput input = water();
  input.atoms[2].position = {0.0, 1.4, 1.16};  // 0.06 angstrom = 0.113 bohr away
  input.bohr_per_unit = units::bohr_per_angstrom;
  Faults faults;
  build_molecule(input, faults);
  CHECK(faults.empty());
}

TEST_CASE("a multiplicity that does not fit lists the ones that do") {
  MoleculeInput input = water();
  input.multiplicity = 2;
  CHECK_THAT(only_fault(input),
             Contains("deck.ini:8") && Contains("10 electrons") && Contains("1, 3, 5, ..., 11"));
  input.multiplicity = 13;
  CHECK_THAT(only_fault(input), Contains("multiplicity 13"));
  input.multiplicity = 0;
  CHECK_THAT(only_fault(input), Contains("multiplicity 0"));
}

TEST_CASE("a charge that leaves no electrons is a fault") {
  MoleculeInput input = water();
  input.charge = 10;
  CHECK_THAT(only_fault(input), Contains("deck.ini:7") && Contains("at most 9"));
}

TEST_CASE("no atoms is a fault") { CHECK_THAT(only_fault(MoleculeInput{}), Contains("no atoms")); }
