// What every engine must keep, over the table of engines: a new one is a row there, and is tested
// here on every molecule that it takes.
#include <unistd.h>

#include <Eigen/Geometry>
#include <cmath>
#include <filesystem>
#include <limits>
#include <memory>

#include "engine/factory.hpp"
#include "engine/xtb_surface.hpp"
#include "ipi_client.hpp"
#include "molecules.hpp"
#include "reference_data.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

struct Row {
  const SurfaceKind* kind;
  std::string name;
  Molecule molecule;
};

Molecule three_hydrogens() {
  return {{{1, {0.1, 0.0, -2.0}}, {1, {0.0, 0.3, 0.1}}, {1, {-0.2, 0.1, 1.7}}}, 0, 2};
}

// Pair potentials are made for distances of this size.
Molecule platinum() {
  return {{{78, {0.0, 0.1, -0.2}}, {78, {5.4, 0.3, 0.0}}, {78, {2.4, 4.9, 0.2}}}, 0, 1};
}

Molecule one_particle() { return {{{1, {-0.7, 0.6, 0.0}}}, 0, 2}; }

bool is_small(const Molecule& molecule) { return molecule.atoms.front().atomic_number < 20; }

// Elements that every basis set and program has are for engines with electrons, others for all.
std::vector<Row> rows() {
  struct Sample {
    const char* name;
    Molecule molecule;
  };
  const Sample samples[] = {{"water", bent_water()},    {"methyl", methyl()},
                            {"hydronium", hydronium()}, {"H3", three_hydrogens()},
                            {"platinum", platinum()},   {"one particle", one_particle()}};
  std::vector<Row> rows;
  for (const SurfaceKind& kind : surface_kinds()) {
    const std::size_t before = rows.size();
    for (const Sample& sample : samples) {
      if (kind.has_electrons && !is_small(sample.molecule)) continue;
      if (!kind.problem(sample.molecule).empty()) continue;
      rows.push_back({&kind, kind.name + ", " + sample.name, sample.molecule});
    }
    INFO(kind.name);
    if (kind.name != "xtb" || xtb_is_built_in()) CHECK(rows.size() > before);
  }
  return rows;
}

// The other half of an engine that has one.
double morse_model(Eigen::VectorXd& x) {
  PairSurface<Morse> surface(std::vector<int>(static_cast<std::size_t>(x.size() / 3), 78),
                             SurfaceOptions{}.morse);
  const SurfaceValue value = surface.evaluate(x);
  x = value.forces;
  return value.energy;
}

// A surface, and the client of one that waits for it, which ends when the surface is gone.
class Subject {
 public:
  explicit Subject(const Row& row) {
    static int subjects = 0;  // two may live at a time
    SurfaceOptions options;
    options.engine = row.kind->name;
    options.hartree_fock = hartree_fock_surface_options(row.molecule);
    options.socket.address.unix_path =
        std::filesystem::temp_directory_path() /
        ("markhor_contract_" + std::to_string(getpid()) + "_" + std::to_string(++subjects));
    const BasisSet basis =
        row.kind->needs_basis ? shipped_basis("3-21G", row.molecule, false) : BasisSet{};
    surface_ = make_surface(options, row.molecule, basis);
    if (row.kind->instructions == nullptr) return;
    client_ = std::make_unique<IpiClient>(options.socket.address.unix_path, 0, Misbehaviour::none,
                                          morse_model);
  }
  ~Subject() { surface_.reset(); }
  Subject(const Subject&) = delete;
  Subject& operator=(const Subject&) = delete;

  Surface* operator->() { return surface_.get(); }

 private:
  std::unique_ptr<IpiClient> client_;  // goes last: its thread waits for the surface's end
  std::unique_ptr<Surface> surface_;
};

