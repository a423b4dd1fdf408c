#include "wavefunction/slater.hpp"

#include <algorithm>

#include "wavefunction/slater_matrix.hpp"

namespace markhor {

namespace {
// The state begins with the determinant of both spins.
constexpr std::size_t header = sizeof(RunningDeterminant) / sizeof(Lanes);

RunningDeterminant& running(Lanes* state) { return *reinterpret_cast<RunningDeterminant*>(state); }
}  // namespace

SlaterFactor::SlaterFactor(const TrialWaveFunction& trial, const ParameterSelection& selection)
    : up_(trial.molecule, trial.basis, trial.up.leftCols(trial.molecule.up_electrons()),
          trial.cusp_radii),
      down_(trial.molecule, trial.basis, trial.down.leftCols(trial.molecule.down_electrons()),
            trial.cusp_radii) {
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
  if (!selection.orbitals && !selection.exponents) return;
  std::vector<int> used[2];
  for (int s = 0; s < 2; ++s) {
    for (int k = 0; k < counts[s]; ++k) used[s].push_back(k);
  }
  orbital_derivatives_ = std::make_unique<OrbitalDerivatives>(trial, selection, used);
  const auto electrons = static_cast<std::size_t>(counts[0] + counts[1]);
  storage_.scratch = std::max(
      storage_.scratch, 4 * electrons + 2 * most * most + orbital_derivatives_->scratch_size());
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
    drift = std::max(drift, invert_slater_matrix(spin.count, spin.count, tile.state + spin.orbitals,
                                                 tile.state + spin.inverse, all_lanes(), value));
  }
  running(tile.state) = {value.logarithm, value.sign};
  return drift;
}

void SlaterFactor::log_value(const TileView& tile, LogValue& value) const {
  RunningDeterminant& determinant = running(tile.state);
  determinant.fold(all_lanes());
  value.logarithm += determinant.logarithm;
  value.sign *= determinant.product;
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
  const Lanes ratio = tile.scratch[most * orbital_components];
  update_slater_inverse(n, e, fresh, ratio, accepted, tile.state + spin.inverse);
  Lanes* stored = tile.state + spin.orbitals + e * n * orbital_components;
  for (int i = 0; i < n * orbital_components; ++i) {
    stored[i] = select(accepted, fresh[i], stored[i]);
  }
  running(tile.state).multiply(select(accepted, ratio, Lanes(1.0)));
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

// K = D^-1 B, Xi = -K D^-1.
void SlaterFactor::fill_xi(const Spin& spin, const Lanes* state, const Lanes* jastrow_gradient,
                           Lanes* xi, Lanes* work) const {
  const int n = spin.count;
  const Lanes* orbitals = state + spin.orbitals;
  const Lanes* inverse = state + spin.inverse;
  Lanes* const k = work;
  for (int i = 0; i < n * n; ++i) k[i] = Lanes(0.0);
  for (int e = 0; e < n; ++e) {
    const Lanes* g = jastrow_gradient + 3 * (spin.first + e);
    for (int q = 0; q < n; ++q) {
      const Lanes* f = orbitals + (e * n + q) * orbital_components;
      const Lanes b = one_electron_part(f, g);
      for (int l = 0; l < n; ++l) k[l * n + q] += inverse[e * n + l] * b;
    }
  }
  for (int e = 0; e < n; ++e) {
    for (int l = 0; l < n; ++l) {
      Lanes sum(0.0);
      for (int q = 0; q < n; ++q) sum -= k[l * n + q] * inverse[e * n + q];
      xi[e * n + l] = sum;
    }
  }
}

void SlaterFactor::parameter_derivatives(const TileView& tile, const Lanes* total_gradient,
                                         Lanes* log_derivative, Lanes* energy_derivative) const {
  if (!orbital_derivatives_) return;
  const int electrons = spins_[0].count + spins_[1].count;
  const auto most = static_cast<std::size_t>(std::max(spins_[0].count, spins_[1].count));
  Lanes* const gradient = tile.scratch;  // of the other factors' logarithm
  Lanes* const laplacian = gradient + 3 * electrons;
  Lanes* const xi = laplacian + electrons;
  Lanes* const work = xi + most * most;
  for (int i = 0; i < 4 * electrons; ++i) gradient[i] = Lanes(0.0);
  derivatives(tile, gradient, laplacian);
  for (int i = 0; i < 3 * electrons; ++i) gradient[i] = total_gradient[i] - gradient[i];
  for (std::size_t p = 0; p < orbital_derivatives_->parameters(); ++p) {
    log_derivative[p] = energy_derivative[p] = Lanes(0.0);
  }
  for (int s = 0; s < 2; ++s) {
    const Spin& spin = spins_[s];
    fill_xi(spin, tile.state, gradient, xi, work);
    orbital_derivatives_->accumulate({s, spin.first, spin.count, tile.state + spin.inverse, xi},
                                     tile.positions, gradient, log_derivative, energy_derivative,
                                     work + most * most);
  }
}

}  // namespace markhor
