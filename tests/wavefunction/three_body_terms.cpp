#include "wavefunction/three_body_terms.hpp"

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("three-body terms: counts of all and of independent ones", "[unit]") {
  const int all[] = {2, 6, 13, 23, 37, 55}, independent[] = {0, 2, 7, 15, 27, 43};
  for (int order = 2; order <= 7; ++order) {
    CHECK(static_cast<int>(three_body_terms(order).size()) == all[order - 2]);
    CHECK(three_body_cusp_basis(order).cols() == independent[order - 2]);
  }
}

// The two slopes that would spoil cusps, by finite differences of the polynomial itself.
TEST_CASE("three-body terms: no cusp of their own", "[unit]") {
  for (int order = 3; order <= 7; ++order) {
    const std::vector<ThreeBodyTerm> terms = three_body_terms(order);
    const Eigen::MatrixXd basis = three_body_cusp_basis(order);
    for (Eigen::Index p = 0; p < basis.cols(); ++p) {
      const auto g = [&](double u, double x, double y) {
        double sum = 0.0;
        for (std::size_t t = 0; t < terms.size(); ++t) {
          sum += basis(static_cast<Eigen::Index>(t), p) * std::pow(u, terms[t].k) *
                 (std::pow(x, terms[t].l) + std::pow(y, terms[t].l)) * std::pow(x * y, terms[t].m);
        }
        return sum;
      };
      constexpr double h = 1e-5;
      for (const double x : {0.2, 0.5, 0.9}) {
        CHECK(std::abs(g(1 + h, x, x) - g(1 - h, x, x)) / (2 * h) < 1e-8);
        CHECK(std::abs(g(x, 1 + h, x) - g(x, 1 - h, x)) / (2 * h) < 1e-8);
      }
    }
  }
}