double largest(const Eigen::VectorXd& forces) { return forces.cwiseAbs().maxCoeff(); }

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
    Subject surface(row);
    const Eigen::VectorXd x = positions_of(row.molecule);
    REQUIRE(surface->system().coordinates() == x.size());
    if (row.kind->has_elements) {
      CHECK(surface->system().atomic_numbers.front() == row.molecule.atoms.front().atomic_number);
    }
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
    Subject surface(row);
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
      CHECK(std::abs(value.forces[k] + slope) < 1e-6 * (1.0 + largest(value.forces)));
    }
  }
}

TEST_CASE("energy and forces follow the atoms as these are moved and turned") {
  const Eigen::Isometry3d motion = some_motion();
  for (const Row& row : rows()) {
    INFO(row.name);
    Subject surface(row);
    if (!surface->system().invariant) continue;
    const Eigen::VectorXd x = positions_of(row.molecule);
    const SurfaceValue here = surface->evaluate(x);
    const SurfaceValue there = Subject(row)->evaluate(transformed(x, motion));
    CHECK(std::abs(here.energy - there.energy) < 1e-8 * (1.0 + std::abs(here.energy)));
    const Eigen::Isometry3d turn(motion.linear());
    CHECK(largest(transformed(here.forces, turn) - there.forces) <
          1e-6 * (1.0 + largest(here.forces)));
  }
}

TEST_CASE("no force moves or turns a molecule as a whole") {
  for (const Row& row : rows()) {
    INFO(row.name);
    Subject surface(row);
    if (!surface->system().invariant) continue;
    const Eigen::VectorXd x = positions_of(row.molecule);
    const SurfaceValue value = surface->evaluate(x);
    Eigen::Vector3d sum = Eigen::Vector3d::Zero(), torque = Eigen::Vector3d::Zero();
    for (Eigen::Index a = 0; a < x.size(); a += 3) {
      const Eigen::Vector3d f = value.forces.segment<3>(a);
      sum += f;
      torque += Eigen::Vector3d(x.segment<3>(a)).cross(f);
    }
    CHECK(sum.norm() < 1e-7 * (1.0 + largest(value.forces)));
    CHECK(torque.norm() < 1e-6 * (1.0 + largest(value.forces)));
  }
}

TEST_CASE("a batch has the values of its points") {
  for (const Row& row : rows()) {
    INFO(row.name);
    const Eigen::VectorXd x = positions_of(row.molecule);
    const std::vector<Eigen::VectorXd> points = {x, 1.02 * x, 0.98 * x};
    const std::vector<SurfaceValue> values = Subject(row)->evaluate_batch(points);
    REQUIRE(values.size() == points.size());
    for (std::size_t p = 0; p < points.size(); ++p) {
      const SurfaceValue alone = Subject(row)->evaluate(points[p]);
      CHECK(std::abs(alone.energy - values[p].energy) < 1e-9);
      CHECK(largest(alone.forces - values[p].forces) < 1e-6);
    }
  }
}

TEST_CASE("points where there is nothing to compute are not found, and the next one is") {
  for (const Row& row : rows()) {
    INFO(row.name);
    Subject surface(row);
    const Eigen::VectorXd x = positions_of(row.molecule);
    if (row.molecule.atoms.size() > 1) {
      Eigen::VectorXd collision = x;
      collision.segment<3>(3) = collision.segment<3>(0);
      const SurfaceValue value = surface->evaluate(collision);
      CHECK_FALSE(value.found);
      CHECK_FALSE(value.status.empty());
    }
    Eigen::VectorXd broken = x;
    broken[1] = std::numeric_limits<double>::quiet_NaN();
    CHECK_FALSE(surface->evaluate(broken).found);
    CHECK(surface->evaluate(x).found);
  }
}

TEST_CASE("atoms too near to compute are named") {
  const Molecule molecule = bent_water();
  HartreeFockSurface surface(molecule, shipped_basis("3-21G", molecule, false),
                             hartree_fock_surface_options(molecule));
  Eigen::VectorXd collision = positions_of(molecule);
  collision.segment<3>(3) = collision.segment<3>(0) + Eigen::Vector3d(0.0, 0.1, 0.0);
  CHECK(surface.evaluate(collision).status == "atoms 1 and 2 are 0.053 angstrom apart");
}
