#include "molecule/slater_basis.hpp"

#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "molecule/basis_library.hpp"
#include "molecule/element.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Catch::Matchers::Contains;

namespace {

// Every function on one atom, as load_basis normalizes it.
BasisSet load(int atomic_number, const std::string& set) {
  Molecule molecule;
  molecule.atoms = {{atomic_number, {0.0, 0.0, 0.0}}};
  BasisInput input;
  input.set = set;
  input.folders = {MARKHOR_SOURCE_DIR "/basis_sets"};
  Faults faults;
  BasisSet basis = load_basis(input, molecule, faults);
  for (const Fault& fault : faults.list()) FAIL_CHECK(to_string(fault));
  return basis;
}

std::vector<std::string> faults_of(const std::string& text) {
  Faults faults;
  parse_basis_text(text, "my.sto", faults);
  std::vector<std::string> list;
  for (const Fault& fault : faults.list()) list.push_back(to_string(fault));
  return list;
}

std::string only_fault(const std::string& text) {
  const std::vector<std::string> list = faults_of(text);
  REQUIRE(list.size() == 1);
  return list[0];
}

// The integral of R^2 r^(2 l + 2) over r, by the trapezoidal rule in ln r.
double radial_norm(const Shell& shell) {
  double sum = 0.0;
  for (double x = -12.0; x < 5.0; x += 0.02) {
    const double r = std::exp(x);
    double value = 0.0;
    for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
      value +=
          shell.coefficients[p] * std::pow(r, shell.powers[p]) * std::exp(-shell.exponents[p] * r);
    }
    sum += 0.02 * r * value * value * std::pow(r, 2 * shell.angular_momentum + 2);
  }
  return sum;
}

}  // namespace

TEST_CASE("a Slater set is read as tables print it, whatever the file is called") {
  const std::string text = "# beryllium\nBe\n1S 5.6  # tight\n3s 0.25D+01\n\n2P 1.25\nh\n1S 1.24\n";
  for (const std::string path : {"my.sto", "my.basis"}) {
    Faults faults;
    const BasisFile file = parse_basis_text(text, path, faults);
    REQUIRE(faults.empty());
    const auto& shells = file.elements.at(4);
    REQUIRE(shells.size() == 3);
    CHECK(shells[0].exponents == std::vector<double>{5.6});
    CHECK(shells[0].powers == std::vector<int>{0});
    CHECK(shells[1].exponents == std::vector<double>{2.5});
    CHECK(shells[1].powers == std::vector<int>{2});
    CHECK(shells[2].angular_momentum == 1);
    CHECK(shells[2].powers == std::vector<int>{0});
    CHECK(file.elements.at(1).size() == 1);
  }
}

TEST_CASE("each fault of a Slater set names its line, what was read and what is allowed") {
  CHECK_THAT(only_fault("Be\n1S 5.6\n1P 1.2\n"),
             Contains("my.sto:3:") && Contains("no shell 1P") && Contains("2P"));
  CHECK_THAT(only_fault("Be\n0S 5.6\n"), Contains("my.sto:2:") && Contains("no shell 0S"));
  CHECK_THAT(only_fault("Be\n11S 5.6\n"), Contains("my.sto:2:") && Contains("n = 10"));
  CHECK_THAT(only_fault("Be\n99999999999999S 5.6\n"), Contains("n = 10"));
  CHECK_THAT(only_fault("Be\n1S -5.6\n"),
             Contains("my.sto:2:") && Contains("exponent -5.6 is not positive"));
  CHECK_THAT(only_fault("Be\n1S 0.0\n"), Contains("not positive"));
  CHECK_THAT(only_fault("Be\n1S five\n"), Contains("'five' is not a number"));
  CHECK_THAT(only_fault("Be\n2X 1.0\n"),
             Contains("my.sto:2:") && Contains("'2X' is no shell") && Contains("S, P, D"));
  CHECK_THAT(only_fault("Be\n2SP 1.0\n"), Contains("'2SP' is no shell"));
  CHECK_THAT(only_fault("Be\n2 1.0\n"), Contains("'2' is no shell"));
  CHECK_THAT(only_fault("Be\n1S\n"), Contains("has 1 word") && Contains("'2P 1.25'"));
  CHECK_THAT(only_fault("Be\n1S 5.6 1.0\n"), Contains("has 3 words"));
  CHECK_THAT(only_fault("# none\n1S 5.6\n2S 1.0\nBe\n1S 1.0\n"),
             Contains("my.sto:2:") && Contains("before any element"));
  CHECK_THAT(only_fault("Be\n1S 5.6\nHe\n1S 1.7\nBe\n1S 3.0\n"),
             Contains("my.sto:5:") && Contains("Be is defined twice"));
  CHECK_THAT(only_fault("Xy\n1S 5.6\n"), Contains("my.sto:1:") && Contains("'Xy' is neither"));
  CHECK_THAT(only_fault("Be 0\n1S 5.6\n"), Contains("'Be ...' is neither"));
  CHECK_THAT(only_fault("Be\nHe\n1S 1.7\n"), Contains("my.sto:1:") && Contains("no functions"));
  CHECK_THAT(only_fault("# nothing\n"), Contains("holds no basis set"));
}

TEST_CASE("all faults of a Slater set are reported at once") {
  CHECK(faults_of("Be\n1P 1.0\n1S -1.0\n2X 1.0\nHe\n1S\nHe\n1S 1.0\n").size() == 5);
}

TEST_CASE("Slater functions are normalized: the constants of the textbook, and the integral") {
  // (2 zeta)^(n + 1/2) / sqrt((2 n)!), times sqrt((2 l + 1) / (4 pi)) for Racah's harmonics
  // (I. N. Levine, Quantum Chemistry, section 11.1).
  const double pi = std::acos(-1.0);
  Shell shell;
  shell.angular_momentum = 1;
  shell.exponents = {1.25};
  shell.coefficients = {1.0};
  shell.powers = {1};  // 3p
  normalize_contraction(shell);
  CHECK(shell.coefficients[0] ==
        Approx(std::pow(2.5, 3.5) / std::sqrt(720.0) * std::sqrt(3.0 / (4.0 * pi))).epsilon(1e-14));
  shell.exponents = {1.25, 3.0};
  shell.coefficients = {0.4, 0.7};
  shell.powers = {1, 0};
  normalize_contraction(shell);
  CHECK(radial_norm(shell) == Approx(3.0 / (4.0 * pi)).epsilon(1e-10));
}

TEST_CASE("the shipped Slater set loads for hydrogen to neon with its shells in order") {
  for (int z = 1; z <= 10; ++z) {
    INFO(element_symbol(z));
    const BasisSet basis = load(z, "STO-TZP");
    // H, He: 3 s, 1 p. Li, Be: 5 s, 2 p, d, f; one more p from boron on.
    CHECK(basis.size() == (z < 3 ? 6 : z < 5 ? 23 : 26));
    int last = 0;
    for (const Shell& shell : basis.shells) {
      const int l = shell.angular_momentum;
      CHECK(shell.is_slater());
      CHECK(l >= last);
      CHECK(radial_norm(shell) == Approx((2 * l + 1) / (4.0 * std::acos(-1.0))).epsilon(1e-9));
      last = l;
    }
  }
}

TEST_CASE("a Slater set of the user's is found by its path") {
  const std::string path = "markhor_test_own.sto";
  std::ofstream(path) << "Be\n1S 5.6\n2S 1.0\n2P 1.25\n";
  CHECK(load(4, path).size() == 5);
  std::remove(path.c_str());
}
