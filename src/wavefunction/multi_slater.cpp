#include "wavefunction/multi_slater.hpp"

#include <algorithm>

#include "core/errors.hpp"
#include "wavefunction/slater_matrix.hpp"
#include "wavefunction/small_determinant.hpp"

namespace markhor {

namespace {

constexpr std::size_t header_size = sizeof(MultiSlaterHeader) / sizeof(Lanes);

}  // namespace

MultiSlaterFactor::MultiSlaterFactor(const TrialWaveFunction& trial,
                                     const ParameterSelection& selection)
    : products_(factorize(trial.expansion)) {
  std::size_t offset = header_size, moving = 0;
  int first = 0;
  std::vector<int> used[2];
  for (int s = 0; s < 2; ++s) {
    const SpinExpansion& own = products_.spins[s];
    for (const SpinDeterminant& u : own.determinants) {
      if (u.slots.size() > static_cast<std::size_t>(most_excitations)) {
        throw CalculationError("a determinant replaces " + std::to_string(u.slots.size()) +
                               " orbitals of one spin of the first one; at most " +
                               std::to_string(most_excitations) + " can be");
      }
    }
    const Eigen::MatrixXd& orbitals = s == 0 ? trial.up : trial.down;
    sets_.emplace_back(trial.molecule, trial.basis, orbitals(Eigen::all, own.orbitals),
                       trial.cusp_radii);
    used[s] = own.orbitals;
    Spin& spin = spins_[s];
    spin = {s,
            first,
            own.occupied,
            static_cast<int>(own.orbitals.size()),
            own.others(),
            own.determinants.size()};
    first += spin.n;
    const auto n = static_cast<std::size_t>(spin.n), m = static_cast<std::size_t>(spin.used);
    const auto v = static_cast<std::size_t>(spin.others);
    const auto take = [&](std::size_t size) { return (offset += size) - size; };
    spin.orbitals = take(n * m * orbital_components);
    spin.inverse = take(n * n);
    spin.t = take(v * n);
    spin.y = take(v * n);
    spin.alpha = take(spin.determinants);
    spin.weight = take(spin.determinants);
    moving = std::max(moving, m * (orbital_components + 2) + 1 + sets_.back().scratch_size());
  }
  storage_ = {offset, moving};
  if (selection.ci) {
    const std::vector<TiedCsfs> groups = tied_configurations(trial.expansion);
    ci_parameters_ = groups.size();
    for (std::size_t g = 0; g < groups.size(); ++g) {
      for (std::size_t i = 0; i < groups[g].csfs.size(); ++i) {
        const double sign = groups[g].signs[i] * groups[g].signs[0];
        for (const CsfTerm& term :
             trial.expansion.csfs[static_cast<std::size_t>(groups[g].csfs[i])].terms) {
          shares_.push_back({static_cast<int>(g), term.determinant, sign * term.weight});
        }
      }
    }
  }
  if (selection.orbitals || selection.exponents) {
    orbital_derivatives_ = std::make_unique<OrbitalDerivatives>(trial, selection, used);
  }
  if (ci_parameters_ == 0 && !orbital_derivatives_) return;
  storage_.scratch =
      std::max(moving, adjoint_size() + (orbital_derivatives_ ? orbital_derivatives_->scratch_size()
                                                              : std::size_t{0}));
}

double MultiSlaterFactor::rebuild(const TileView& tile) const {
  LogValue value{Lanes(0.0), Lanes(1.0)};
  double drift = 0.0;
  Lanes* const state = tile.state;
  for (const Spin& spin : spins_) {
    const OrbitalSet& set = sets_[static_cast<std::size_t>(spin.index)];
    for (int e = 0; e < spin.n; ++e) {
      set.evaluate(tile.positions + 3 * (spin.first + e),
                   state + spin.orbitals + e * spin.used * orbital_components,
                   move_scratch(tile).work);
    }
    drift = std::max(drift, invert_slater_matrix(spin.n, spin.used, state + spin.orbitals,
                                                 state + spin.inverse, all_lanes(), value));
    fill_excitations(spin, all_lanes(), state);
    // alpha needs no c~; the sums made with whatever stands there are overwritten below.
    fill_determinants(spin, state);
  }
  MultiSlaterHeader::of(state).reference = {value.logarithm, value.sign};
  for (const Spin& spin : spins_) {
    fill_weights(spin, state);
    fill_determinants(spin, state);
    MultiSlaterHeader::of(state).stale[spin.index] = Lanes(0.0);
  }
  return drift;
}

// T_rv = sum_i A^-1_ri phi_v(r_i).
void MultiSlaterFactor::fill_excitations(const Spin& spin, const LaneMask& lanes,
                                         Lanes* state) const {
  const Lanes* orbitals = state + spin.orbitals;
  const Lanes* inverse = state + spin.inverse;
  Lanes* t = state + spin.t;
  for (int v = 0; v < spin.others; ++v) {
    for (int r = 0; r < spin.n; ++r) {
      Lanes sum(0.0);
      for (int e = 0; e < spin.n; ++e) {
        sum +=
            inverse[e * spin.n + r] * orbitals[(e * spin.used + spin.n + v) * orbital_components];
      }
      *t = select(lanes, sum, *t);
      ++t;
    }
  }
}

void MultiSlaterFactor::fill_weights(const Spin& spin, Lanes* state) const {
  Lanes* const weight = state + spin.weight;
  const Lanes* const alpha = state + spins_[1 - spin.index].alpha;
  for (std::size_t u = 0; u < spin.determinants; ++u) weight[u] = Lanes(0.0);
  for (const DeterminantProduct& product : products_.products) {
    const int own = spin.index == 0 ? product.up : product.down;
    const int other = spin.index == 0 ? product.down : product.up;
    weight[own] += Lanes(product.coefficient) * alpha[other];
  }
}

void MultiSlaterFactor::fill_determinants(const Spin& spin, Lanes* state) const {
  const int n = spin.n;
  const Lanes* const t = state + spin.t;
  const Lanes* const weight = state + spin.weight;
  Lanes* const alpha = state + spin.alpha;
  Lanes* const y = state + spin.y;
  for (int i = 0; i < spin.others * n; ++i) y[i] = Lanes(0.0);
  Lanes total(0.0), matrix[most_excitations * most_excitations],
      cofactors[most_excitations * most_excitations];
  const std::vector<SpinDeterminant>& list = expansion(spin).determinants;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const SpinDeterminant& u = list[i];
    const auto m = static_cast<int>(u.slots.size());
    const Lanes sign(u.sign), signed_weight = sign * weight[i];
    if (m == 0) {
      alpha[i] = sign;
    } else if (m == 1) {
      const int place = u.others[0] * n + u.slots[0];
      alpha[i] = sign * t[place];
      y[place] += signed_weight;
    } else {
      gather_excitation(u, n, t, matrix);
      alpha[i] = sign * determinant_and_cofactors(m, matrix, cofactors);
      const Lanes* cofactor = cofactors;
      for (const int slot : u.slots) {
        for (const int other : u.others) y[other * n + slot] += signed_weight * *cofactor++;
      }
    }
    total += weight[i] * alpha[i];
  }
  MultiSlaterHeader::of(state).sum[spin.index] = total;
}

