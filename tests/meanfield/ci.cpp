#include "meanfield/ci.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "check_record.hpp"
#include "core/errors.hpp"
#include "meanfield/orbital_symmetry.hpp"
#include "plain_determinants.hpp"

using namespace markhor;

namespace {

struct Case {
  Molecule molecule;
  BasisSet basis;
  ScfResult scf;

  CiResult ci(int electrons, int orbitals, double threshold = 0.01) const {
    CiOptions options;
    options.space = {electrons, orbitals};
    options.threshold = threshold;
    return run_ci(molecule, basis, scf.orbitals, options);
  }
};

Case solve(const Molecule& molecule, const std::string& set, ScfMethod method) {
  Case result;
  result.molecule = molecule;
  result.basis = shipped_basis(set, molecule, false);
  ScfOptions options;
  options.method = method;
  options.convergence = 1e-11;
  options.follow_instability = false;
  result.scf = run_scf(molecule, result.basis, options);
  align_degenerate_orbitals(molecule, result.basis, result.scf.orbitals);
  return result;
}

Case solve(const std::string& system, const std::string& set = "cc-pVDZ",
           ScfMethod method = ScfMethod::rhf, const std::string& solution = "only") {
  return solve(reference_record(system, "cc-pvdz", method, solution).molecule, set, method);
}

// <H> of the expansion by hamiltonian_times, with integrals over the result's own orbitals.
double plain_energy(const Case& c, const CiResult& result, const ActiveSpace& space) {
  const auto repulsion = make_repulsion(c.molecule, c.basis, 1e9, 1);
  const ActiveIntegrals integrals =
      active_integrals(c.molecule, c.basis, result.orbitals, space, *repulsion);
  const PlainVector v = plain_vector(result.expansion, result.core_orbitals, space.orbitals);
  return integrals.core_energy + dot(v, hamiltonian_times(v, integrals)) / dot(v, v);
}

void check_csfs(const CiResult& result, int active, double spin) {
  std::vector<PlainVector> csfs;
  for (std::size_t k = 0; k < result.expansion.csfs.size(); ++k) {
    csfs.push_back(plain_csf(result.expansion, k, result.core_orbitals, active));
    const PlainVector image = spin_squared_times(csfs.back(), active);
    for (std::size_t j = 0; j <= k; ++j) {
      CHECK(std::abs(dot(csfs[j], csfs[k]) - (j == k ? 1.0 : 0.0)) < 1e-12);
    }
    CHECK(std::abs(dot(csfs[k], image) - spin * (spin + 1.0)) < 1e-11);
    CHECK(std::abs(dot(image, image) - std::pow(spin * (spin + 1.0), 2)) < 1e-11);
  }
}

}  // namespace

TEST_CASE("full CI in the valence space of RHF orbitals") {
  std::ifstream file(MARKHOR_SOURCE_DIR "/tests/meanfield/data/casci.txt");
  int records = 0;
  for (std::string text; std::getline(file, text);) {
    std::istringstream line(text);
    std::string kind, system, solution;
    ActiveSpace space;
    double rhf = 0.0, expected = 0.0;
    line >> kind >> system >> solution >> space.electrons >> space.orbitals >> rhf >> expected;
    if (kind != "record") continue;
    ++records;
    INFO(system);
    const Case c = solve(system, "cc-pVDZ", ScfMethod::rhf, solution);
    REQUIRE(std::abs(c.scf.energy - rhf) < 1e-8);
    const CiResult result = c.ci(space.electrons, space.orbitals);
    INFO(result.status);
    CHECK(result.converged);
    CHECK(std::abs(result.energy - expected) < 1e-8);
    CHECK(std::abs(result.reference_energy - rhf) < 1e-9);
    CHECK(std::abs(result.spin_squared) < 1e-10);
    CHECK(result.natural_occupations.sum() == Approx(space.electrons).epsilon(1e-12));
  }
  CHECK(records == 5);
}

