#include "meanfield/orbital_rotation.hpp"

#include <cmath>

#include "meanfield/stability.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::MatrixXd;
using Eigen::VectorXd;

namespace {

ScfProblem problem_for(const Molecule& molecule, const BasisSet& basis, ScfMethod method) {
  ScfProblem problem;
  problem.method = method;
  problem.up = molecule.up_electrons();
  problem.down = molecule.down_electrons();
  problem.nuclear_repulsion = molecule.nuclear_repulsion();
  problem.integrals = one_electron_integrals(molecule, basis);
  problem.core = problem.integrals.kinetic + problem.integrals.nuclear_attraction;
  problem.orthogonalizer = canonical_orthogonalizer(problem.integrals.overlap, 1e-7);
  problem.repulsion = make_repulsion(molecule, basis, 1e9, 1);
  return problem;
}

VectorXd some_direction(Eigen::Index size) {
  VectorXd x(size);
  for (Eigen::Index i = 0; i < size; ++i) x[i] = std::sin(1.0 + 2.3 * static_cast<double>(i));
  return x / x.norm();
}

// The energy's derivatives at orbitals that are nowhere near a solution.
void check_derivatives(const Molecule& molecule, ScfMethod method) {
  const BasisSet basis = shipped_basis("3-21G", molecule, false);
  const ScfProblem problem = problem_for(molecule, basis, method);
  FockBuilder builder(problem);
  const std::size_t channels = method == ScfMethod::uhf ? 2 : 1;
  const ScfState start =
      builder.evaluate(std::vector<MatrixXd>(channels, diagonalize(problem, problem.core)));
  const OrbitalRotations at_start(problem, start);
  const ScfState state = builder.evaluate(at_start.rotate(0.3 * some_direction(at_start.size())));

  const OrbitalRotations rotations(problem, state);
  const VectorXd x = some_direction(rotations.size());
  const auto energy = [&](double step) {
    return builder.evaluate(rotations.rotate(step * x)).energy;
  };
  const double h = 1e-3;
  // Central differences with errors of order h^4.
  const double slope = (8.0 * (energy(h) - energy(-h)) - energy(2 * h) + energy(-2 * h)) / (12 * h);
  const double curvature = (-energy(2 * h) + 16.0 * energy(h) - 30.0 * state.energy +
                            16.0 * energy(-h) - energy(-2 * h)) /
                           (12 * h * h);
  CHECK(rotations.gradient().dot(x) == Approx(slope).epsilon(1e-8));
  CHECK(x.dot(rotations.hessian_product(x).col(0)) == Approx(curvature).epsilon(1e-5));
}

}  // namespace

TEST_CASE("gradient and Hessian of orbital rotations agree with differences of the energy") {
  const Molecule& water = reference_record("H2O", "sto-3g", ScfMethod::rhf, "only").molecule;
  check_derivatives(water, ScfMethod::rhf);
  Molecule triplet = water;
  triplet.multiplicity = 3;
  check_derivatives(triplet, ScfMethod::uhf);
  check_derivatives(triplet, ScfMethod::rohf);
}

TEST_CASE("the Hessian is symmetric") {
  Molecule cation = reference_record("H2O", "sto-3g", ScfMethod::rhf, "only").molecule;
  cation.charge = 1;
  cation.multiplicity = 2;
  const BasisSet basis = shipped_basis("sto-3g", cation, false);
  for (const ScfMethod method : {ScfMethod::uhf, ScfMethod::rohf}) {
    const ScfProblem problem = problem_for(cation, basis, method);
    FockBuilder builder(problem);
    const ScfState state = builder.evaluate(std::vector<MatrixXd>(
        method == ScfMethod::uhf ? 2 : 1, diagonalize(problem, problem.core)));
    const OrbitalRotations rotations(problem, state);
    const MatrixXd hessian =
        rotations.hessian_product(MatrixXd::Identity(rotations.size(), rotations.size()));
    CHECK((hessian - hessian.transpose()).cwiseAbs().maxCoeff() < 1e-12);
    const Eigen::SelfAdjointEigenSolver<MatrixXd> dense(hessian);
    CHECK(lowest_mode(rotations, {}).lowest_eigenvalue ==
          Approx(dense.eigenvalues()[0]).epsilon(1e-6));
  }
}