void MultiSlaterFactor::refresh(const Spin& spin, Lanes* state) const {
  Lanes& stale = MultiSlaterHeader::of(state).stale[spin.index];
  if (!any(stale > Lanes(0.0))) return;
  fill_weights(spin, state);
  fill_determinants(spin, state);
  stale = Lanes(0.0);
}

void MultiSlaterFactor::log_value(const TileView& tile, LogValue& value) const {
  MultiSlaterHeader& h = MultiSlaterHeader::of(tile.state);
  h.reference.fold(all_lanes());
  const Lanes sum = select(h.stale[0] > Lanes(0.0), h.sum[1], h.sum[0]);
  value.logarithm += h.reference.logarithm + logarithm(absolute(sum));
  value.sign *= select(sum < Lanes(0.0), -h.reference.product, h.reference.product);
}

MultiSlaterFactor::MoveScratch MultiSlaterFactor::move_scratch(const TileView& tile) const {
  const int most = std::max(spins_[0].used, spins_[1].used);
  MoveScratch s;
  s.fresh = tile.scratch;
  s.gamma = s.fresh + most * orbital_components;
  s.reference_ratio = s.gamma + most;
  s.work = s.reference_ratio + 1;
  return s;
}

void MultiSlaterFactor::fill_gamma(const Spin& spin, int e, const Lanes* state, Lanes* gamma,
                                   Lanes* work) const {
  const int n = spin.n;
  const Lanes* const inverse = state + spin.inverse + e * n;
  const Lanes inverse_sum = Lanes(1.0) / MultiSlaterHeader::of(state).sum[spin.index];
  for (int q = 0; q < n; ++q) gamma[q] = inverse[q];
  const Lanes *y = state + spin.y, *t = state + spin.t;
  for (int v = 0; v < spin.others; ++v, y += n, t += n) {
    Lanes sum(0.0);
    for (int r = 0; r < n; ++r) sum += y[r] * inverse[r];
    work[v] = sum;
    const Lanes g = sum * inverse_sum;
    gamma[n + v] = g;
    for (int q = 0; q < n; ++q) gamma[q] -= g * t[q];
  }
}

