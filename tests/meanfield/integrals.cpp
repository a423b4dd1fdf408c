#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>
#include <vector>

#include "meanfield/atomic_density.hpp"
#include "meanfield/direct_repulsion.hpp"
#include "meanfield/shell_integrals.hpp"
#include "meanfield/stored_repulsion.hpp"
#include "molecule/basis_library.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::MatrixXd;

namespace {

const Molecule& water() {
  return reference_record("H2O", "sto-3g", ScfMethod::rhf, "only").molecule;
}

// One normalized s Gaussian of the given exponent on each of the points on the x axis.
BasisSet s_functions(const std::vector<double>& exponents) {
  BasisSet basis;
  for (std::size_t a = 0; a < exponents.size(); ++a) {
    Shell shell;
    shell.atom = static_cast<int>(a);
    shell.exponents = {exponents[a]};
    shell.coefficients = {1.0};
    normalize_contraction(shell);
    basis.shells.push_back(shell);
  }
  return basis;
}

// Coulomb and exchange by the definition, from all n^4 integrals.
CoulombExchange reference_build(ShellQuartets& quartets, const MatrixXd& density) {
  const int n = quartets.functions();
  CoulombExchange sum{MatrixXd::Zero(n, n), MatrixXd::Zero(n, n)};
  const int shells = quartets.shells();
  for (int abcd = 0; abcd < shells * shells * shells * shells; ++abcd) {
    const int a = abcd % shells, b = abcd / shells % shells;
    const int c = abcd / shells / shells % shells, d = abcd / shells / shells / shells;
    if (b > a || d > c) continue;  // libint2's pair data exist in this order only
    const double* v = quartets.compute(a, b, c, d);
    if (v == nullptr) continue;
    for (int i = 0; i < quartets.size(a); ++i) {
      for (int j = 0; j < quartets.size(b); ++j) {
        for (int k = 0; k < quartets.size(c); ++k) {
          for (int l = 0; l < quartets.size(d); ++l, ++v) {
            const int p = quartets.first_function(a) + i, q = quartets.first_function(b) + j;
            const int r = quartets.first_function(c) + k, s = quartets.first_function(d) + l;
            const double bra_twice = a == b ? 1.0 : 2.0, ket_twice = c == d ? 1.0 : 2.0;
            sum.coulomb(p, q) += *v * density(r, s) * ket_twice;
            if (a != b) sum.coulomb(q, p) += *v * density(r, s) * ket_twice;
            sum.exchange(p, r) += *v * density(q, s);
            if (bra_twice == 2.0) sum.exchange(q, r) += *v * density(p, s);
            if (ket_twice == 2.0) sum.exchange(p, s) += *v * density(q, r);
            if (bra_twice == 2.0 && ket_twice == 2.0) sum.exchange(q, s) += *v * density(p, r);
          }
        }
      }
    }
  }
  return sum;
}

MatrixXd some_symmetric_matrix(int n) {
  MatrixXd m(n, n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) m(i, j) = std::sin(1.0 + 3.0 * (i + j) + 0.7 * i * j);
  }
  return m;
}

}  // namespace

TEST_CASE("the diagonal of the overlap is one in every spherical basis") {
  for (const std::string set : {"cc-pVTZ", "aug-cc-pVDZ", "def2-TZVP", "6-311G**", "cc-pVQZ"}) {
    const OneElectronIntegrals integrals =
        one_electron_integrals(water(), shipped_basis(set, water(), false));
    INFO(set);
    CHECK((integrals.overlap.diagonal().array() - 1.0).abs().maxCoeff() < 1e-13);
  }
}

TEST_CASE("Cartesian d functions have the norms 1 for xx and 1/sqrt(3) for xy") {
  Molecule oxygen;
  oxygen.atoms = {{8, {0.1, 0.2, 0.3}}};
  const BasisSet basis = shipped_basis("6-31G*", oxygen, true);
  const MatrixXd overlap = one_electron_integrals(oxygen, basis).overlap;
  const Eigen::Index d = basis.size() - 6;  // xx, xy, xz, yy, yz, zz
  for (const int same : {0, 3, 5}) CHECK(overlap(d + same, d + same) == Approx(1.0));
  for (const int mixed : {1, 2, 4}) CHECK(overlap(d + mixed, d + mixed) == Approx(1.0 / 3.0));
  CHECK(overlap(d, d + 3) == Approx(1.0 / 3.0));  // <xx|yy>
}

TEST_CASE("integrals over s functions agree with their closed forms") {
  Molecule pair;
  const double distance = 1.3, a = 0.8, b = 0.5;
  pair.atoms = {{1, {0.0, 0.0, 0.0}}, {2, {distance, 0.0, 0.0}}};
  const BasisSet basis = s_functions({a, b});
  const OneElectronIntegrals integrals = one_electron_integrals(pair, basis);
  const double p = a + b, mu = a * b / p;
  const double overlap =
      std::pow(4.0 * a * b / (p * p), 0.75) * std::exp(-mu * distance * distance);
  CHECK(integrals.overlap(0, 1) == Approx(overlap).epsilon(1e-13));
  CHECK(integrals.kinetic(0, 1) ==
        Approx(overlap * mu * (3.0 - 2.0 * mu * distance * distance)).epsilon(1e-13));
  CHECK(integrals.kinetic(0, 0) == Approx(1.5 * a).epsilon(1e-13));
  CHECK(integrals.position[0](0, 1) == Approx(overlap * distance * b / p).epsilon(1e-13));
  // -Z 2 sqrt(2 a / pi) at the own nucleus, -Z erf(sqrt(2 a) R) / R at the other.
  const double attraction = -2.0 * std::sqrt(2.0 * a / std::numbers::pi) -
                            2.0 * std::erf(std::sqrt(2.0 * a) * distance) / distance;
  CHECK(integrals.nuclear_attraction(0, 0) == Approx(attraction).epsilon(1e-13));

  ShellQuartets quartets(pair, basis, 1e-15);
  // (00|00) = 2 sqrt(a / pi), (00|11) = erf(sqrt(rho) R) / R with 1 / rho = 1 / 2a + 1 / 2b.
  CHECK(*quartets.compute(0, 0, 0, 0) == Approx(2.0 * std::sqrt(a / std::numbers::pi)));
  const double rho = 2.0 * a * b / p;
  CHECK(*quartets.compute(0, 0, 1, 1) == Approx(std::erf(std::sqrt(rho) * distance) / distance));
}

