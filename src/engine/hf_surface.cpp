#include "engine/hf_surface.hpp"

#include <string>
#include <utility>

#include "core/errors.hpp"
#include "engine/point_check.hpp"
#include "meanfield/gradient.hpp"
#include "molecule/coordinates.hpp"

namespace markhor {

namespace {

// Lacks about what the orbitals lack where they have converged to 1e-8 Hartree.
constexpr double gradient_threshold = 1e-10;

// The longest way of an atom.
double farthest(const Eigen::VectorXd& a, const Eigen::VectorXd& b) {
  return (a - b).reshaped(3, a.size() / 3).colwise().norm().maxCoeff();
}

}  // namespace

HartreeFockSurfaceOptions hartree_fock_surface_options(const Molecule& molecule) {
  HartreeFockSurfaceOptions options;
  options.scf.method = molecule.multiplicity == 1 ? ScfMethod::rhf : ScfMethod::uhf;
  options.scf.convergence = 1e-8;
  options.scf.follow_instability = false;
  return options;
}

HartreeFockSurface::HartreeFockSurface(Molecule molecule, BasisSet basis,
                                       HartreeFockSurfaceOptions options)
    : molecule_(std::move(molecule)), basis_(std::move(basis)), options_(options) {
  if (options_.scf.method == ScfMethod::rhf && molecule_.multiplicity != 1) {
    throw CalculationError("a Hartree-Fock surface of multiplicity " +
                           std::to_string(molecule_.multiplicity) + " needs uhf or rohf, not rhf");
  }
  if (basis_.size() < molecule_.up_electrons()) {
    throw CalculationError("the basis set has " + std::to_string(basis_.size()) +
                           " functions, too few for " + std::to_string(molecule_.up_electrons()) +
                           " electrons of one spin");
  }
  system_.atomic_numbers = atomic_numbers(molecule_);
}

// Null: none is near enough.
const MolecularOrbitals* HartreeFockSurface::start_for(const Eigen::VectorXd& positions) const {
  const MolecularOrbitals* start = nullptr;
  double nearest = options_.start_within;
  for (const Point& point : points_) {
    const double distance = farthest(point.positions, positions);
    if (distance < nearest) {
      nearest = distance;
      start = &point.orbitals;
    }
  }
  return start;
}

ScfResult HartreeFockSurface::solve(const Eigen::VectorXd& positions) const {
  if (const MolecularOrbitals* start = start_for(positions)) {
    ScfResult result = run_scf(molecule_, basis_, options_.scf, *start);
    if (result.converged) return result;
  }
  return run_scf(molecule_, basis_, options_.scf);
}

void HartreeFockSurface::remember(const Eigen::VectorXd& positions,
                                  const MolecularOrbitals& orbitals) {
  points_.push_front({positions, orbitals});
  while (static_cast<int>(points_.size()) > options_.remembered_points) points_.pop_back();
}

SurfaceValue HartreeFockSurface::evaluate(const Eigen::VectorXd& positions) {
  if (std::string problem = point_problem(positions); !problem.empty()) {
    return not_found(std::move(problem));
  }
  set_positions(molecule_, positions);
  ScfResult result;
  try {
    result = solve(positions);
  } catch (const CalculationError& error) {
    return not_found(std::string("Hartree-Fock: ") + error.what());
  }
  if (!result.converged) return not_found("Hartree-Fock: " + result.status);
  // Its gradient would lack what the functions left out do (meanfield/gradient.hpp).
  if (result.dropped_functions > 0) {
    return not_found("Hartree-Fock: the basis set is linearly dependent here");
  }
  remember(positions, result.orbitals);
  SurfaceValue value;
  value.found = true;
  value.energy = result.energy;
  value.forces =
      -scf_gradient(molecule_, basis_, result, {gradient_threshold, options_.scf.threads});
  value.force_errors = Eigen::VectorXd::Zero(value.forces.size());
  return value;
}

}  // namespace markhor