void MultiSlaterFactor::start_move(const TileView& tile, int electron, Lanes gradient[3]) const {
  const Spin& spin = spin_of(electron);
  const int e = electron - spin.first;
  refresh(spin, tile.state);
  const MoveScratch s = move_scratch(tile);
  fill_gamma(spin, e, tile.state, s.gamma, s.work);
  const Lanes* orbital = tile.state + spin.orbitals + e * spin.used * orbital_components;
  for (int j = 0; j < spin.used; ++j, orbital += orbital_components) {
    for (int d = 0; d < 3; ++d) gradient[d] += s.gamma[j] * orbital[1 + d];
  }
}

void MultiSlaterFactor::propose(const TileView& tile, int electron, const Lanes position[3],
                                MoveProposal& move) const {
  const Spin& spin = spin_of(electron);
  const MoveScratch s = move_scratch(tile);
  sets_[static_cast<std::size_t>(spin.index)].evaluate(position, s.fresh, s.work);
  Lanes ratio(0.0), g[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  const Lanes* orbital = s.fresh;
  for (int j = 0; j < spin.used; ++j, orbital += orbital_components) {
    ratio += s.gamma[j] * orbital[0];
    for (int d = 0; d < 3; ++d) g[d] += s.gamma[j] * orbital[1 + d];
  }
  const Lanes* inverse = tile.state + spin.inverse + (electron - spin.first) * spin.n;
  Lanes reference(0.0);
  for (int q = 0; q < spin.n; ++q) reference += inverse[q] * s.fresh[q * orbital_components];
  *s.reference_ratio = reference;
  const Lanes inverse_ratio = Lanes(1.0) / ratio;
  move.ratio *= ratio;
  for (int d = 0; d < 3; ++d) move.gradient[d] += g[d] * inverse_ratio;
}

// T'_rv = T_rv + A'^-1_re (phi'_v - sum_q phi'_q T_qv).
void MultiSlaterFactor::finish_move(const TileView& tile, int electron, const Lanes*,
                                    const LaneMask& accepted) const {
  if (!any(accepted)) return;
  const Spin& spin = spin_of(electron);
  const int n = spin.n, e = electron - spin.first;
  const MoveScratch s = move_scratch(tile);
  Lanes* const state = tile.state;
  const Lanes ratio = select(accepted, *s.reference_ratio, Lanes(1.0));
  Lanes* stored = state + spin.orbitals + e * spin.used * orbital_components;
  for (int i = 0; i < spin.used * orbital_components; ++i) {
    stored[i] = select(accepted, s.fresh[i], stored[i]);
  }
  update_slater_inverse(n, e, s.fresh, ratio, accepted, state + spin.inverse);
  const Lanes* moved = state + spin.inverse + e * n;  // A'^-1_re
  Lanes* t = state + spin.t;
  for (int v = 0; v < spin.others; ++v, t += n) {
    Lanes change = s.fresh[(n + v) * orbital_components];
    for (int q = 0; q < n; ++q) change -= s.fresh[q * orbital_components] * t[q];
    change = select(accepted, change, Lanes(0.0));
    for (int r = 0; r < n; ++r) t[r] += moved[r] * change;
  }
  MultiSlaterHeader::of(state).reference.multiply(ratio);
  const Lanes size = absolute(ratio);
  const LaneMask lost = (size < Lanes(1e-6)) | (size > Lanes(1e6));
  if (any(lost)) rebuild_inverse(spin, lost, state);
  fill_determinants(spin, state);
  MultiSlaterHeader::of(state).stale[1 - spin.index] = Lanes(1.0);
}

// The update has lost digits to a small reference; what stands in the logarithm has not.
void MultiSlaterFactor::rebuild_inverse(const Spin& spin, const LaneMask& lanes,
                                        Lanes* state) const {
  LogValue unused{Lanes(0.0), Lanes(1.0)};
  invert_slater_matrix(spin.n, spin.used, state + spin.orbitals, state + spin.inverse, lanes,
                       unused);
  fill_excitations(spin, lanes, state);
}

void MultiSlaterFactor::derivatives(const TileView& tile, Lanes* gradient, Lanes* laplacian) const {
  const MoveScratch s = move_scratch(tile);
  for (const Spin& spin : spins_) {
    refresh(spin, tile.state);
    const Lanes* orbital = tile.state + spin.orbitals;
    for (int e = 0; e < spin.n; ++e) {
      fill_gamma(spin, e, tile.state, s.gamma, s.work);
      Lanes g[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)}, lap(0.0);
      for (int j = 0; j < spin.used; ++j, orbital += orbital_components) {
        for (int d = 0; d < 3; ++d) g[d] += s.gamma[j] * orbital[1 + d];
        lap += s.gamma[j] * orbital[4];
      }
      const int electron = spin.first + e;
      for (int d = 0; d < 3; ++d) gradient[3 * electron + d] += g[d];
      laplacian[electron] += lap - (g[0] * g[0] + g[1] * g[1] + g[2] * g[2]);
    }
  }
}

}  // namespace markhor