TEST_CASE("CI of H2 in two orbitals is a two by two matrix") {
  const Case c = solve("H2", "sto-3g");
  const auto repulsion = make_repulsion(c.molecule, c.basis, 1e9, 1);
  const ActiveIntegrals g =
      active_integrals(c.molecule, c.basis, c.scf.orbitals.up, {2, 2}, *repulsion);
  const double a = 2.0 * g.one_electron(0, 0) + g.repulsion(0, 0, 0, 0);
  const double b = 2.0 * g.one_electron(1, 1) + g.repulsion(1, 1, 1, 1);
  const double k = g.repulsion(0, 1, 0, 1);
  const double expected = g.core_energy + 0.5 * (a + b) - std::hypot(0.5 * (a - b), k);
  const CiResult result = c.ci(2, 2, 0.0);
  CHECK(std::abs(result.energy - expected) < 1e-10);
  REQUIRE(result.expansion.csfs.size() == 2);
  CHECK(result.expansion.csfs[0].coefficient > 0.9);
  CHECK(result.expansion.csfs[1].coefficient < 0.0);
  CHECK(result.csfs_in_space == 3);
}

TEST_CASE("the expansion over natural orbitals has the energy of the CI, by the textbook") {
  struct Try {
    const char* system;
    ScfMethod method;
    const char* solution;
    ActiveSpace space;
    double spin;
  };
  for (const Try& t : {Try{"Be", ScfMethod::rhf, "only", {2, 4}, 0.0},
                       Try{"H2O", ScfMethod::rhf, "only", {6, 5}, 0.0},
                       Try{"Li", ScfMethod::rohf, "only", {3, 5}, 0.5},
                       Try{"O2", ScfMethod::rohf, "first_scf", {6, 5}, 1.0},
                       Try{"N", ScfMethod::rohf, "only", {5, 5}, 1.5}}) {
    INFO(t.system);
    const Case c = solve(t.system, "cc-pVDZ", t.method, t.solution);
    const CiResult result = c.ci(t.space.electrons, t.space.orbitals, 0.0);
    INFO(result.status);
    CHECK(result.converged);
    CHECK(result.energy < c.scf.energy + 1e-9);
    CHECK(std::abs(result.reference_energy - c.scf.energy) < 1e-9);
    CHECK(std::abs(result.spin_squared - t.spin * (t.spin + 1.0)) < 1e-10);
    CHECK(result.truncated_weight < 1e-14);
    CHECK(std::abs(plain_energy(c, result, t.space) - result.energy) < 1e-9);
    CHECK(result.natural_occupations.sum() == Approx(t.space.electrons).epsilon(1e-12));
    check_csfs(result, t.space.orbitals, t.spin);
    // The state is an eigenstate of S^2, not of that mean value only.
    const PlainVector v = plain_vector(result.expansion, result.core_orbitals, t.space.orbitals);
    const PlainVector image = spin_squared_times(v, t.space.orbitals);
    CHECK(std::abs(dot(image, image) - std::pow(t.spin * (t.spin + 1.0), 2)) < 1e-10);
  }
}

TEST_CASE("the beryllium atom in its valence space has three equal p2 functions") {
  const CiResult result = solve("Be").ci(2, 4, 1e-4);
  const auto& csfs = result.expansion.csfs;
  REQUIRE(csfs.size() == 4);
  CHECK(csfs[0].coefficient > 0.9);
  for (std::size_t k = 1; k < 4; ++k) {
    CHECK(csfs[k].terms.size() == 1);
    CHECK(csfs[k].coefficient < 0.0);
    CHECK(std::abs(csfs[k].coefficient - csfs[1].coefficient) < 1e-7);
  }
  for (const Determinant& d : result.expansion.determinants) {
    CHECK(d.up == d.down);
    CHECK(d.up.front() == 0);
  }
  CHECK(result.expansion.determinants[0].up == std::vector<int>{0, 1});
  CHECK(std::abs(result.natural_occupations[1] - result.natural_occupations[3]) < 1e-6);
}

