#include "meanfield/gradient.hpp"

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>

#include "check_record.hpp"
#include "core/errors.hpp"
#include "meanfield/one_electron_gradient.hpp"
#include "meanfield/shell_integrals.hpp"

using namespace markhor;

namespace {

struct GradientRecord {
  ReferenceRecord record;
  Eigen::VectorXd gradient;
};

std::vector<GradientRecord> gradient_records() {
  const std::map<std::string, ScfMethod> methods = {
      {"rhf", ScfMethod::rhf}, {"uhf", ScfMethod::uhf}, {"rohf", ScfMethod::rohf}};
  std::ifstream file(MARKHOR_SOURCE_DIR "/tests/meanfield/data/gradients.txt");
  std::vector<GradientRecord> records;
  for (std::string text; std::getline(file, text);) {
    if (text.empty() || text.front() == '#') continue;
    std::istringstream line(text);
    std::string system, basis, shape, method, solution;
    line >> system >> basis >> shape >> method >> solution;
    GradientRecord r;
    for (const ReferenceRecord& record : reference_records()) {
      if (record.system == system && record.basis_name == basis &&
          record.cartesian == (shape == "cartesian") && record.method == methods.at(method) &&
          record.solution == solution) {
        r.record = record;
      }
    }
    r.gradient.resize(3 * static_cast<Eigen::Index>(r.record.molecule.atoms.size()));
    for (double& value : r.gradient) line >> value;
    REQUIRE(line);
    REQUIRE(r.gradient.size() > 0);
    records.push_back(r);
  }
  return records;
}

// Bent, with no symmetry left, so that no component vanishes.
Molecule distorted_water(int charge, int multiplicity) {
  Molecule molecule;
  molecule.atoms = {{8, {0.05, -0.03, 0.11}}, {1, {1.71, 0.21, -0.36}}, {1, {-0.62, 1.44, 0.74}}};
  molecule.charge = charge;
  molecule.multiplicity = multiplicity;
  return molecule;
}

Molecule moved(Molecule molecule, Eigen::Index coordinate, double by) {
  molecule.atoms[static_cast<std::size_t>(coordinate / 3)]
      .position[static_cast<std::size_t>(coordinate % 3)] += by;
  return molecule;
}

// By the five-point formula, whose error goes with the fourth power of the step.
template <typename Energy>
double slope(const Energy& energy, const Molecule& molecule, Eigen::Index coordinate) {
  const double step = 2e-3;
  const auto at = [&](double by) { return energy(moved(molecule, coordinate, by)); };
  return (8.0 * (at(step) - at(-step)) - (at(2.0 * step) - at(-2.0 * step))) / (12.0 * step);
}

}  // namespace

TEST_CASE("gradients of reference records") {
  const std::vector<GradientRecord> records = gradient_records();
  CHECK(records.size() == 11);
  for (const GradientRecord& r : records) {
    INFO(r.record.name());
    const Molecule& molecule = r.record.molecule;
    ScfOptions options;
    options.method = r.record.method;
    options.follow_instability = r.record.solution == "stable";
    const BasisSet basis = shipped_basis(r.record.basis_name, molecule, r.record.cartesian);
    const Eigen::VectorXd gradient =
        scf_gradient(molecule, basis, run_scf(molecule, basis, options));
    CHECK((gradient - r.gradient).cwiseAbs().maxCoeff() < 1e-7);
    CHECK(gradient.reshaped(3, gradient.size() / 3).rowwise().sum().norm() < 1e-10);
  }
}

TEST_CASE("the gradient is the slope of the energy") {
  struct Case {
    std::string set;
    ScfMethod method;
    int charge, multiplicity;
  };
  for (const Case& c :
       {Case{"6-31G*", ScfMethod::rhf, 0, 1}, Case{"3-21G", ScfMethod::uhf, 1, 2},
        Case{"6-31G*", ScfMethod::rohf, 0, 3}, Case{"3-21G", ScfMethod::uhf, 0, 3}}) {
    INFO(c.set << ", multiplicity " << c.multiplicity);
    const Molecule molecule = distorted_water(c.charge, c.multiplicity);
    const BasisSet basis = shipped_basis(c.set, molecule, false);
    ScfOptions options;
    options.method = c.method;
    options.convergence = 1e-11;
    const ScfResult result = run_scf(molecule, basis, options);
    const Eigen::VectorXd gradient = scf_gradient(molecule, basis, result, {1e-13, 1});
    const auto energy = [&](const Molecule& at) { return run_scf(at, basis, options).energy; };
    for (const Eigen::Index k : {0, 4, 8}) {
      CHECK(std::abs(slope(energy, molecule, k) - gradient[k]) < 1e-7);
    }
    // Threads share the sum out in another way.
    CHECK((scf_gradient(molecule, basis, result, {1e-13, 2}) - gradient).norm() < 1e-12);
  }
}

