#include "meanfield/orbital_rotation.hpp"

#include <cmath>
#include <utility>

namespace markhor {

namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;

MatrixXd commutator(const MatrixXd& a, const MatrixXd& b) { return a * b - b * a; }

// exp of an antisymmetric matrix, orthogonal to machine precision: scaling and squaring of the
// Taylor series (its terms fall below 1e-17 before the twelfth for a norm below 1/4).
MatrixXd exponential(const MatrixXd& kappa) {
  const Eigen::Index n = kappa.rows();
  int squarings = 0;
  double scale = 1.0;
  while (kappa.norm() * scale > 0.25) {
    scale *= 0.5;
    ++squarings;
  }
  MatrixXd term = MatrixXd::Identity(n, n), sum = term;
  for (int k = 1; k <= 12; ++k) {
    term = term * kappa * (scale / k);
    sum += term;
  }
  for (int s = 0; s < squarings; ++s) sum = sum * sum;
  return sum;
}

}  // namespace

OrbitalRotations::OrbitalRotations(const ScfProblem& problem, const ScfState& state)
    : problem_(problem), state_(state) {
  for (std::size_t s = 0; s < 2; ++s) {
    const MatrixXd& c = state.orbitals[channel_of(s)];
    fock_[s] = c.transpose() * state.fock[s] * c;
  }
  for (std::size_t channel = 0; channel < state.orbitals.size(); ++channel) {
    for (Eigen::Index q = 0; q < problem.orbitals(); ++q) {
      for (Eigen::Index p = q + 1; p < problem.orbitals(); ++p) {
        const bool differ =
            problem.unrestricted()
                ? occupation(channel, p) != occupation(channel, q)
                : occupation(0, p) + occupation(1, p) != occupation(0, q) + occupation(1, q);
        if (differ) pairs_.push_back({channel, p, q});
      }
    }
  }
}

double OrbitalRotations::occupation(std::size_t spin, Eigen::Index p) const {
  return p < problem_.electrons(spin) ? 1.0 : 0.0;
}

VectorXd OrbitalRotations::gradient() const {
  VectorXd g = VectorXd::Zero(size());
  for (Eigen::Index i = 0; i < size(); ++i) {
    const Pair& pair = pairs_[static_cast<std::size_t>(i)];
    for (std::size_t s = 0; s < 2; ++s) {
      if (channel_of(s) != pair.channel) continue;
      g[i] += 2.0 * (occupation(s, pair.q) - occupation(s, pair.p)) * fock_[s](pair.p, pair.q);
    }
  }
  return g;
}

VectorXd OrbitalRotations::diagonal() const {
  VectorXd d = VectorXd::Zero(size());
  for (Eigen::Index i = 0; i < size(); ++i) {
    const Pair& pair = pairs_[static_cast<std::size_t>(i)];
    for (std::size_t s = 0; s < 2; ++s) {
      if (channel_of(s) != pair.channel) continue;
      d[i] += 2.0 * (occupation(s, pair.q) - occupation(s, pair.p)) *
              (fock_[s](pair.p, pair.p) - fock_[s](pair.q, pair.q));
    }
  }
  return d;
}

std::vector<MatrixXd> OrbitalRotations::unpack(const VectorXd& x) const {
  const Eigen::Index n = problem_.orbitals();
  std::vector<MatrixXd> matrices(state_.orbitals.size(), MatrixXd::Zero(n, n));
  for (Eigen::Index i = 0; i < size(); ++i) {
    const Pair& pair = pairs_[static_cast<std::size_t>(i)];
    matrices[pair.channel](pair.p, pair.q) = x[i];
    matrices[pair.channel](pair.q, pair.p) = -x[i];
  }
  return matrices;
}

// [X, n] in orbitals.
MatrixXd OrbitalRotations::density_change(const MatrixXd& rotation, std::size_t spin) const {
  MatrixXd change = rotation;
  for (Eigen::Index q = 0; q < change.cols(); ++q) {
    for (Eigen::Index p = 0; p < change.rows(); ++p) {
      change(p, q) *= occupation(spin, q) - occupation(spin, p);
    }
  }
  return change;
}

MatrixXd OrbitalRotations::hessian_product(const MatrixXd& x) const {
  // RHF: both spins change alike, one Coulomb and exchange build does for both.
  const bool one_spin = !problem_.unrestricted() && problem_.up == problem_.down;
  const std::size_t spins = one_spin ? 1 : 2;
  const auto columns = static_cast<std::size_t>(x.cols());
  std::vector<MatrixXd> densities;
  std::vector<std::vector<MatrixXd>> rotations;
  for (Eigen::Index column = 0; column < x.cols(); ++column) {
    rotations.push_back(unpack(x.col(column)));
    for (std::size_t s = 0; s < spins; ++s) {
      const MatrixXd& c = state_.orbitals[channel_of(s)];
      const MatrixXd change = density_change(rotations.back()[channel_of(s)], s);
      densities.push_back(c * change * c.transpose());
    }
  }
  const std::vector<CoulombExchange> built = problem_.repulsion->build(densities);

  MatrixXd product = MatrixXd::Zero(size(), x.cols());
  for (std::size_t column = 0; column < columns; ++column) {
    const CoulombExchange* here = &built[column * spins];
    const MatrixXd coulomb =
        one_spin ? MatrixXd(2.0 * here[0].coulomb) : MatrixXd(here[0].coulomb + here[1].coulomb);
    for (std::size_t s = 0; s < spins; ++s) {
      const MatrixXd& c = state_.orbitals[channel_of(s)];
      const MatrixXd& rotation = rotations[column][channel_of(s)];
      const MatrixXd response = c.transpose() * (coulomb - here[s].exchange) * c;
      MatrixXd fock_rotation = commutator(fock_[s], rotation);
      // [n, A]_pq = (n_p - n_q) A_pq
      const MatrixXd bare =
          commutator(density_change(rotation, s), fock_[s]) - density_change(fock_rotation, s);
      const double factor = one_spin ? 2.0 : 1.0;
      for (Eigen::Index i = 0; i < size(); ++i) {
        const Pair& pair = pairs_[static_cast<std::size_t>(i)];
        if (pair.channel != channel_of(s)) continue;
        const double jump = occupation(s, pair.q) - occupation(s, pair.p);
        product(i, static_cast<Eigen::Index>(column)) +=
            factor * (2.0 * jump * response(pair.p, pair.q) - bare(pair.p, pair.q));
      }
    }
  }
  return product;
}

std::vector<MatrixXd> OrbitalRotations::rotate(const VectorXd& kappa) const {
  std::vector<MatrixXd> matrices = unpack(kappa);
  for (std::size_t c = 0; c < matrices.size(); ++c) {
    matrices[c] = state_.orbitals[c] * exponential(matrices[c]);
  }
  return matrices;
}

}  // namespace markhor
