#include "saddle/frequencies.hpp"

#include <cmath>
#include <stdexcept>

#include "core/units.hpp"

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Orthonormal columns for what is orthogonal to the rigid motions where lengths are in the masses'
// metric: these motions are then M^1/2 t.
MatrixXd vibrations(const MatrixXd& rigid, const VectorXd& roots) {
  const Index size = roots.size();
  if (rigid.cols() == 0) return MatrixXd::Identity(size, size);
  const Eigen::HouseholderQR<MatrixXd> qr(MatrixXd(roots.asDiagonal() * rigid));
  return MatrixXd(qr.householderQ()).rightCols(size - rigid.cols());
}

// Of sqrt(k / m) with k in Hartree/bohr^2 and m in u; the sign is that of k.
double wavenumber(double ratio) {
  const double frequency = std::sqrt(std::abs(ratio) / units::electron_masses_per_u);
  return std::copysign(frequency, ratio) / units::hartree_per_inverse_cm;
}

}  // namespace

HessianResult measure_hessian(const SearchProblem& problem, const SearchPoint& point,
                              double separation) {
  const MatrixXd internal = problem.space.internal_motions(point.positions);
  MatrixXd products(internal.rows(), internal.cols());
  for (Index k = 0; k < internal.cols(); ++k) {
    const VectorXd step = separation * internal.col(k);
    // By value: the record of calls, which grows, would move what it lends.
    const SearchPoint ahead = evaluate_point(problem, problem.space.moved(point.positions, step),
                                             CallPurpose::verification);
    if (!ahead.value.found) return {false, ahead.value.status, {}};
    const SearchPoint behind = evaluate_point(problem, problem.space.moved(point.positions, -step),
                                              CallPurpose::verification);
    if (!behind.value.found) return {false, behind.value.status, {}};
    products.col(k) = (behind.forces - ahead.forces) / (2.0 * separation);
  }
  const MatrixXd inner = internal.transpose() * products;
  return {true, "", 0.5 * internal * (inner + inner.transpose()) * internal.transpose()};
}

VectorXd root_masses(const FreeCoordinates& space, const std::vector<double>& masses) {
  if (masses.size() != space.system().atomic_numbers.size()) {
    throw std::invalid_argument("there must be one mass a particle");
  }
  VectorXd roots(space.size());
  for (Index i = 0; i < roots.size(); ++i) {
    const double mass =
        masses[static_cast<std::size_t>(space.moving()[static_cast<std::size_t>(i)]) / 3];
    if (!(mass > 0.0)) throw std::invalid_argument("a particle must have a mass above zero");
    roots[i] = std::sqrt(mass);
  }
  return roots;
}

Frequencies harmonic_frequencies(const FreeCoordinates& space, const VectorXd& positions,
                                 const MatrixXd& hessian, const std::vector<double>& masses) {
  const VectorXd roots = root_masses(space, masses), inverse = roots.cwiseInverse();
  const MatrixXd basis = vibrations(space.rigid_motions(positions), roots);
  const MatrixXd weighted = inverse.asDiagonal() * hessian * inverse.asDiagonal();
  const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{
      MatrixXd(basis.transpose() * weighted * basis)};
  Frequencies result;
  result.hessian = hessian;
  const Index count = basis.cols();
  result.wavenumbers.resize(count);
  result.modes.resize(space.system().coordinates(), count);
  for (Index k = 0; k < count; ++k) {
    const double value = wavenumber(solver.eigenvalues()[k]);
    result.wavenumbers[k] = value;
    const VectorXd mode = inverse.asDiagonal() * (basis * solver.eigenvectors().col(k));
    result.modes.col(k) = space.expanded(mode.normalized());
    if (value < 0.0) {
      ++result.imaginary;
    } else {
      result.zero_point_energy += 0.5 * value * units::hartree_per_inverse_cm;
    }
  }
  return result;
}

}  // namespace markhor
