#include "meanfield/scf.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "check_record.hpp"
#include "core/errors.hpp"
#include "meanfield/shell_integrals.hpp"

using namespace markhor;

namespace {

ScfResult run(const Molecule& molecule, const std::string& set, ScfOptions options) {
  return run_scf(molecule, shipped_basis(set, molecule, false), options);
}

}  // namespace

TEST_CASE("recomputed integrals give the energy of stored ones") {
  ScfOptions direct;
  direct.memory_limit = 0.0;
  for (const auto& [system, method] :
       {std::pair{"H2O", ScfMethod::rhf}, std::pair{"N", ScfMethod::uhf},
        std::pair{"O2", ScfMethod::rohf}}) {
    direct.method = method;
    const std::string solution = method == ScfMethod::rohf ? "stable" : "only";
    const ReferenceRecord& record = reference_record(system, "6-31g*", method, solution);
    check_record(record, direct);
    const ScfResult result = run(record.molecule, record.basis_name, direct);
    CHECK_FALSE(result.stored_integrals);
    ScfOptions stored = direct;
    stored.memory_limit = 1e9;
    CHECK(std::abs(result.energy - run(record.molecule, record.basis_name, stored).energy) < 1e-9);
  }
}

TEST_CASE("a saddle point is recognized, left, and the minimum below it found") {
  const ReferenceRecord& saddle = reference_record("C2", "cc-pvdz", ScfMethod::rhf, "first_scf");
  const ReferenceRecord& minimum = reference_record("C2", "cc-pvdz", ScfMethod::rhf, "stable");
  ScfOptions options;
  options.follow_instability = false;
  const ScfResult stays = run(saddle.molecule, "cc-pVDZ", options);
  CHECK(std::abs(stays.energy - saddle.energy) < 1e-8);
  CHECK_FALSE(stays.stability_checked);
  options.follow_instability = true;
  const ScfResult leaves = run(saddle.molecule, "cc-pVDZ", options);
  CHECK(std::abs(leaves.energy - minimum.energy) < 1e-8);
  CHECK(leaves.stability_checked);
  CHECK(leaves.stable);
  CHECK(leaves.instabilities_followed == 1);
  CHECK_THAT(leaves.status, Catch::Matchers::Contains("left 1 saddle point"));
}

TEST_CASE("too few iterations end in a status, not in an exception") {
  const Molecule& water = reference_record("H2O", "sto-3g", ScfMethod::rhf, "only").molecule;
  for (const int iterations : {1, 2, 3}) {
    ScfOptions options;
    options.max_iterations = iterations;
    const ScfResult result = run(water, "cc-pVDZ", options);
    CHECK_FALSE(result.converged);
    CHECK_FALSE(result.stable);
    CHECK(static_cast<int>(result.iterations.size()) == iterations);
    CHECK_THAT(result.status, Catch::Matchers::Contains("not converged after"));
    CHECK(result.energy < -75.0);
  }
}

TEST_CASE("hydrogen-like atoms have the exact energy of their basis") {
  // One s Gaussian of exponent a: <T> = 3 a / 2, <V> = -2 Z sqrt(2 a / pi); best at
  // a = 8 Z^2 / (9 pi), E = -4 Z^2 / (3 pi).
  for (const int z : {1, 2, 5}) {
    Molecule ion;
    ion.atoms = {{z, {0.3, -0.2, 0.1}}};
    ion.charge = z - 1;
    ion.multiplicity = 2;
    BasisSet basis;
    Shell shell;
    shell.exponents = {8.0 * z * z / (9.0 * std::acos(-1.0))};
    shell.coefficients = {1.0};
    normalize_contraction(shell);
    basis.shells = {shell};
    for (const ScfMethod method : {ScfMethod::uhf, ScfMethod::rohf}) {
      ScfOptions options;
      options.method = method;
      const ScfResult result = run_scf(ion, basis, options);
      CHECK(result.energy == Approx(-4.0 * z * z / (3.0 * std::acos(-1.0))).epsilon(1e-13));
      CHECK(result.kinetic == Approx(-result.energy).epsilon(1e-13));
      CHECK(result.spin_squared == Approx(0.75));
      CHECK(result.converged);
      CHECK(result.stable);
    }
  }
}

TEST_CASE("orbitals are orthonormal and their energies those of the Fock matrix") {
  const ReferenceRecord& record = reference_record("O2", "6-31g*", ScfMethod::uhf, "only");
  ScfOptions options;
  options.method = ScfMethod::uhf;
  const BasisSet basis = shipped_basis("6-31g*", record.molecule, false);
  const ScfResult result = run_scf(record.molecule, basis, options);
  const OneElectronIntegrals integrals = one_electron_integrals(record.molecule, basis);
  double one_electron = result.kinetic + result.nuclear_attraction, sum = 0.0;
  const auto check_spin = [&](const Eigen::MatrixXd& c, const Eigen::VectorXd& energies,
                              int electrons) {
    const Eigen::MatrixXd unit = c.transpose() * integrals.overlap * c;
    CHECK((unit - Eigen::MatrixXd::Identity(c.cols(), c.cols())).cwiseAbs().maxCoeff() < 1e-12);
    CHECK(std::is_sorted(energies.data(), energies.data() + electrons));
    sum += energies.head(electrons).sum();
  };
  check_spin(result.orbitals.up, result.orbitals.up_energies, 9);
  check_spin(result.orbitals.down, result.orbitals.down_energies, 7);
  // The occupied energies count each pair of electrons twice.
  CHECK(sum == Approx(one_electron + 2.0 * result.electron_repulsion).epsilon(1e-10));
}

TEST_CASE("two runs give the same bits, with any number of threads if integrals are stored") {
  const Molecule& molecule = reference_record("C2", "6-31g*", ScfMethod::rhf, "stable").molecule;
  for (const double memory_limit : {0.0, 1e9}) {
    ScfOptions options;
    options.memory_limit = memory_limit;
    options.threads = 2;
    const ScfResult a = run(molecule, "6-31G*", options);
    if (memory_limit > 0.0) options.threads = 1;
    const ScfResult b = run(molecule, "6-31G*", options);
    CHECK(a.energy == b.energy);
    CHECK(a.orbitals.up == b.orbitals.up);
  }
}

TEST_CASE("ROHF orbital energies are those of the documented effective Fock matrix") {
  // PySCF 2.14.0, which builds the same matrix.
  const ReferenceRecord& record = reference_record("N", "3-21g", ScfMethod::rohf, "only");
  ScfOptions options;
  options.method = ScfMethod::rohf;
  const ScfResult result = run(record.molecule, "3-21G", options);
  const double expected[] = {-15.534688143, -0.928741897, -0.161260673, -0.161260673, -0.161260673,
                             1.352489621,   1.352489621,  1.352489621,  1.910507662};
  for (Eigen::Index i = 0; i < 9; ++i) {
    CHECK(std::abs(result.orbitals.up_energies[i] - expected[i]) < 1e-7);
  }
  CHECK(result.orbitals.down == result.orbitals.up);
}

TEST_CASE("impossible calculations are refused with a reason") {
  const Molecule& nitrogen = reference_record("N", "sto-3g", ScfMethod::uhf, "only").molecule;
  CHECK_THROWS_AS(run(nitrogen, "sto-3g", {}), CalculationError);
  Molecule anion = reference_record("Ne", "sto-3g", ScfMethod::rhf, "only").molecule;
  anion.charge = -2;
  CHECK_THROWS_AS(run(anion, "sto-3g", {}), CalculationError);
}
