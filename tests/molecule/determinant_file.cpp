#include "molecule/determinant_file.hpp"

#include <unistd.h>

#include <cmath>
#include <filesystem>

#include "support/catch.hpp"

using namespace markhor;

namespace {

// Five up and five down electrons, or six and four.
Molecule water(int multiplicity) {
  Molecule molecule;
  molecule.atoms = {{8, {0, 0, 0}}, {1, {0, 1.43, 1.1}}, {1, {0, -1.43, 1.1}}};
  molecule.multiplicity = multiplicity;
  return molecule;
}

std::vector<std::string> faults_of(const std::string& text, int multiplicity = 1) {
  Faults faults;
  parse_determinants(text, "f.det", water(multiplicity), 8, faults);
  std::vector<std::string> messages;
  for (const Fault& fault : faults.list()) messages.push_back(to_string(fault));
  return messages;
}

const std::string sample =
    "# water\n"
    "csf 0.98\n"
    "  1 22222\n"
    "\n"
    "CSF -1.5e-1  # an open-shell singlet\n"
    "  0.7071067811865476 2222u00d\n"
    "  -0.7071067811865476 2222d00u\n"
    "csf 0.1\n"
    "  1 222202\n";

bool same(const DeterminantExpansion& a, const DeterminantExpansion& b) {
  if (a.determinants != b.determinants || a.csfs.size() != b.csfs.size()) return false;
  for (std::size_t k = 0; k < a.csfs.size(); ++k) {
    const Csf &x = a.csfs[k], &y = b.csfs[k];
    if (x.coefficient != y.coefficient || x.terms.size() != y.terms.size()) return false;
    for (std::size_t t = 0; t < x.terms.size(); ++t) {
      if (x.terms[t].determinant != y.terms[t].determinant) return false;
      if (x.terms[t].weight != y.terms[t].weight) return false;
    }
  }
  return true;
}

}  // namespace

TEST_CASE("a determinant file is read as it is written down") {
  Faults faults;
  const DeterminantExpansion e = parse_determinants(sample, "f.det", water(1), 8, faults);
  REQUIRE(faults.empty());
  REQUIRE(e.csfs.size() == 3);
  REQUIRE(e.determinants.size() == 4);
  CHECK(e.csfs[1].coefficient == -0.15);
  CHECK(e.csfs[1].terms[1].weight == -0.7071067811865476);
  const Determinant& d = e.determinants[static_cast<std::size_t>(e.csfs[1].terms[0].determinant)];
  CHECK(d.up == std::vector<int>{0, 1, 2, 3, 4});
  CHECK(d.down == std::vector<int>{0, 1, 2, 3, 7});
  CHECK(e.determinants[3].up == std::vector<int>{0, 1, 2, 3, 5});
}

TEST_CASE("a determinant that two CSFs share is one determinant") {
  const std::string text =
      "csf 0.9\n 0.6 222u2d\n 0.8 222d2u\n"
      "csf 0.1\n 0.8 222u2d\n -0.6 222d2u\n";
  Faults faults;
  const DeterminantExpansion e = parse_determinants(text, "f.det", water(1), 8, faults);
  CHECK(faults.empty());
  CHECK(e.determinants.size() == 2);
  CHECK(e.csfs[1].terms[0].determinant == 0);
}

TEST_CASE("determinant files survive a round trip to the last bit") {
  Faults faults;
  DeterminantExpansion e = parse_determinants(sample, "f.det", water(1), 8, faults);
  e.csfs[0].coefficient = 1.0 / 3.0;
  e.csfs[1].terms[0].weight = std::sqrt(0.5);
  CHECK(same(e, parse_determinants(determinant_text(e), "f.det", water(1), 8, faults)));
  const auto path = std::filesystem::temp_directory_path() /
                    ("markhor_test_determinants_" + std::to_string(getpid()) + ".det");
  write_determinant_file(path.string(), e);
  CHECK(same(e, read_determinant_file(path.string(), water(1), 8, faults)));
  std::filesystem::remove(path);
  CHECK(faults.empty());
  read_determinant_file(path.string(), water(1), 8, faults);
  CHECK(faults.list().size() == 1);
  CHECK_THROWS_AS(write_determinant_file("/no/such/folder/x.det", e), CalculationError);
}

TEST_CASE("every fault of a determinant file has its line and says what is allowed") {
  const auto only = [](const std::string& text, const std::string& expected) {
    const std::vector<std::string> found = faults_of(text);
    INFO(text);
    REQUIRE(found.size() == 1);
    CHECK(found[0] == expected);
  };
  only("csf 1\n 1 222x2\n", "f.det:2: 'x' in '222x2' is not an occupation; 2, u, d and 0 are");
  only("csf 1\n 1 2222\n",
       "f.det:2: '2222' has 4 up and 4 down electrons; the molecule has 5 up and 5 down "
       "electrons");
  only("csf 1\n 1 2222uu\n",
       "f.det:2: '2222uu' has 6 up and 4 down electrons; the molecule has 5 up and 5 down "
       "electrons");
  only("csf 1\n 0.8 22222\n 0.6 222220\n",
       "f.det:3: the same determinant stands in this csf already; its weights are to be added");
  only("csf 1\n 0.8 22222\n 0.8 222202\n",
       "f.det:1: the squares of the weights of this csf add up to 1.2800000000000002; they must "
       "add up to 1");
  only("# nothing\n\n",
       "f.det: holds no configuration state function; one begins as in 'csf 0.95'");
  only("csf 1\n 1 222220000\n", "f.det:2: '222220000' occupies 9 orbitals; there are 8");
  only("csf 1\ncsf 1\n 1 22222\n",
       "f.det:1: this csf has no determinants; lines such as '1 2220' follow it");
  only("csf 0\n 1 22222\n", "f.det: every coefficient is zero; one at least must not be");
  only("csf\n 1 22222\n",
       "f.det:1: 'csf' is followed by one number, its coefficient, as in 'csf 0.95'");
  only("csf 1\n 22222\n",
       "f.det:2: '22222' begins a line of 1 word; 'csf COEFFICIENT' or 'WEIGHT OCCUPATIONS' is "
       "expected");
  REQUIRE(faults_of("csf one\n 1 22222\n").size() == 1);
  CHECK_THAT(faults_of("csf one\n 1 22222\n")[0],
             Catch::Matchers::StartsWith("f.det:1: 'one' is not a number"));
  REQUIRE(faults_of("1 22222\n").size() == 2);
  CHECK(faults_of("1 22222\n")[0] ==
        "f.det:1: a determinant before the first 'csf' line belongs to no function");
}

TEST_CASE("all faults of a determinant file are reported at once") {
  const std::vector<std::string> found =
      faults_of("csf 1\n 1 2222\ncsf x\n 1 22y22\n 0.5 22222\ncsf 1\n 0.5 22222\n");
  REQUIRE(found.size() == 4);
  CHECK_THAT(found[0], Catch::Matchers::StartsWith("f.det:2: "));
  CHECK_THAT(found[1], Catch::Matchers::StartsWith("f.det:3: "));
  CHECK_THAT(found[2], Catch::Matchers::StartsWith("f.det:4: "));
  CHECK_THAT(found[3], Catch::Matchers::StartsWith("f.det:6: "));
}

TEST_CASE("determinants of a triplet have two more ups than downs") {
  CHECK(faults_of("csf 1\n 1 2222uu\n", 3).empty());
  CHECK(faults_of("csf 1\n 1 22222\n", 3).size() == 1);
}
