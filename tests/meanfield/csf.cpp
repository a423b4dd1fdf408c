#include "meanfield/csf.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("numbers of CSFs: Weyl's formula, the branching diagram and the literature agree") {
  // Branching diagram: R. Pauncz, Spin Eigenfunctions, Plenum 1979, table 1.1.
  CHECK(genealogical_functions(4, 2).cols() == 2);
  CHECK(genealogical_functions(6, 3).cols() == 5);
  CHECK(genealogical_functions(8, 4).cols() == 14);
  CHECK(genealogical_functions(5, 3).cols() == 5);
  CHECK(genealogical_functions(6, 4).cols() == 9);
  CHECK(genealogical_functions(12, 6).cols() == 132);
  // CAS(8,8), (10,8) and (12,12) singlets.
  CHECK(csfs_in(8, 4, 4) == 1764.0);
  CHECK(csfs_in(8, 5, 5) == 1176.0);
  CHECK(csfs_in(12, 6, 6) == 226512.0);
  for (const auto& [orbitals, up, down] :
       {std::array{6, 3, 3}, std::array{6, 4, 3}, std::array{5, 4, 2}, std::array{5, 5, 0}}) {
    const CiSpace space(orbitals, up, down);
    const CsfTable table(space);
    double count = 0.0, determinants = 0.0;
    for (const Configuration& c : configurations(space)) {
      count += static_cast<double>(table.functions(c).cols());
      determinants += static_cast<double>(determinants_of(space, c).size());
    }
    CHECK(count == csfs_in(orbitals, up, down));
    CHECK(determinants == static_cast<double>(space.size()));
  }
}

TEST_CASE("genealogical functions are those of the textbook") {
  // Two electrons: (ud - du) / sqrt 2; pattern 01 is "first up".
  const Eigen::MatrixXd two = genealogical_functions(2, 1);
  REQUIRE(two.cols() == 1);
  CHECK(two(0, 0) == Approx(std::sqrt(0.5)));
  CHECK(two(1, 0) == Approx(-std::sqrt(0.5)));
  // Three electrons, S = 1/2 (Pauncz, section 2.3): (2 uud - udu - duu) / sqrt 6 and
  // (udu - duu) / sqrt 2; patterns 011, 101, 110 of the bits.
  const Eigen::MatrixXd three = genealogical_functions(3, 2);
  REQUIRE(three.cols() == 2);
  CHECK(three(0, 0) == Approx(2.0 / std::sqrt(6.0)));
  CHECK(three(1, 0) == Approx(-1.0 / std::sqrt(6.0)));
  CHECK(three(2, 0) == Approx(-1.0 / std::sqrt(6.0)));
  CHECK(three(0, 1) == Approx(0.0).margin(1e-15));
  CHECK(three(1, 1) == Approx(std::sqrt(0.5)));
  CHECK(three(2, 1) == Approx(-std::sqrt(0.5)));
  for (const auto& [open, up] : {std::pair{6, 3}, std::pair{7, 4}, std::pair{8, 5}}) {
    const Eigen::MatrixXd f = genealogical_functions(open, up);
    const Eigen::MatrixXd overlap = f.transpose() * f;
    CHECK((overlap - Eigen::MatrixXd::Identity(f.cols(), f.cols())).cwiseAbs().maxCoeff() < 1e-13);
  }
}

TEST_CASE("a vector over all CSFs comes back from its expansion") {
  const CiSpace space(5, 3, 2);
  const CsfTable table(space);
  // Some vector of pure spin: CSFs with coefficients that fall off.
  Eigen::VectorXd vector = Eigen::VectorXd::Zero(space.size());
  double coefficient = 0.9;
  for (const Configuration& c : configurations(space)) {
    const auto list = determinants_of(space, c);
    const Eigen::MatrixXd& f = table.functions(c);
    for (Eigen::Index k = 0; k < f.cols(); ++k, coefficient *= -0.9) {
      for (std::size_t d = 0; d < list.size(); ++d) {
        vector[list[d].index] += coefficient * list[d].sign * f(Eigen::Index(d), k);
      }
    }
  }
  const CsfExpansion all = csf_expansion(space, vector, 1, 0.0);
  CHECK(all.dropped_weight < 1e-14);
  CHECK(all.expansion.csfs[0].coefficient == Approx(0.9));
  CHECK(all.expansion.csfs[1].coefficient == Approx(-0.81));
  Eigen::VectorXd back = Eigen::VectorXd::Zero(space.size());
  for (const Csf& csf : all.expansion.csfs) {
    for (const CsfTerm& term : csf.terms) {
      const Determinant& d = all.expansion.determinants[static_cast<std::size_t>(term.determinant)];
      CHECK(d.up.front() == 0);
      Occupation up = 0, down = 0;
      for (const int p : d.up) up |= p == 0 ? 0 : bit(p - 1);
      for (const int p : d.down) down |= p == 0 ? 0 : bit(p - 1);
      back[space.index(up, down)] += csf.coefficient * term.weight;
    }
  }
  CHECK((back - vector).cwiseAbs().maxCoeff() < 1e-9);
}
