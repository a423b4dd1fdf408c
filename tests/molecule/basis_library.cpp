#include "molecule/basis_library.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "molecule/element.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Catch::Matchers::Contains;

namespace {

const std::string folder = MARKHOR_SOURCE_DIR "/basis_sets";

Molecule atom(int atomic_number) {
  Molecule molecule;
  molecule.atoms = {{atomic_number, {0.0, 0.0, 0.0}}};
  return molecule;
}

BasisInput input_for(const std::string& set) {
  BasisInput input;
  input.set = set;
  input.folders = {folder};
  input.place = {"deck.ini", 4};
  return input;
}

BasisSet load_well(const BasisInput& input, const Molecule& molecule) {
  Faults faults;
  BasisSet basis = load_basis(input, molecule, faults);
  for (const Fault& fault : faults.list()) FAIL_CHECK(to_string(fault));
  return basis;
}

std::string only_fault(const BasisInput& input, const Molecule& molecule) {
  Faults faults;
  load_basis(input, molecule, faults);
  REQUIRE(faults.list().size() == 1);
  return to_string(faults.list().front());
}

// Sum over primitive pairs of c c' (a + a')^-(l + 3/2), times the angular and radial constants:
// the squared norm of a spherical function of the shell.
double squared_norm(const Shell& shell) {
  const double l = shell.angular_momentum;
  double sum = 0.0;
  for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
    for (std::size_t q = 0; q < shell.exponents.size(); ++q) {
      sum += shell.coefficients[p] * shell.coefficients[q] *
             std::pow(shell.exponents[p] + shell.exponents[q], -l - 1.5);
    }
  }
  return sum * 4.0 * std::acos(-1.0) / (2.0 * l + 1.0) * std::tgamma(l + 1.5) / 2.0;
}

}  // namespace

TEST_CASE("every shipped set of Gaussians loads, normalized, for every element up to argon") {
  const std::vector<std::string> names = available_basis_sets({folder});
  CHECK(names.size() == 15);
  for (const std::string& name : names) {
    if (name == "sto-tzp") continue;  // Slater functions: slater_basis.cpp
    for (int z = 1; z <= 18; ++z) {
      INFO(name << " " << element_symbol(z));
      const BasisSet basis = load_well(input_for(name), atom(z));
      CHECK(basis.size() >= (z <= 2 ? 1 : 5));
      for (const Shell& shell : basis.shells) {
        CHECK(squared_norm(shell) == Approx(1.0).epsilon(1e-12));
      }
    }
  }
}

TEST_CASE("the shipped sets have the sizes their papers give for oxygen") {
  const auto size = [](const std::string& set) {
    return load_well(input_for(set), atom(8)).size();
  };
  CHECK(size("STO-3G") == 5);
  CHECK(size("3-21G") == 9);
  CHECK(size("6-31G*") == 15);  // six Cartesian d
  CHECK(size("6-311G**") == 18);
  CHECK(size("cc-pVDZ") == 14);
  CHECK(size("cc-pVTZ") == 30);
  CHECK(size("cc-pVQZ") == 55);
  CHECK(size("aug-cc-pVDZ") == 23);
  CHECK(size("aug-cc-pVTZ") == 46);
  CHECK(size("cc-pCVDZ") == 18);
  CHECK(size("cc-pCVTZ") == 43);
  CHECK(size("def2-SVP") == 14);
  CHECK(size("def2-TZVP") == 31);
  CHECK(size("def2-QZVP") == 57);
}

TEST_CASE("a set is found under every common spelling") {
  const auto same = [](const std::string& a, const std::string& b) {
    return load_well(input_for(a), atom(6)).size() == load_well(input_for(b), atom(6)).size();
  };
  CHECK(same("6-31G*", "6-31g(d)"));
  CHECK(same("6-31G*", "6-31gs"));
  CHECK(same("6-311G**", "6-311G(d,p)"));
  CHECK(same("CC-PVDZ", "cc-pVDZ"));
}

TEST_CASE("the cartesian switch overrides the file") {
  BasisInput input = input_for("6-31G*");
  input.cartesian = false;
  CHECK(load_well(input, atom(8)).size() == 14);
  input = input_for("cc-pVTZ");
  input.cartesian = true;
  CHECK(load_well(input, atom(8)).size() == 35);
}

TEST_CASE("the shells of an atom come in order of angular momentum") {
  const BasisSet basis = load_well(input_for("3-21G"), atom(6));
  const auto by_l = [](const Shell& a, const Shell& b) {
    return a.angular_momentum < b.angular_momentum;
  };
  CHECK(std::is_sorted(basis.shells.begin(), basis.shells.end(), by_l));
}

TEST_CASE("an unknown set is a fault with the nearest name and the list") {
  CHECK_THAT(only_fault(input_for("cc-pVDX"), atom(1)), Contains("deck.ini:4") &&
                                                            Contains("did you mean 'cc-pvdz'?") &&
                                                            Contains("def2-qzvp"));
  BasisInput input = input_for("sto-3g");
  input.folders = {"no/such/folder"};
  CHECK_THAT(only_fault(input, atom(1)), Contains("no/such/folder"));
}

TEST_CASE("all elements a set does not define are named at once") {
  Molecule molecule = atom(53);
  molecule.atoms.push_back({1, {3.0, 0.0, 0.0}});
  molecule.atoms.push_back({79, {6.0, 0.0, 0.0}});
  CHECK_THAT(only_fault(input_for("cc-pVDZ"), molecule), Contains("does not define I, Au"));
}

TEST_CASE("a path reads that file, and its malformed lines are faults") {
  const std::string path = "markhor_test_broken.g94";
  std::ofstream(path) << "H 0\nS 1 1.00\n x 1.0\n****\n";
  CHECK_THAT(only_fault(input_for(path), atom(1)), Contains(path + ":3:"));
  std::ofstream(path) << "H 0\nS 1 1.00\n 0.5 1.0\n****\n";
  CHECK(load_well(input_for(path), atom(1)).size() == 1);
  std::remove(path.c_str());
  CHECK_THAT(only_fault(input_for("./none.g94"), atom(1)), Contains("./none.g94"));
}

TEST_CASE("functions beyond h are refused by name") {
  const std::string path = "markhor_test_high.g94";
  std::ofstream(path) << "H 0\nI 1 1.00\n 0.5 1.0\n****\n";
  CHECK_THAT(only_fault(input_for(path), atom(1)), Contains("beyond l = 5"));
  std::remove(path.c_str());
}