TEST_CASE("CSFs with small coefficients are left out and their weight is reported") {
  const Case c = solve("N2");
  const CiResult all = c.ci(10, 8, 0.0), some = c.ci(10, 8, 0.02);
  double kept = 0.0;
  double previous = 1.0;
  for (const Csf& csf : some.expansion.csfs) {
    CHECK(std::abs(csf.coefficient) >= 0.02);
    CHECK(std::abs(csf.coefficient) <= previous + 1e-6);
    previous = std::abs(csf.coefficient);
    kept += csf.coefficient * csf.coefficient;
  }
  CHECK(some.truncated_weight == Approx(1.0 - kept).margin(1e-12));
  CHECK(some.expansion.csfs.size() < all.expansion.csfs.size());
  CHECK(all.determinants_in_space == 3136);
  std::vector<int> used(some.expansion.determinants.size());
  for (const Csf& csf : some.expansion.csfs) {
    for (const CsfTerm& term : csf.terms) ++used[static_cast<std::size_t>(term.determinant)];
  }
  CHECK(std::count(used.begin(), used.end(), 0) == 0);
}

TEST_CASE("natural orbitals keep pi orbitals pure and diagonalize the density") {
  const Case c = solve("N2");
  const CiResult result = c.ci(10, 8, 0.0);
  const std::vector<int> labels = symmetry_blocks(c.molecule, c.basis, result.orbitals);
  std::vector<int> distinct = labels;
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  CHECK(distinct.size() == 10);
  CHECK_FALSE(result.parts_degenerate_orbitals);
  CHECK(c.ci(10, 6).parts_degenerate_orbitals);  // one of the two pi_g orbitals
  // A CI in the natural orbitals finds the same state, with their occupations on the diagonal.
  Case again = c;
  again.scf.orbitals.up = again.scf.orbitals.down = result.orbitals;
  const CiResult repeated = again.ci(10, 8, 0.0);
  CHECK(std::abs(repeated.energy - result.energy) < 1e-9);
  CHECK(std::abs(repeated.spin_squared - result.spin_squared) < 1e-10);
  CHECK((repeated.natural_occupations - result.natural_occupations).cwiseAbs().maxCoeff() < 1e-5);
  for (std::size_t k = 0; k < 10; ++k) {
    CHECK(std::abs(std::abs(repeated.expansion.csfs[k].coefficient) -
                   std::abs(result.expansion.csfs[k].coefficient)) < 1e-5);
  }
}

TEST_CASE("a CI with too few iterations ends in a status") {
  const Case c = solve("N2");
  CiOptions options;
  options.space = {10, 8};
  options.max_iterations = 1;
  const CiResult result = run_ci(c.molecule, c.basis, c.scf.orbitals, options);
  CHECK_FALSE(result.converged);
  CHECK_THAT(result.status, Catch::Matchers::Contains("not converged after"));
  CHECK(result.energy < c.scf.energy);
}

TEST_CASE("active spaces that cannot be are refused with what is possible") {
  const Molecule& water = reference_record("H2O", "cc-pvdz", ScfMethod::rhf, "only").molecule;
  const Molecule& oxygen = reference_record("O2", "cc-pvdz", ScfMethod::uhf, "only").molecule;
  const auto problem = [](const ActiveSpace& space, const Molecule& molecule) {
    return active_space_problem(space, molecule, 24, 5e6);
  };
  using Catch::Matchers::Contains;
  CHECK(problem({8, 6}, water).empty());
  // 42504 squared determinants.
  CHECK_THAT(problem({10, 24}, water), Contains("million determinants"));
  CHECK_THAT(problem({7, 6}, water), Contains("pairs") && Contains("2, 4, ... up to 10"));
  CHECK_THAT(problem({12, 6}, water), Contains("up to 10"));
  CHECK_THAT(problem({0, 6}, water), Contains("2, 4"));
  CHECK_THAT(problem({8, 24}, water), Contains("4 to 23 orbitals can be active"));
  CHECK_THAT(problem({8, 3}, water), Contains("4 to 23 orbitals can be active"));
  CHECK_THAT(problem({2, 1}, oxygen), Contains("2 to 17 orbitals"));
  const Case c = solve("H2O", "sto-3g");
  CHECK_THROWS_AS(c.ci(8, 7), InputError);
  Case unrestricted = c;
  unrestricted.scf.orbitals.down *= -1.0;
  CHECK_THROWS_AS(unrestricted.ci(8, 6), CalculationError);
}
