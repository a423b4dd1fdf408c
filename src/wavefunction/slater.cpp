#include "wavefunction/slater.hpp"

#include <Eigen/LU>
#include <algorithm>
#include <cmath>

#include "core/lane_math.hpp"

namespace markhor {

namespace {
// The first two Lanes of the state: D = exp(logarithm) product, where the product takes the ratios
// of the accepted moves and is folded into the logarithm before it can overflow.
constexpr std::size_t logarithm_offset = 0, product_offset = 1, header = 2;

void fold_product(Lanes* state) {
  const Lanes product = state[product_offset];
  state[logarithm_offset] += logarithm(absolute(product));
  state[product_offset] = select(product < Lanes(0.0), Lanes(-1.0), Lanes(1.0));
}
}  // namespace

SlaterFactor::SlaterFactor(OrbitalSet up, OrbitalSet down)
    : up_(std::move(up)), down_(std::move(down)) {
  std::size_t offset = header;
  const int counts[2] = {up_.orbitals(), down_.orbitals()};
  for (int s = 0; s < 2; ++s) {
    const auto n = static_cast<std::size_t>(counts[s]);
    spins_[s] = {s == 0 ? 0 : counts[0], counts[s], offset, offset + n * n * orbital_components};
    offset += n * n * (orbital_components + 1);
  }
  const auto most = static_cast<std::size_t>(std::max(counts[0], counts[1]));
  storage_.state = offset;
  // The new orbitals and the ratio come first; the orbital sets work behind them.
  storage_.scratch =
      most * orbital_components + 1 + std::max(up_.scratch_size(), down_.scratch_size());
}

FactorStorage SlaterFactor::storage() const { return storage_; }

double SlaterFactor::rebuild(const TileView& tile) const {
  const auto most = static_cast<std::size_t>(std::max(spins_[0].count, spins_[1].count));
  for (const Spin& spin : spins_) {
    for (int j = 0; j < spin.count; ++j) {
      const int electron = spin.first + j;
      set_of(electron).evaluate(tile.positions + 3 * electron,
                                tile.state + spin.orbitals + j * spin.count * orbital_components,
                                tile.scratch + most * orbital_components + 1);
    }
  }
  LogValue value{Lanes(0.0), Lanes(1.0)};
  double drift = 0.0;
  for (const Spin& spin : spins_) {
    drift = std::max(drift, rebuild_inverse(spin, tile.state, value));
  }
  tile.state[logarithm_offset] = value.logarithm;
  tile.state[product_offset] = value.sign;
  return drift;
}

// Lane by lane through a library LU: rebuilds are rare. A singular matrix gives infinities, which
// log_value reports and no move can then leave unnoticed.
double SlaterFactor::rebuild_inverse(const Spin& spin, Lanes* state, LogValue& value) const {
  const int n = spin.count;
  if (n == 0) return 0.0;
  double drift = 0.0;
  Eigen::MatrixXd matrix(n, n);
  const Lanes* orbitals = state + spin.orbitals;
  Lanes* inverse = state + spin.inverse;
  for (int lane = 0; lane < lane_count; ++lane) {
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k) matrix(j, k) = orbitals[(j * n + k) * orbital_components][lane];
    }
    const Eigen::PartialPivLU<Eigen::MatrixXd> lu(matrix);
    const Eigen::MatrixXd fresh = lu.inverse();
    double logarithm = 0.0, sign = lu.permutationP().determinant() < 0 ? -1.0 : 1.0;
    for (int k = 0; k < n; ++k) {
      logarithm += std::log(std::abs(lu.matrixLU()(k, k)));
      if (lu.matrixLU()(k, k) < 0.0) sign = -sign;
    }
    const double scale = fresh.cwiseAbs().maxCoeff();
    for (int j = 0; j < n; ++j) {
      for (int k = 0; k < n; ++k) {
        Lanes& element = inverse[j * n + k];
        drift = std::max(drift, std::abs(element[lane] - fresh(k, j)) / scale);
        element.set(lane, fresh(k, j));
      }
    }
    value.logarithm.set(lane, value.logarithm[lane] + logarithm);
    value.sign.set(lane, value.sign[lane] * sign);
  }
  return drift;
}

void SlaterFactor::log_value(const TileView& tile, LogValue& value) const {
  fold_product(tile.state);
  value.logarithm += tile.state[logarithm_offset];
  value.sign *= tile.state[product_offset];
}