// With f functions and densities that no calculation would give.
TEST_CASE("the one-electron gradient is the slope of the integrals") {
  const Molecule molecule = distorted_water(0, 1);
  const BasisSet basis = shipped_basis("cc-pVTZ", molecule, true);
  const int n = basis.size();
  Eigen::MatrixXd d(n, n), w(n, n);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < n; ++j) {
      d(i, j) = std::cos(0.7 * i * j + i + j);
      w(i, j) = std::sin(0.3 * i * j + 2.0 * (i + j));
    }
  }
  const Eigen::VectorXd gradient = one_electron_gradient(molecule, basis, d, w);
  const auto energy = [&](const Molecule& at) {
    const OneElectronIntegrals integrals = one_electron_integrals(at, basis);
    return d.cwiseProduct(integrals.kinetic + integrals.nuclear_attraction).sum() -
           w.cwiseProduct(integrals.overlap).sum();
  };
  for (Eigen::Index k = 0; k < gradient.size(); ++k) {
    CHECK(std::abs(slope(energy, molecule, k) - gradient[k]) < 1e-6 * gradient.norm());
  }
}

TEST_CASE("the gradient of a Slater basis is that of its expansion") {
  Molecule molecule;
  molecule.atoms = {{1, {0.0, 0.0, 0.0}}, {1, {0.1, 0.2, 1.5}}};
  BasisSet basis;
  for (const int atom : {0, 1}) {
    Shell s{atom, 0, false, {1.2}, {1.0}, {0}}, p{atom, 1, false, {1.6}, {1.0}, {0}};
    normalize_contraction(s);
    normalize_contraction(p);
    basis.shells.insert(basis.shells.end(), {s, p});
  }
  ScfOptions options;
  options.convergence = 1e-11;
  const Eigen::VectorXd gradient =
      scf_gradient(molecule, basis, run_scf(molecule, basis, options), {1e-13, 1});
  const auto energy = [&](const Molecule& at) { return run_scf(at, basis, options).energy; };
  CHECK(std::abs(slope(energy, molecule, 5) - gradient[5]) < 1e-7);
}

TEST_CASE("there is no gradient without convergence") {
  const Molecule molecule = distorted_water(0, 1);
  const BasisSet basis = shipped_basis("3-21G", molecule, false);
  ScfOptions options;
  options.max_iterations = 2;
  CHECK_THROWS_AS(scf_gradient(molecule, basis, run_scf(molecule, basis, options)),
                  CalculationError);
}

TEST_CASE("a calculation that starts from near orbitals ends in the same place") {
  for (const auto& [method, charge] : {std::pair{ScfMethod::rhf, 0}, std::pair{ScfMethod::uhf, 1},
                                       std::pair{ScfMethod::rohf, 1}}) {
    const Molecule molecule = distorted_water(charge, charge == 0 ? 1 : 2);
    const BasisSet basis = shipped_basis("6-31G*", molecule, false);
    ScfOptions options;
    options.method = method;
    options.follow_instability = false;
    const MolecularOrbitals start = run_scf(molecule, basis, options).orbitals;
    const Molecule next = moved(moved(molecule, 0, 0.02), 5, -0.01);
    const ScfResult fresh = run_scf(next, basis, options);
    const ScfResult near = run_scf(next, basis, options, start);
    CHECK(near.converged);
    CHECK(std::abs(near.energy - fresh.energy) < 1e-9);
    CHECK(near.iterations.front().gradient < 0.2 * fresh.iterations.front().gradient);
    CHECK(run_scf(next, basis, options, near.orbitals).iterations.size() <= 3);
  }
}

TEST_CASE("orbitals that do not fit are no start") {
  const Molecule molecule = distorted_water(0, 1);
  const BasisSet basis = shipped_basis("3-21G", molecule, false);
  const ScfResult fresh = run_scf(molecule, basis, {});
  MolecularOrbitals start;
  CHECK(run_scf(molecule, basis, {}, start).energy == fresh.energy);
  start.up = start.down = Eigen::MatrixXd::Ones(basis.size(), basis.size());
  CHECK(run_scf(molecule, basis, {}, start).energy == fresh.energy);
}