TEST_CASE("stored and recomputed integrals give the Coulomb and exchange of the definition") {
  const BasisSet basis = shipped_basis("6-31G*", water(), true);
  ShellQuartets quartets(water(), basis, 1e-15);
  const MatrixXd density = some_symmetric_matrix(basis.size());
  const CoulombExchange expected = reference_build(quartets, density);
  StoredRepulsion stored(quartets, 1), stored_by_three(quartets, 3);
  DirectRepulsion direct(quartets, 1), direct_by_three(quartets, 3);
  const std::vector<Repulsion*> all = {&stored, &stored_by_three, &direct, &direct_by_three};
  for (Repulsion* repulsion : all) {
    const auto built = repulsion->build({density, MatrixXd(2.0 * density)});
    CHECK((built[0].coulomb - expected.coulomb).cwiseAbs().maxCoeff() < 1e-11);
    CHECK((built[0].exchange - expected.exchange).cwiseAbs().maxCoeff() < 1e-11);
    CHECK((built[1].exchange - 2.0 * expected.exchange).cwiseAbs().maxCoeff() < 1e-11);
  }
}

TEST_CASE("shells that share their primitives have the integrals of shells apart") {
  // Three s shells on the first atom and four p shells on the second; apart: one of each in turn,
  // which keeps any three from being neighbours.
  const auto shell = [](int atom, int l, std::vector<double> coefficients) {
    Shell result;
    result.atom = atom;
    result.angular_momentum = l;
    result.exponents = {0.3, 1.1, 4.0};
    result.coefficients = std::move(coefficients);
    return result;
  };
  const std::vector<Shell> s = {shell(0, 0, {1.0, 0.5, -0.2}), shell(0, 0, {0.0, 1.0, 0.4}),
                                shell(0, 0, {0.3, -0.8, 1.0})};
  const std::vector<Shell> p = {shell(1, 1, {1.0, 0.2, 0.1}), shell(1, 1, {-0.4, 1.0, 0.0}),
                                shell(1, 1, {0.1, 0.7, 1.0}), shell(1, 1, {0.6, 0.0, 0.9})};
  BasisSet together, apart;
  together.shells = {s[0], s[1], s[2], p[0], p[1], p[2], p[3]};
  apart.shells = {p[0], s[0], p[1], s[1], p[2], s[2], p[3]};
  const std::vector<int> place = {3, 7, 11, 0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14};  // in apart
  Molecule pair;
  pair.atoms = {{1, {0.0, 0.0, 0.0}}, {1, {0.9, -0.4, 0.7}}};
  ShellQuartets joined(pair, together, 1e-15), single(pair, apart, 1e-15);
  REQUIRE(joined.shells() == 2);
  REQUIRE(single.shells() == 7);
  const MatrixXd density = some_symmetric_matrix(together.size());
  const MatrixXd moved = MatrixXd::NullaryExpr(15, 15, [&](Eigen::Index i, Eigen::Index j) {
    const auto at = [&](Eigen::Index k) {
      return std::find(place.begin(), place.end(), k) - place.begin();
    };
    return density(at(i), at(j));
  });
  const CoulombExchange expected = reference_build(single, moved);
  const CoulombExchange built = reference_build(joined, density);
  CHECK((built.coulomb - expected.coulomb(place, place)).cwiseAbs().maxCoeff() < 1e-12);
  CHECK((built.exchange - expected.exchange(place, place)).cwiseAbs().maxCoeff() < 1e-12);
  StoredRepulsion stored(joined, 2);
  DirectRepulsion direct(joined, 2);
  for (Repulsion* repulsion :
       {static_cast<Repulsion*>(&stored), static_cast<Repulsion*>(&direct)}) {
    const CoulombExchange here = repulsion->build({density})[0];
    CHECK((here.coulomb - built.coulomb).cwiseAbs().maxCoeff() < 1e-11);
    CHECK((here.exchange - built.exchange).cwiseAbs().maxCoeff() < 1e-11);
  }
}

TEST_CASE("integrals are stored only within the memory limit") {
  const BasisSet basis = shipped_basis("sto-3g", water(), false);
  const double bytes = stored_repulsion_bytes(basis.size());
  CHECK(bytes == 8.0 * 406.0);  // 7 functions, 28 pairs
  CHECK_FALSE(make_repulsion(water(), basis, bytes, 1)->gains_from_small_densities());
  CHECK(make_repulsion(water(), basis, bytes - 1.0, 1)->gains_from_small_densities());
}

TEST_CASE("superposed atomic densities hold the electrons of the neutral atoms") {
  for (const bool cartesian : {false, true}) {
    const BasisSet basis = shipped_basis("6-31G*", water(), cartesian);
    const MatrixXd density = superposed_atomic_densities(water(), basis);
    const MatrixXd overlap = one_electron_integrals(water(), basis).overlap;
    CHECK(density.cwiseProduct(overlap).sum() == Approx(10.0));
  }
}
