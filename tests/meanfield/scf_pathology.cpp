// Cases in which plain self-consistent iteration goes astray.
#include <cmath>
#include <utility>

#include "meanfield/scf.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

Molecule diatomic(int a, int b, double distance, int multiplicity) {
  Molecule molecule;
  molecule.atoms = {{a, {0.0, 0.0, 0.0}}, {b, {0.0, 0.0, distance}}};
  molecule.multiplicity = multiplicity;
  return molecule;
}

Molecule atom(int z, int multiplicity, int charge = 0) {
  Molecule molecule;
  molecule.atoms = {{z, {0.0, 0.0, 0.0}}};
  molecule.charge = charge;
  molecule.multiplicity = multiplicity;
  return molecule;
}

ScfResult run(const Molecule& molecule, const std::string& set, ScfMethod method) {
  ScfOptions options;
  options.method = method;
  return run_scf(molecule, shipped_basis(set, molecule, false), options);
}

}  // namespace

TEST_CASE("stretched hydrogen breaks its symmetry into two atoms in UHF") {
  const ScfResult atom_result = run(atom(1, 2), "cc-pVDZ", ScfMethod::uhf);
  const ScfResult molecule = run(diatomic(1, 1, 30.0, 1), "cc-pVDZ", ScfMethod::uhf);
  CHECK(molecule.converged);
  CHECK(molecule.stable);
  CHECK(molecule.energy == Approx(2.0 * atom_result.energy).epsilon(1e-8));
  CHECK(molecule.spin_squared == Approx(1.0).epsilon(1e-6));
}

TEST_CASE("open-shell atoms converge to stable solutions") {
  for (const auto& [z, multiplicity] :
       {std::pair{5, 2}, std::pair{6, 3}, std::pair{8, 3}, std::pair{9, 2}, std::pair{13, 2},
        std::pair{16, 3}, std::pair{21, 2}, std::pair{26, 5}}) {
    for (const ScfMethod method : {ScfMethod::uhf, ScfMethod::rohf}) {
      INFO("Z = " << z);
      const ScfResult result = run(atom(z, multiplicity), "def2-SVP", method);
      INFO(result.status);
      CHECK(result.converged);
      CHECK(result.stable);
    }
  }
}

TEST_CASE("molecules with near-degenerate orbitals converge to stable solutions") {
  // Stretched N2, ozone-like gaps, singlet O2, and a radical.
  for (const Molecule& molecule :
       {diatomic(7, 7, 4.0, 1), diatomic(8, 8, 2.282, 1), diatomic(6, 6, 2.348, 1),
        diatomic(9, 9, 4.5, 1), diatomic(3, 9, 9.0, 1), diatomic(6, 7, 2.2, 2),
        diatomic(24, 24, 3.2, 1)}) {
    const ScfMethod restricted = molecule.multiplicity == 1 ? ScfMethod::rhf : ScfMethod::rohf;
    double energy[2] = {};
    for (const ScfMethod method : {restricted, ScfMethod::uhf}) {
      const ScfResult result = run(molecule, "3-21G", method);
      INFO(result.status);
      CHECK(result.converged);
      CHECK(result.stable);
      energy[method == ScfMethod::uhf ? 1 : 0] = result.energy;
    }
    CHECK(energy[1] < energy[0] + 1e-8);
  }
}

TEST_CASE("a linearly dependent basis loses its dependent functions only") {
  const Molecule hydrogen = diatomic(1, 1, 1.4, 1);
  BasisSet basis = shipped_basis("cc-pVDZ", hydrogen, false);
  const ScfResult expected = run_scf(hydrogen, basis, {});
  CHECK(expected.dropped_functions == 0);
  // The first function of the second atom once more, but for a part in 10^6 of its exponents.
  Shell twin = basis.shells[3];
  for (double& exponent : twin.exponents) exponent *= 1.0 + 1e-6;
  basis.shells.push_back(twin);
  const ScfResult result = run_scf(hydrogen, basis, {});
  CHECK(result.converged);
  CHECK(result.dropped_functions == 1);
  CHECK(result.orbitals.up.rows() == basis.size());
  CHECK(result.orbitals.up.cols() == basis.size() - 1);
  // What stays is the mean of the twins, a slightly different function.
  CHECK(std::abs(result.energy - expected.energy) < 1e-7);
}