void SlaterFactor::start_move(const TileView& tile, int electron, Lanes gradient[3]) const {
  const Spin& spin = spin_of(electron);
  const int n = spin.count, j = electron - spin.first;
  const Lanes* orbital = tile.state + spin.orbitals + j * n * orbital_components;
  const Lanes* inverse = tile.state + spin.inverse + j * n;
  Lanes g[3] = {gradient[0], gradient[1], gradient[2]};
  for (int k = 0; k < n; ++k, orbital += orbital_components) {
    for (int d = 0; d < 3; ++d) g[d] += inverse[k] * orbital[1 + d];
  }
  for (int d = 0; d < 3; ++d) gradient[d] = g[d];
}

void SlaterFactor::propose(const TileView& tile, int electron, const Lanes position[3],
                           MoveProposal& move) const {
  const Spin& spin = spin_of(electron);
  const int n = spin.count;
  const auto most = static_cast<std::size_t>(std::max(spins_[0].count, spins_[1].count));
  Lanes* orbitals = tile.scratch;
  set_of(electron).evaluate(position, orbitals, tile.scratch + most * orbital_components + 1);
  const Lanes* inverse = tile.state + spin.inverse + (electron - spin.first) * n;
  Lanes ratio(0.0), g[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  for (int k = 0; k < n; ++k) {
    const Lanes* orbital = orbitals + k * orbital_components;
    ratio += inverse[k] * orbital[0];
    for (int d = 0; d < 3; ++d) g[d] += inverse[k] * orbital[1 + d];
  }
  tile.scratch[most * orbital_components] = ratio;
  const Lanes inverse_ratio = Lanes(1.0) / ratio;
  move.ratio *= ratio;
  for (int d = 0; d < 3; ++d) move.gradient[d] += g[d] * inverse_ratio;
}

void SlaterFactor::finish_move(const TileView& tile, int electron, const Lanes*,
                               const LaneMask& accepted) const {
  const Spin& spin = spin_of(electron);
  const int n = spin.count, e = electron - spin.first;
  const auto most = static_cast<std::size_t>(std::max(spins_[0].count, spins_[1].count));
  const Lanes* fresh = tile.scratch;
  // Rejected lanes get ratio 1 for the moved row and factor 0 for the others: no branch.
  const Lanes ratio = select(accepted, tile.scratch[most * orbital_components], Lanes(1.0));
  const Lanes inverse_ratio = Lanes(1.0) / ratio;
  const Lanes update = select(accepted, inverse_ratio, Lanes(0.0));
  Lanes* inverse = tile.state + spin.inverse;
  Lanes* moved = inverse + e * n;
  for (int j = 0; j < n; ++j) {
    if (j == e) continue;
    Lanes* row = inverse + j * n;
    Lanes overlap(0.0);
    for (int k = 0; k < n; ++k) overlap += row[k] * fresh[k * orbital_components];
    const Lanes factor = select(accepted, overlap * update, Lanes(0.0));
    for (int k = 0; k < n; ++k) row[k] -= factor * moved[k];
  }
  for (int k = 0; k < n; ++k) moved[k] *= inverse_ratio;
  Lanes* stored = tile.state + spin.orbitals + e * n * orbital_components;
  for (int i = 0; i < n * orbital_components; ++i) {
    stored[i] = select(accepted, fresh[i], stored[i]);
  }
  tile.state[product_offset] *= ratio;
  const Lanes size = absolute(tile.state[product_offset]);
  if (any((size < Lanes(1e-100)) | (size > Lanes(1e100)))) fold_product(tile.state);
}

// lap ln|D| = sum_k D^-1_kj lap phi_k - |grad ln|D||^2, electron by electron.
void SlaterFactor::derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const {
  for (const Spin& spin : spins_) {
    const int n = spin.count;
    const Lanes* orbital = tile.state + spin.orbitals;
    const Lanes* inverse = tile.state + spin.inverse;
    for (int j = 0; j < n; ++j) {
      Lanes g[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)}, lap(0.0);
      for (int k = 0; k < n; ++k, ++inverse, orbital += orbital_components) {
        for (int d = 0; d < 3; ++d) g[d] += *inverse * orbital[1 + d];
        lap += *inverse * orbital[4];
      }
      const int electron = spin.first + j;
      for (int d = 0; d < 3; ++d) gradient[3 * electron + d] += g[d];
      laplacian[electron] += lap - (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
    }
  }
}

}  // namespace markhor
