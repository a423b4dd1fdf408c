#include "meanfield/slater_expansion.hpp"

#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "meanfield/ci.hpp"
#include "meanfield/orbital_symmetry.hpp"
#include "meanfield/scf.hpp"
#include "slater_atom.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

Shell slater_shell(int atom, int n, int l, double zeta) {
  Shell shell;
  shell.atom = atom;
  shell.angular_momentum = l;
  shell.exponents = {zeta};
  shell.coefficients = {1.0};
  shell.powers = {n - 1 - l};
  normalize_contraction(shell);
  return shell;
}

Molecule one_atom(int charge, int electrons) {
  Molecule molecule;
  molecule.atoms = {{charge, {0.0, 0.0, 0.0}}};
  molecule.charge = charge - electrons;
  molecule.multiplicity = 1 + electrons % 2;
  return molecule;
}

// The energy of one electron in one function.
ScfResult one_electron(int charge, int n, int l, double zeta) {
  ScfOptions options;
  options.method = ScfMethod::rohf;
  BasisSet basis;
  basis.shells = {slater_shell(0, n, l, zeta)};
  return run_scf(one_atom(charge, 1), basis, options);
}

// R of a shell at r.
double radial(const Shell& shell, double r) {
  double sum = 0.0;
  for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
    const double a = shell.exponents[p];
    sum +=
        shell.coefficients[p] * (shell.is_slater() ? std::pow(r, shell.powers[p]) * std::exp(-a * r)
                                                   : std::exp(-a * r * r));
  }
  return sum;
}

// Overlap of a function of one shell with that of the other, by the trapezoidal rule in ln r.
double overlap(const Shell& a, const Shell& b) {
  const int l = a.angular_momentum;
  double sum = 0.0;
  for (double x = -14.0; x < 5.0; x += 0.02) {
    const double r = std::exp(x);
    sum += 0.02 * std::pow(r, 2 * l + 3) * radial(a, r) * radial(b, r);
  }
  return 4.0 * std::acos(-1.0) / (2 * l + 1) * sum;
}

// CHAMP's example of a beryllium atom (Cornell-Holland Ab-initio Materials Package), basis "VB1".
const std::vector<SlaterFunction> beryllium = {
    {1, 6.285179}, {1, 3.455497}, {2, 2.774117}, {2, 1.192734}, {2, 0.824535}};

BasisSet slater_basis(const std::vector<SlaterFunction>& functions) {
  BasisSet basis;
  for (const SlaterFunction& f : functions) basis.shells.push_back(slater_shell(0, f.n, 0, f.zeta));
  return basis;
}

}  // namespace

TEST_CASE("expansions are normalized, close to their function, and better the longer they are") {
  for (const auto& [n, l] : std::vector<std::pair<int, int>>{
           {1, 0}, {2, 0}, {3, 0}, {5, 0}, {2, 1}, {3, 1}, {3, 2}, {4, 3}, {5, 4}, {6, 5}}) {
    double last = 1.0;
    for (const int count : {6, 8, 10, 12, 14}) {
      INFO(n << " " << l << " " << count);
      BasisSet basis;
      basis.shells = {slater_shell(0, n, l, 1.7)};
      SlaterExpansionOptions options;
      options.fewest = options.most = count;
      const Shell gaussian = gaussian_basis(basis, options).shells[0];
      CHECK_FALSE(gaussian.is_slater());
      CHECK(static_cast<int>(gaussian.exponents.size()) == count);
      CHECK(overlap(gaussian, gaussian) == Approx(1.0).epsilon(1e-10));
      // <d|T + 1/2|d> is at least half the square of d's norm, i.e. 1 - S.
      const double error = expand_slater(n, l, count).error;
      CHECK(1.0 - overlap(gaussian, basis.shells[0]) < error + 1e-12);
      CHECK(error < last);
      last = error;
    }
    CHECK(last < 1e-7);
  }
}

TEST_CASE("the free exponents of Hehre, Stewart and Pople are hardly closer") {
  // Six Gaussians for 1s: Table I of J. Chem. Phys. 51, 2657 (1969). Normalized Gaussians; the
  // overlap of a 1s with exp(-r) is summed here.
  Shell sto6g;
  sto6g.exponents = {23.10303149,  4.235915534,  1.185056519,
                     0.4070988982, 0.1580884151, 0.06510953954};
  sto6g.coefficients = {0.009163596280, 0.04936149294, 0.1685383049,
                        0.3705627997,   0.4164915298,  0.1303340841};
  normalize_contraction(sto6g);
  const Shell exact = slater_shell(0, 1, 0, 1.0);
  BasisSet basis;
  basis.shells = {exact};
  SlaterExpansionOptions options;
  options.fewest = options.most = 6;
  const double ours = 1.0 - overlap(gaussian_basis(basis, options).shells[0], exact);
  const double theirs = 1.0 - overlap(sto6g, exact);
  CHECK(theirs < ours);          // they maximized it
  CHECK(ours < 100.0 * theirs);  // we fitted the energy
}

