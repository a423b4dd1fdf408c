#include "meanfield/orbital_symmetry.hpp"

#include <cmath>
#include <map>

#include "check_record.hpp"
#include "meanfield/shell_integrals.hpp"

using namespace markhor;

namespace {

struct Case {
  Molecule molecule;
  BasisSet basis;
  ScfResult scf;
};

Case solve(const std::string& system, const std::string& set, ScfMethod method,
           const std::string& solution, bool cartesian = false) {
  Case result;
  result.molecule = reference_record(system, "cc-pvdz", method, solution).molecule;
  result.basis = shipped_basis(set, result.molecule, cartesian);
  ScfOptions options;
  options.method = method;
  options.follow_instability = false;
  result.scf = run_scf(result.molecule, result.basis, options);
  return result;
}

// Numbers of orbitals with one label, ascending.
std::vector<int> block_sizes(const Case& c) {
  std::map<int, int> counts;
  for (const int label : symmetry_blocks(c.molecule, c.basis, c.scf.orbitals.up)) ++counts[label];
  std::vector<int> sizes;
  for (const auto& [label, count] : counts) sizes.push_back(count);
  std::sort(sizes.begin(), sizes.end());
  return sizes;
}

// Turns columns a and b by an angle that no symmetry knows.
void mix(Eigen::MatrixXd& c, Eigen::Index a, Eigen::Index b) {
  const Eigen::VectorXd first = c.col(a), second = c.col(b);
  c.col(a) = std::cos(0.7) * first + std::sin(0.7) * second;
  c.col(b) = std::cos(0.7) * second - std::sin(0.7) * first;
}

}  // namespace

TEST_CASE("symmetry blocks have the sizes that counting basis functions gives") {
  // cc-pVDZ water, by hand: 11 a1, 7 b2, 4 b1, 2 a2.
  CHECK(block_sizes(solve("H2O", "cc-pVDZ", ScfMethod::rhf, "only")) ==
        std::vector<int>{2, 4, 7, 11});
  // N2: 6 sigma_g, 6 sigma_u, 3 of each partner of pi_u and pi_g, one of each of delta_g, delta_u.
  Case nitrogen = solve("N2", "cc-pVDZ", ScfMethod::rhf, "only");
  align_degenerate_orbitals(nitrogen.molecule, nitrogen.basis, nitrogen.scf.orbitals);
  CHECK(block_sizes(nitrogen) == std::vector<int>{1, 1, 1, 1, 3, 3, 3, 3, 6, 6});
}

TEST_CASE("symmetry blocks of Cartesian functions: the d shell contains an s function") {
  // 6-31G* water, by hand: s, s, s, pz, pz, xx, yy, zz of oxygen and two sums of hydrogen
  // functions make 10 a1; 5 b2, 3 b1, 1 a2.
  CHECK(block_sizes(solve("H2O", "6-31G*", ScfMethod::rhf, "only", true)) ==
        std::vector<int>{1, 3, 5, 10});
}

TEST_CASE("degenerate orbitals along the axes come out pure however they were mixed") {
  Case nitrogen = solve("N2", "cc-pVDZ", ScfMethod::rhf, "only");
  MolecularOrbitals& orbitals = nitrogen.scf.orbitals;
  mix(orbitals.up, 7, 8);  // the pi_g orbitals, above the seven occupied ones
  for (Eigen::Index p = 3; p < 6; ++p) {
    if (std::abs(orbitals.up_energies[p] - orbitals.up_energies[p + 1]) < 1e-6) {
      mix(orbitals.up, p, p + 1);
    }
  }
  orbitals.down = orbitals.up;
  align_degenerate_orbitals(nitrogen.molecule, nitrogen.basis, orbitals);
  CHECK(block_sizes(nitrogen) == std::vector<int>{1, 1, 1, 1, 3, 3, 3, 3, 6, 6});
  CHECK(orbitals.down == orbitals.up);
  const Eigen::MatrixXd overlap = one_electron_integrals(nitrogen.molecule, nitrogen.basis).overlap;
  const Eigen::MatrixXd unit = orbitals.up.transpose() * overlap * orbitals.up;
  CHECK((unit - Eigen::MatrixXd::Identity(unit.rows(), unit.cols())).cwiseAbs().maxCoeff() < 1e-11);
}

TEST_CASE("a planar ring with one p function an atom is aligned by its extent") {
  // Benzene in STO-3G: the e1g pi orbitals are sums of p_z alone.
  Case benzene;
  benzene.molecule = reference_record("benzene", "sto-3g", ScfMethod::rhf, "untested").molecule;
  benzene.basis = shipped_basis("sto-3g", benzene.molecule, false);
  benzene.scf = run_scf(benzene.molecule, benzene.basis, {});
  Eigen::MatrixXd& c = benzene.scf.orbitals.up;
  mix(c, 19, 20);  // the highest occupied pair, e1g
  benzene.scf.orbitals.down = c;
  align_degenerate_orbitals(benzene.molecule, benzene.basis, benzene.scf.orbitals);
  // One of the pair has a node at the atoms on the x axis, carbon 1 and 4 (function 4 is p_z of
  // carbon 1 behind 1s, 2s, 2p_x, 2p_y).
  const double a = std::abs(c(4, 19)), b = std::abs(c(4, 20));
  CHECK(std::min(a, b) < 1e-8);
  CHECK(std::max(a, b) > 0.3);
}

TEST_CASE("closed and open shells and virtual orbitals are not mixed") {
  Case oxygen = solve("O2", "6-31G*", ScfMethod::rohf, "first_scf");
  const Eigen::MatrixXd before = oxygen.scf.orbitals.up;
  const Eigen::MatrixXd overlap = one_electron_integrals(oxygen.molecule, oxygen.basis).overlap;
  align_degenerate_orbitals(oxygen.molecule, oxygen.basis, oxygen.scf.orbitals);
  const Eigen::MatrixXd change = before.transpose() * overlap * oxygen.scf.orbitals.up;
  const Eigen::Index last = change.cols() - 9;
  CHECK(change.block(0, 7, 7, last + 2).cwiseAbs().maxCoeff() < 1e-10);
  CHECK(change.block(7, 9, 2, last).cwiseAbs().maxCoeff() < 1e-10);
}
