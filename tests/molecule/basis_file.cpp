#include "molecule/basis_file.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

using namespace markhor;
using Catch::Matchers::Contains;

namespace {

// 3-21G of carbon (J. S. Binkley, J. A. Pople, W. J. Hehre, J. Am. Chem. Soc. 102, 939 (1980)).
const std::string gaussian94_text = R"(! a comment
spherical
****
C     0
S   3   1.00
    172.2560000              0.0617669
     25.9109000              0.3587940
      5.5333500              0.7007130   ! another
SP   2   1.00
      0.366498D+01          -0.3958970              0.2364600
      0.7705450              1.2158400              0.8606190
SP   1   1.00
      0.1958570              1.0000000              1.0000000
****
)";

const std::string nwchem_text = R"(# a comment
BASIS "ao basis" SPHERICAL PRINT
C    S
    172.2560000              0.0617669
     25.9109000              0.3587940
      5.5333500              0.7007130
C    SP
      3.6649800             -0.3958970              0.2364600
      0.7705450              1.2158400              0.8606190
C    SP
      0.1958570              1.0000000              1.0000000
END
)";

BasisFile parse_well(const std::string& text) {
  Faults faults;
  const BasisFile file = parse_basis_text(text, "some.g94", faults);
  REQUIRE(faults.list().size() == 0);
  return file;
}

std::string first_fault(const std::string& text) {
  Faults faults;
  parse_basis_text(text, "some.g94", faults);
  REQUIRE(faults.list().size() >= 1);
  return to_string(faults.list().front());
}

}  // namespace

TEST_CASE("a Gaussian94 text with SP shells, comments and D exponents is read") {
  const BasisFile file = parse_well(gaussian94_text);
  REQUIRE(file.cartesian.has_value());
  CHECK_FALSE(*file.cartesian);
  const auto& shells = file.elements.at(6);
  REQUIRE(shells.size() == 5);
  CHECK(shells[0].exponents == std::vector<double>{172.256, 25.9109, 5.53335});
  CHECK(shells[1].angular_momentum == 0);
  CHECK(shells[2].angular_momentum == 1);
  CHECK(shells[1].exponents[0] == 3.66498);
  CHECK(shells[1].coefficients == std::vector<double>{-0.395897, 1.21584});
  CHECK(shells[2].coefficients == std::vector<double>{0.23646, 0.860619});
}

TEST_CASE("the NWChem format gives the same shells as Gaussian94") {
  const BasisFile a = parse_well(gaussian94_text), b = parse_well(nwchem_text);
  CHECK(a.cartesian == b.cartesian);
  const auto &x = a.elements.at(6), &y = b.elements.at(6);
  REQUIRE(x.size() == y.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    CHECK(x[i].angular_momentum == y[i].angular_momentum);
    CHECK(x[i].exponents == y[i].exponents);
    CHECK(x[i].coefficients == y[i].coefficients);
  }
}

TEST_CASE("a general contraction is split into its columns without the zeros") {
  const BasisFile file = parse_well("Li S\n 10.0 0.5 -0.1\n 2.0 0.5 0.0\n 0.3 0.0 1.0\n");
  const auto& shells = file.elements.at(3);
  REQUIRE(shells.size() == 2);
  CHECK(shells[0].exponents == std::vector<double>{10.0, 2.0});
  CHECK(shells[1].exponents == std::vector<double>{10.0, 0.3});
  CHECK_FALSE(file.cartesian.has_value());
}

TEST_CASE("the scale factor multiplies the exponents by its square") {
  const BasisFile file = parse_well("H 0\nS 1 1.20\n 0.5 1.0\n****\n");
  CHECK(file.elements.at(1)[0].exponents[0] == Approx(0.5 * 1.44).epsilon(1e-15));
}

TEST_CASE("malformed Gaussian94 lines are faults with their line") {
  CHECK_THAT(first_fault("H 0\nS 1 1.00\n 0.5 one\n****\n"),
             Contains("some.g94:3:") && Contains("'one' is not a number"));
  CHECK_THAT(first_fault("H 0\nS 2 1.00\n 0.5 1.0\n****\n"),
             Contains("some.g94:3:") && Contains("announces 2 primitives but has only 1"));
  CHECK_THAT(first_fault("H 0\nS 1 1.00\n 0.5 1.0 2.0\n****\n"), Contains("some.g94:3:"));
  CHECK_THAT(first_fault("H 0\nS 1 1.00\n -0.5 1.0\n****\n"), Contains("not positive"));
  CHECK_THAT(first_fault("H 0\nQ 1 1.00\n 0.5 1.0\n****\n"),
             Contains("some.g94:2:") && Contains("'Q' does not begin a shell"));
  CHECK_THAT(first_fault("H 0\nS x 1.00\n 0.5 1.0\n****\n"), Contains("number of primitives"));
  CHECK_THAT(first_fault("H 0\nS 1 0.0\n 0.5 1.0\n****\n"), Contains("scale factor"));
  CHECK_THAT(first_fault("Hx 0\nS 1 1.00\n 0.5 1.0\n****\n"),
             Contains("some.g94:1:") && Contains("not a chemical element"));
  CHECK_THAT(first_fault("H 0\nS 1 1.00\n 0.5 1.0\n****\nH 0\nS 1 1.00\n 0.5 1.0\n****\n"),
             Contains("some.g94:5:") && Contains("defined twice"));
}

TEST_CASE("faults of several elements are reported together") {
  Faults faults;
  parse_basis_text("H 0\nS 1 1.00\n a 1.0\n****\nHe 0\nS 1 1.00\n b 1.0\n****\n", "f", faults);
  CHECK(faults.list().size() == 2);
}

TEST_CASE("malformed NWChem lines are faults with their line") {
  CHECK_THAT(first_fault("basis spherical\nH S\n 0.5\nend\n"), Contains("some.g94:3:"));
  CHECK_THAT(first_fault("basis spherical\nH S\nend\n"), Contains("no primitives"));
  CHECK_THAT(first_fault("basis spherical\nH S\n 0.5 1.0\nHH P\n 1.0 1.0\nend\n"),
             Contains("some.g94:4:") && Contains("'HH' is not understood"));
  CHECK_THAT(first_fault("basis spherical\nH S\n 0.5 1.0\nend\nECP\nend\n"), Contains("ECP"));
}

TEST_CASE("an empty or missing file is a fault") {
  CHECK_THAT(first_fault("! nothing\n"), Contains("holds no basis set"));
  Faults faults;
  read_basis_file("no/such/file.g94", faults);
  REQUIRE(faults.list().size() == 1);
  CHECK_THAT(to_string(faults.list()[0]), Contains("no/such/file.g94"));
}
