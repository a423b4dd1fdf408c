#include "engine/xtb_surface.hpp"

#include <cmath>

#include "core/errors.hpp"
#include "core/units.hpp"
#include "molecules.hpp"
#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("without libxtb the surface says which package is missing") {
  if (xtb_is_built_in()) return;
  try {
    const XtbSurface surface(bent_water());
    FAIL("no error");
  } catch (const CalculationError& error) {
    CHECK_THAT(error.what(), Catch::Matchers::Contains("libxtb-dev"));
  }
}

TEST_CASE("charge and multiplicity matter to GFN2-xTB") {
  if (!xtb_is_built_in()) return;
  Molecule molecule = methyl();
  const Eigen::VectorXd x = positions_of(molecule);
  const double radical = XtbSurface(molecule).evaluate(x).energy;
  molecule.charge = 1;
  molecule.multiplicity = 1;
  const double cation = XtbSurface(molecule).evaluate(x).energy;
  molecule.multiplicity = 3;
  const double triplet = XtbSurface(molecule).evaluate(x).energy;
  // GFN2-xTB puts ionization energies some eV too high.
  CHECK((cation - radical) / units::hartree_per_ev > 9.0);
  CHECK((cation - radical) / units::hartree_per_ev < 18.0);
  CHECK(triplet > cation);
}

// libxtb's own forces on atoms with a coordinate in common are wrong.
TEST_CASE("forces of GFN2-xTB on atoms in planes and lines of the axes are slopes") {
  if (!xtb_is_built_in()) return;
  Molecule molecule = bent_water();
  molecule.atoms[0].position = {0.0, 0.0, 0.0};
  molecule.atoms[1].position = {1.9, 0.0, 0.0};
  molecule.atoms[2].position = {0.0, 1.7, 0.0};
  XtbSurface surface(molecule);
  const Eigen::VectorXd x = positions_of(molecule);
  const SurfaceValue value = surface.evaluate(x);
  for (Eigen::Index k = 0; k < x.size(); ++k) {
    const auto energy = [&](double by) {
      Eigen::VectorXd moved = x;
      moved[k] += by;
      return surface.evaluate(moved).energy;
    };
    CHECK(std::abs(value.forces[k] + (energy(1e-3) - energy(-1e-3)) / 2e-3) < 1e-6);
  }
}

// As the points of differences do. The other surface begins every point afresh.
TEST_CASE("GFN2-xTB beside a point starts from its charges and finds the same forces") {
  if (!xtb_is_built_in()) return;
  XtbSurface surface(methyl());
  XtbSurface afresh(methyl(), {0.01, 250, 0.0});
  const Eigen::VectorXd x = positions_of(methyl());
  surface.evaluate(x);
  for (const double by : {1e-3, -0.019, 0.3, 0.3001}) {
    const Eigen::VectorXd there = x + by * Eigen::VectorXd::LinSpaced(x.size(), -1.0, 0.9);
    const SurfaceValue value = surface.evaluate(there), expected = afresh.evaluate(there);
    CHECK(std::abs(value.energy - expected.energy) < 1e-9);
    CHECK((value.forces - expected.forces).cwiseAbs().maxCoeff() < 1e-6);
  }
}

TEST_CASE("a GFN2-xTB calculation that does not converge is a point not found") {
  if (!xtb_is_built_in()) return;
  XtbSurface surface(bent_water(), {0.01, 2});
  const SurfaceValue value = surface.evaluate(positions_of(bent_water()));
  CHECK_FALSE(value.found);
  CHECK_THAT(value.status, Catch::Matchers::StartsWith("GFN2-xTB: "));
  UNSCOPED_INFO(value.status);
}

TEST_CASE("elements beyond GFN2-xTB are refused at once") {
  if (!xtb_is_built_in()) return;
  Molecule molecule;
  molecule.atoms = {{92, {0.0, 0.0, 0.0}}};
  CHECK_THROWS_AS(XtbSurface(molecule), CalculationError);
}