TEST_CASE("one electron in one Slater function has its textbook energy") {
  const double allowed = SlaterExpansionOptions{}.error;
  const ScfResult hydrogen = one_electron(1, 1, 0, 1.0);
  CHECK(std::abs(hydrogen.energy + 0.5) < allowed);
  CHECK(hydrogen.energy > -0.5);
  CHECK(hydrogen.most_gaussians > 0);
  // <T> = zeta^2 / 2 and <1/r> = zeta for 1s; zeta^2 / 6 and zeta / 2 for 2s; zeta^2 / 10 and
  // zeta / 3 for 3s; zeta^2 / 2 and zeta / 2 for 2p (integrals of powers times exponentials).
  for (const double zeta : {0.6, 1.9}) {
    CHECK(std::abs(one_electron(2, 1, 0, zeta).energy - zeta * (zeta / 2.0 - 2.0)) < 4 * allowed);
    CHECK(std::abs(one_electron(2, 2, 0, zeta).energy - zeta * (zeta / 6.0 - 1.0)) < 4 * allowed);
    CHECK(std::abs(one_electron(2, 3, 0, zeta).energy - zeta * (zeta - 20.0 / 3.0) / 10.0) <
          4 * allowed);
    CHECK(std::abs(one_electron(2, 2, 1, zeta).energy - zeta * (zeta / 2.0 - 1.0)) < 4 * allowed);
  }
}

TEST_CASE("kinetic energy goes with the square, potential energy with the exponent") {
  // The same number of Gaussians: exactly.
  const ScfResult one = one_electron(1, 2, 1, 1.0), scaled = one_electron(1, 2, 1, 1.0625);
  REQUIRE(one.most_gaussians == scaled.most_gaussians);
  CHECK(scaled.kinetic == Approx(1.0625 * 1.0625 * one.kinetic).epsilon(1e-12));
  CHECK(scaled.nuclear_attraction == Approx(1.0625 * one.nuclear_attraction).epsilon(1e-12));
}

TEST_CASE("Be: the expansion's energy and orbitals are those of exact integrals") {
  const SlaterAtom exact = slater_atom(4, beryllium);
  // The numerical Hartree-Fock limit (C. F. Bunge, J. A. Barrientos, A. V. Bunge, At. Data Nucl.
  // Data Tables 53, 113 (1993)) is below, and VB1 close to it.
  CHECK(exact.energy > -14.573023);
  CHECK(exact.energy < -14.5729);
  const ScfResult result = run_scf(one_atom(4, 4), slater_basis(beryllium), {});
  CHECK(result.converged);
  CHECK(std::abs(result.energy - exact.energy) < 1e-6);
  CHECK(result.kinetic == Approx(-result.energy).epsilon(1e-4));
  // Coefficients refer to the Slater functions, one to one.
  REQUIRE(result.orbitals.up.rows() == 5);
  for (Eigen::Index k = 0; k < 2; ++k) {
    const Eigen::VectorXd ours = result.orbitals.up.col(k), theirs = exact.orbitals.col(k);
    const double sign = ours.dot(theirs) < 0.0 ? -1.0 : 1.0;
    CHECK((ours - sign * theirs).cwiseAbs().maxCoeff() < 1e-4);
  }
}

TEST_CASE("Be: configuration interaction and symmetry in Slater functions") {
  BasisSet basis = slater_basis(beryllium);
  basis.shells.push_back(slater_shell(0, 2, 1, 0.986656));
  const Molecule atom = one_atom(4, 4);
  const ScfResult scf = run_scf(atom, basis, {});
  CiOptions options;
  options.space = {2, 4};
  const CiResult ci = run_ci(atom, basis, scf.orbitals, options);
  REQUIRE(ci.converged);
  CHECK(ci.reference_energy == Approx(scf.energy).epsilon(1e-10));
  // CHAMP's example has 0.949537 for 1s2 2s2 and -0.181089 for each 1s2 2p2, in orbitals that were
  // optimized together with them.
  CHECK(std::abs(0.5 * ci.natural_occupations[0] - 0.949537 * 0.949537) < 0.01);
  for (Eigen::Index k = 1; k < 4; ++k) {
    CHECK(std::abs(0.5 * ci.natural_occupations[k] - 0.181089 * 0.181089) < 0.003);
  }
  MolecularOrbitals orbitals = scf.orbitals;
  align_degenerate_orbitals(atom, basis, orbitals);
  CHECK(symmetry_blocks(atom, basis, orbitals.up) == std::vector<int>{0, 0, 1, 2, 3, 0, 0, 0});
}

