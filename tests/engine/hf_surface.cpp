#include "engine/hf_surface.hpp"

#include <cmath>

#include "core/errors.hpp"
#include "meanfield/gradient.hpp"
#include "molecules.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

HartreeFockSurface surface_of(const Molecule& molecule, const HartreeFockSurfaceOptions& options) {
  return {molecule, shipped_basis("3-21G", molecule, false), options};
}

}  // namespace

TEST_CASE("a Hartree-Fock surface is Hartree-Fock") {
  const Molecule molecule = bent_water();
  const BasisSet basis = shipped_basis("3-21G", molecule, false);
  const HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  CHECK(options.scf.method == ScfMethod::rhf);
  HartreeFockSurface surface(molecule, basis, options);
  const SurfaceValue value = surface.evaluate(positions_of(molecule));
  const ScfResult result = run_scf(molecule, basis, options.scf);
  CHECK(value.energy == result.energy);
  CHECK((value.forces + scf_gradient(molecule, basis, result)).cwiseAbs().maxCoeff() < 1e-8);
}

TEST_CASE("the same points in the same order give the same bits") {
  const Molecule molecule = methyl();
  const HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  CHECK(options.scf.method == ScfMethod::uhf);
  HartreeFockSurface first = surface_of(molecule, options), second = surface_of(molecule, options);
  const Eigen::VectorXd x = positions_of(molecule);
  for (const double scale : {1.0, 1.01, 1.03, 1.0}) {
    const SurfaceValue a = first.evaluate(scale * x), b = second.evaluate(scale * x);
    CHECK(a.energy == b.energy);
    CHECK(a.forces == b.forces);
  }
}

TEST_CASE("values do not depend on where a calculation starts beyond its convergence") {
  const Molecule molecule = bent_water();
  HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  HartreeFockSurface warm = surface_of(molecule, options);
  options.start_within = 0.0;
  HartreeFockSurface cold = surface_of(molecule, options);
  const Eigen::VectorXd x = positions_of(molecule);
  for (const double scale : {1.0, 1.02, 1.05, 0.96}) {
    const SurfaceValue a = warm.evaluate(scale * x), b = cold.evaluate(scale * x);
    CHECK(std::abs(a.energy - b.energy) < 1e-10);
    CHECK((a.forces - b.forces).cwiseAbs().maxCoeff() < 5e-7);
  }
}

TEST_CASE("a calculation that does not converge is a point not found, with the reason") {
  const Molecule molecule = bent_water();
  HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  options.scf.max_iterations = 2;
  HartreeFockSurface surface = surface_of(molecule, options);
  const SurfaceValue value = surface.evaluate(positions_of(molecule));
  CHECK_FALSE(value.found);
  CHECK_THAT(value.status, Catch::Matchers::StartsWith("Hartree-Fock: not converged"));
}

TEST_CASE("closed-shell Hartree-Fock of an open shell is refused at once") {
  const Molecule molecule = methyl();
  HartreeFockSurfaceOptions options = hartree_fock_surface_options(molecule);
  options.scf.method = ScfMethod::rhf;
  CHECK_THROWS_AS(surface_of(molecule, options), CalculationError);
}
