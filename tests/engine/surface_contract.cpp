// What every engine must keep, in a table: a new one is a row.
#include <Eigen/Geometry>
#include <cmath>
#include <functional>
#include <limits>
#include <memory>

#include "engine/hf_surface.hpp"
#include "engine/xtb_surface.hpp"
#include "molecules.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

struct Row {
  std::string name;
  Molecule molecule;
  std::function<std::unique_ptr<Surface>(const Molecule&)> make;
};

std::unique_ptr<Surface> hartree_fock(const Molecule& molecule) {
  return std::make_unique<HartreeFockSurface>(molecule, shipped_basis("3-21G", molecule, false),
                                              hartree_fock_surface_options(molecule));
}

std::unique_ptr<Surface> xtb(const Molecule& molecule) {
  return std::make_unique<XtbSurface>(molecule);
}

std::vector<Row> rows() {
  std::vector<Row> rows = {{"Hartree-Fock, singlet", bent_water(), hartree_fock},
                           {"Hartree-Fock, doublet", methyl(), hartree_fock}};
  if (xtb_is_built_in()) {
    rows.push_back({"GFN2-xTB, singlet", bent_water(), xtb});
    rows.push_back({"GFN2-xTB, doublet", methyl(), xtb});
    rows.push_back({"GFN2-xTB, cation", hydronium(), xtb});
  }
  return rows;
}

using Positions = Eigen::Matrix3Xd;

Eigen::VectorXd transformed(const Eigen::VectorXd& positions, const Eigen::Isometry3d& motion) {
  const Positions moved = motion * Positions(positions.reshaped(3, positions.size() / 3));
  return moved.reshaped();
}

Eigen::Isometry3d some_motion() {
  Eigen::Isometry3d motion = Eigen::Isometry3d::Identity();
  motion.rotate(Eigen::AngleAxisd(1.1, Eigen::Vector3d(0.4, -0.7, 0.2).normalized()));
  motion.pretranslate(Eigen::Vector3d(0.9, -2.1, 1.3));
  return motion;
}

}  // namespace

TEST_CASE("values have all their parts, and no errors of sampling") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const std::unique_ptr<Surface> surface = row.make(row.molecule);
    const Eigen::VectorXd x = positions_of(row.molecule);
    REQUIRE(surface->system().coordinates() == x.size());
    CHECK(surface->system().invariant);
    CHECK(surface->system().atomic_numbers.front() == row.molecule.atoms.front().atomic_number);
    const SurfaceValue value = surface->evaluate(x);
    REQUIRE(value.found);
    CHECK(value.status.empty());
    CHECK(value.energy_error == 0.0);
    CHECK(value.forces.size() == x.size());
    CHECK(value.force_errors == Eigen::VectorXd::Zero(x.size()));
  }
}

TEST_CASE("forces are the slopes of the energy") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const std::unique_ptr<Surface> surface = row.make(row.molecule);
    const Eigen::VectorXd x = positions_of(row.molecule);
    const SurfaceValue value = surface->evaluate(x);
    const double step = 4e-3;
    for (Eigen::Index k = 0; k < x.size(); ++k) {
      const auto energy = [&](double by) {
        Eigen::VectorXd moved = x;
        moved[k] += by;
        return surface->evaluate(moved).energy;
      };
      const double slope =
          (8.0 * (energy(step) - energy(-step)) - (energy(2.0 * step) - energy(-2.0 * step))) /
          (12.0 * step);
      CHECK(std::abs(value.forces[k] + slope) < 1e-6);
    }
  }
}

TEST_CASE("energy and forces follow the atoms as these are moved and turned") {
  const Eigen::Isometry3d motion = some_motion();
  for (const Row& row : rows()) {
    INFO(row.name);
    const Eigen::VectorXd x = positions_of(row.molecule);
    const SurfaceValue here = row.make(row.molecule)->evaluate(x);
    const SurfaceValue there = row.make(row.molecule)->evaluate(transformed(x, motion));
    CHECK(std::abs(here.energy - there.energy) < 1e-8);
    const Eigen::Isometry3d turn(motion.linear());
    CHECK((transformed(here.forces, turn) - there.forces).cwiseAbs().maxCoeff() < 1e-6);
  }
}

TEST_CASE("no force moves or turns a molecule as a whole") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const Eigen::VectorXd x = positions_of(row.molecule);
    const SurfaceValue value = row.make(row.molecule)->evaluate(x);
    Eigen::Vector3d sum = Eigen::Vector3d::Zero(), torque = Eigen::Vector3d::Zero();
    for (Eigen::Index a = 0; a < x.size(); a += 3) {
      const Eigen::Vector3d f = value.forces.segment<3>(a);
      sum += f;
      torque += Eigen::Vector3d(x.segment<3>(a)).cross(f);
    }
    CHECK(sum.norm() < 1e-7);
    CHECK(torque.norm() < 1e-6);
  }
}

TEST_CASE("a batch has the values of its points") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const Eigen::VectorXd x = positions_of(row.molecule);
    const std::vector<Eigen::VectorXd> points = {x, 1.02 * x, 0.98 * x};
    const std::vector<SurfaceValue> values = row.make(row.molecule)->evaluate_batch(points);
    REQUIRE(values.size() == points.size());
    for (std::size_t p = 0; p < points.size(); ++p) {
      const SurfaceValue alone = row.make(row.molecule)->evaluate(points[p]);
      CHECK(std::abs(alone.energy - values[p].energy) < 1e-9);
      CHECK((alone.forces - values[p].forces).cwiseAbs().maxCoeff() < 1e-6);
    }
  }
}

TEST_CASE("points where there is nothing to compute are not found, and the next one is") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const std::unique_ptr<Surface> surface = row.make(row.molecule);
    const Eigen::VectorXd x = positions_of(row.molecule);
    Eigen::VectorXd collision = x;
    collision.segment<3>(3) = collision.segment<3>(0) + Eigen::Vector3d(0.0, 0.1, 0.0);
    const SurfaceValue value = surface->evaluate(collision);
    CHECK_FALSE(value.found);
    CHECK(value.status == "atoms 1 and 2 are 0.053 angstrom apart");
    Eigen::VectorXd broken = x;
    broken[4] = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(surface->evaluate(broken).found);
    CHECK(surface->evaluate(x).found);
  }
}