TEST_CASE("C2: the pi orbital of CHAMP's example in the same 36 Slater functions") {
  Molecule carbon;
  carbon.atoms = {{6, {0.0, 0.0, -1.17405}}, {6, {0.0, 0.0, 1.17405}}};
  BasisSet basis;
  for (const int atom : {0, 1}) {
    for (const double zeta : {5.450236, 9.584061}) {
      basis.shells.push_back(slater_shell(atom, 1, 0, zeta));
    }
    for (const double zeta : {1.304429, 1.899079, 3.753271}) {
      basis.shells.push_back(slater_shell(atom, 2, 0, zeta));
    }
    basis.shells.push_back(slater_shell(atom, 3, 0, 3.753486));
    for (const double zeta : {1.058381, 1.648879, 2.808762, 6.781327}) {
      basis.shells.push_back(slater_shell(atom, 2, 1, zeta));
    }
  }
  ScfOptions options;
  options.follow_instability = false;
  const ScfResult result = run_scf(carbon, basis, options);
  CHECK(result.converged);
  // The coefficients there are orthonormal to 2e-4 only.
  const std::vector<double> expected = {0.183526231, 0.366135510, 0.088419403, 0.007743717};
  const Eigen::MatrixXd& up = result.orbitals.up;
  for (Eigen::Index k = 0; k < 4; ++k) {
    // p_x of the two degenerate orbitals together, whose axes are anyone's choice.
    const double coefficient = std::hypot(up(6 + 3 * k, 4), up(6 + 3 * k, 5));
    CHECK(std::abs(coefficient - expected[static_cast<std::size_t>(k)]) < 3e-3);
    CHECK(std::abs(up(8 + 3 * k, 4)) < 1e-6);  // p_z
  }
}

TEST_CASE("functions that share exponents are closer than with exponents of their own") {
  const BasisSet shared = gaussian_basis(slater_basis(beryllium));
  for (std::size_t s = 0; s < beryllium.size(); ++s) {
    INFO(s);
    CHECK(shared.shells[s].exponents == shared.shells[0].exponents);
    const Shell exact = slater_shell(0, beryllium[s].n, 0, beryllium[s].zeta);
    CHECK(1.0 - overlap(shared.shells[s], exact) < 1e-7);
    BasisSet alone;
    alone.shells = {exact};
    CHECK(overlap(shared.shells[s], exact) > overlap(gaussian_basis(alone).shells[0], exact));
  }
}

TEST_CASE("Gaussian shells stay as they are, and contracted Slater shells are sums") {
  Shell gaussian;
  gaussian.angular_momentum = 2;
  gaussian.cartesian = true;
  gaussian.exponents = {0.8};
  gaussian.coefficients = {1.0};
  Shell contracted = slater_shell(1, 2, 0, 1.5);
  contracted.exponents.push_back(0.9);
  contracted.coefficients.push_back(0.3);
  contracted.powers.push_back(0);
  BasisSet basis;
  basis.name = "mixed";
  basis.shells = {gaussian, contracted, slater_shell(1, 3, 2, 2.0)};
  const BasisSet result = gaussian_basis(basis);
  CHECK(has_slater_shells(basis));
  CHECK_FALSE(has_slater_shells(result));
  CHECK(result.name == "mixed");
  REQUIRE(result.shells.size() == 3);
  CHECK(result.size() == basis.size());
  CHECK(result.shells[0].exponents == gaussian.exponents);
  CHECK(result.shells[0].coefficients == gaussian.coefficients);
  CHECK(result.shells[0].cartesian);
  for (std::size_t s = 1; s < 3; ++s) {
    CHECK(result.shells[s].atom == 1);
    CHECK(result.shells[s].angular_momentum == basis.shells[s].angular_momentum);
    for (const double r : {0.3, 1.0, 2.5}) {
      CHECK(radial(result.shells[s], r) == Approx(radial(basis.shells[s], r)).margin(1e-2));
    }
  }
}
