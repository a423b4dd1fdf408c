// The derivatives of ln|Phi| and of the local energy with respect to the parameters of a
// determinant expansion, one function a formula: Gamma's derivative along B, by the product rule
// through T -> M, alpha -> dalpha, c~ -> dc~, Y -> dY.
#include <algorithm>

#include "wavefunction/multi_slater.hpp"
#include "wavefunction/small_determinant.hpp"

namespace markhor {

// The gradient of the other factors, both spins' arrays, and work space for one electron's
// Gamma.
std::size_t MultiSlaterFactor::adjoint_size() const {
  std::size_t size = 3 * static_cast<std::size_t>(spins_[0].n + spins_[1].n);
  for (const Spin& spin : spins_) {
    const auto n = static_cast<std::size_t>(spin.n), m = static_cast<std::size_t>(spin.used);
    size += 3 * n * m + 2 * n * n + 2 * (m - n) * n + 2 * spin.determinants + m;
  }
  return size;
}

MultiSlaterFactor::AdjointSpin MultiSlaterFactor::take_adjoint(const Spin& spin,
                                                               Lanes*& scratch) const {
  const auto n = static_cast<std::size_t>(spin.n), m = static_cast<std::size_t>(spin.used);
  const auto take = [&](std::size_t size) { return (scratch += size) - size; };
  AdjointSpin a;
  a.gamma = take(n * m);
  a.xi = take(n * m);
  a.b = take(n * m);
  a.k = take(n * n);
  a.x = take(n * n);
  a.m = take((m - n) * n);
  a.dy = take((m - n) * n);
  a.dalpha = take(spin.determinants);
  a.dweight = take(spin.determinants);
  return a;
}

// B, K = A^-1 B_occ, X = K A^-1 and M = A^-1 B_others - K T.
void MultiSlaterFactor::fill_one_body(const Spin& spin, const Lanes* state,
                                      const Lanes* jastrow_gradient, const AdjointSpin& a) const {
  const int n = spin.n, used = spin.used;
  const Lanes* const inverse = state + spin.inverse;
  const Lanes* orbital = state + spin.orbitals;
  for (int i = 0; i < n * n; ++i) a.k[i] = Lanes(0.0);
  for (int i = 0; i < spin.others * n; ++i) a.m[i] = Lanes(0.0);
  for (int e = 0; e < n; ++e) {
    const Lanes* g = jastrow_gradient + 3 * (spin.first + e);
    Lanes* const b = a.b + e * used;
    for (int j = 0; j < used; ++j, orbital += orbital_components) {
      b[j] = one_electron_part(orbital, g);
    }
    for (int r = 0; r < n; ++r) {
      const Lanes own = inverse[e * n + r];
      for (int q = 0; q < n; ++q) a.k[r * n + q] += own * b[q];
      for (int v = 0; v < spin.others; ++v) a.m[v * n + r] += own * b[n + v];
    }
  }
  for (int e = 0; e < n; ++e) {
    for (int r = 0; r < n; ++r) {
      Lanes sum(0.0);
      for (int q = 0; q < n; ++q) sum += a.k[r * n + q] * inverse[e * n + q];
      a.x[e * n + r] = sum;
    }
  }
  const Lanes* t = state + spin.t;
  for (int v = 0; v < spin.others; ++v, t += n) {
    for (int r = 0; r < n; ++r) {
      Lanes sum(0.0);
      for (int q = 0; q < n; ++q) sum += a.k[r * n + q] * t[q];
      a.m[v * n + r] -= sum;
    }
  }
}

// dalpha_u = sum_rv cofactor_rv M_rv.
void MultiSlaterFactor::fill_alpha_derivatives(const Spin& spin, const Lanes* state,
                                               const AdjointSpin& a) const {
  constexpr int most = most_excitations * most_excitations;
  Lanes matrix[most], cofactors[most];
  const std::vector<SpinDeterminant>& list = expansion(spin).determinants;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const SpinDeterminant& u = list[i];
    const auto m = static_cast<int>(u.slots.size());
    Lanes sum(0.0);
    if (m > 0) {
      gather_excitation(u, spin.n, state + spin.t, matrix);
      determinant_and_cofactors(m, matrix, cofactors);
      gather_excitation(u, spin.n, a.m, matrix);
      for (int k = 0; k < m * m; ++k) sum += cofactors[k] * matrix[k];
    }
    a.dalpha[i] = Lanes(u.sign) * sum;
  }
}

void MultiSlaterFactor::fill_weight_derivatives(const Spin& spin, const Lanes* other_dalpha,
                                                const AdjointSpin& a) const {
  for (std::size_t u = 0; u < spin.determinants; ++u) a.dweight[u] = Lanes(0.0);
  for (const DeterminantProduct& product : products_.products) {
    const int own = spin.index == 0 ? product.up : product.down;
    const int other = spin.index == 0 ? product.down : product.up;
    a.dweight[own] += Lanes(product.coefficient) * other_dalpha[other];
  }
}

// dY_vr = sum_u ( dc~_u cofactor_rv + c~_u dcofactor_rv ), where for order 2 the cofactors' own
// derivative is M with its elements moved alike, and for higher ones
// d(det T^-1) = det ( tr(T^-1 M) T^-1 - T^-1 M T^-1 ).
void MultiSlaterFactor::fill_y_derivatives(const Spin& spin, const Lanes* state,
                                           const AdjointSpin& a) const {
  const int n = spin.n;
  const Lanes* const weight = state + spin.weight;
  for (int i = 0; i < spin.others * n; ++i) a.dy[i] = Lanes(0.0);
  constexpr int most = most_excitations * most_excitations;
  Lanes t[most], dt[most], cofactors[most], changes[most], inverse[most], product[most];
  const std::vector<SpinDeterminant>& list = expansion(spin).determinants;
  for (std::size_t i = 0; i < list.size(); ++i) {
    const SpinDeterminant& u = list[i];
    const auto m = static_cast<int>(u.slots.size());
    if (m == 0) continue;
    gather_excitation(u, n, state + spin.t, t);
    gather_excitation(u, n, a.m, dt);
    if (m <= 2) {
      determinant_and_cofactors(m, t, cofactors);
      determinant_and_cofactors(m, dt, changes);
      if (m == 1) changes[0] = Lanes(0.0);
    } else {
      const Lanes determinant = determinant_and_inverse(m, t, inverse);
      Lanes trace(0.0);
      for (int r = 0; r < m; ++r) {
        for (int c = 0; c < m; ++c) {
          Lanes sum(0.0);
          for (int k = 0; k < m; ++k) sum += inverse[r * m + k] * dt[k * m + c];
          product[r * m + c] = sum;
          if (r == c) trace += sum;
        }
      }
      for (int r = 0; r < m; ++r) {
        for (int c = 0; c < m; ++c) {
          Lanes sum(0.0);
          for (int k = 0; k < m; ++k) sum += product[c * m + k] * inverse[k * m + r];
          cofactors[r * m + c] = determinant * inverse[c * m + r];
          changes[r * m + c] = determinant * (trace * inverse[c * m + r] - sum);
        }
      }
    }
    const Lanes sign(u.sign);
    int k = 0;
    for (const int slot : u.slots) {
      for (const int other : u.others) {
        a.dy[other * n + slot] += sign * (a.dweight[i] * cofactors[k] + weight[i] * changes[k]);
        ++k;
      }
    }
  }
}

// With 1/S -> -e/S along B (e: excited_energy = dS/S), dy_vi = sum_r (dY_vr A^-1_ri - Y_vr X_ri):
//     Xi_vi = (dy_vi - e y_vi)/S,
//     Xi_qi = -X_qi - (1/S) sum_v [ M_qv y_vi + T_qv (dy_vi - e y_vi) ].
void MultiSlaterFactor::fill_xi(const Spin& spin, const Lanes* state, const Lanes& excited_energy,
                                const AdjointSpin& a) const {
  const int n = spin.n;
  const Lanes inverse_sum = Lanes(1.0) / MultiSlaterHeader::of(state).sum[spin.index];
  for (int e = 0; e < n; ++e) {
    const Lanes* const inverse = state + spin.inverse + e * n;
    const Lanes* const x = a.x + e * n;
    Lanes* const xi = a.xi + e * spin.used;
    for (int q = 0; q < n; ++q) xi[q] = -x[q];
    for (int v = 0; v < spin.others; ++v) {
      const Lanes *y = state + spin.y + v * n, *dy = a.dy + v * n, *t = state + spin.t + v * n,
                  *m = a.m + v * n;
      Lanes y_e(0.0), dy_e(0.0);
      for (int r = 0; r < n; ++r) {
        y_e += y[r] * inverse[r];
        dy_e += dy[r] * inverse[r] - y[r] * x[r];
      }
      y_e *= inverse_sum;
      const Lanes change = dy_e * inverse_sum - excited_energy * y_e;
      xi[n + v] = change;
      for (int q = 0; q < n; ++q) xi[q] -= m[q] * y_e + t[q] * change;
    }
  }
}

// O_k = sum_d a_dk alpha^up alpha^down / S,  dE_k = sum_d a_dk d(alpha^up alpha^down) / S - e O_k.
void MultiSlaterFactor::add_configurations(const Lanes* state, const Lanes& excited_energy,
                                           const AdjointSpin (&a)[2], Lanes* log_derivative,
                                           Lanes* energy_derivative) const {
  const Lanes *up = state + spins_[0].alpha, *down = state + spins_[1].alpha;
  for (const CsfShare& share : shares_) {
    const DeterminantProduct& d = products_.products[static_cast<std::size_t>(share.product)];
    const Lanes weight(share.weight);
    log_derivative[share.parameter] += weight * up[d.up] * down[d.down];
    energy_derivative[share.parameter] +=
        weight * (a[0].dalpha[d.up] * down[d.down] + up[d.up] * a[1].dalpha[d.down]);
  }
  const Lanes inverse_sum = Lanes(1.0) / MultiSlaterHeader::of(state).sum[0];
  for (std::size_t p = 0; p < ci_parameters_; ++p) {
    log_derivative[p] *= inverse_sum;
    energy_derivative[p] = energy_derivative[p] * inverse_sum - excited_energy * log_derivative[p];
  }
}

void MultiSlaterFactor::parameter_derivatives(const TileView& tile, const Lanes* total_gradient,
                                              Lanes* log_derivative,
                                              Lanes* energy_derivative) const {
  const std::size_t parameters =
      ci_parameters_ + (orbital_derivatives_ ? orbital_derivatives_->parameters() : 0);
  if (parameters == 0) return;
  for (std::size_t p = 0; p < parameters; ++p) log_derivative[p] = energy_derivative[p] = 0.0;
  const int electrons = spins_[0].n + spins_[1].n;
  const Lanes* const state = tile.state;
  Lanes* next = tile.scratch + 3 * electrons;
  AdjointSpin a[2] = {take_adjoint(spins_[0], next), take_adjoint(spins_[1], next)};
  Lanes* const gradient = tile.scratch;
  for (const Spin& spin : spins_) {
    const AdjointSpin& own = a[spin.index];
    fill_gammas(spin, tile, total_gradient, own, gradient, next);
    fill_one_body(spin, state, gradient, own);
    fill_alpha_derivatives(spin, state, own);
  }
  Lanes excited_energy(0.0);
  for (const Spin& spin : spins_) {
    fill_weight_derivatives(spin, a[1 - spin.index].dalpha, a[spin.index]);
    const Lanes* const weight = state + spin.weight;
    for (std::size_t u = 0; u < spin.determinants; ++u) {
      excited_energy += weight[u] * a[spin.index].dalpha[u];
    }
  }
  excited_energy = excited_energy / MultiSlaterHeader::of(state).sum[0];
  add_configurations(state, excited_energy, a, log_derivative, energy_derivative);
  if (!orbital_derivatives_) return;
  for (const Spin& spin : spins_) {
    const AdjointSpin& own = a[spin.index];
    fill_y_derivatives(spin, state, own);
    fill_xi(spin, state, excited_energy, own);
    orbital_derivatives_->accumulate({spin.index, spin.first, spin.n, own.gamma, own.xi},
                                     tile.positions, gradient, log_derivative + ci_parameters_,
                                     energy_derivative + ci_parameters_, next);
  }
}

// Gamma, and the gradient of everything but the determinants: the total one less theirs.
void MultiSlaterFactor::fill_gammas(const Spin& spin, const TileView& tile,
                                    const Lanes* total_gradient, const AdjointSpin& a,
                                    Lanes* other_gradient, Lanes* work) const {
  refresh(spin, tile.state);
  const Lanes* orbital = tile.state + spin.orbitals;
  for (int e = 0; e < spin.n; ++e) {
    Lanes* const gamma = a.gamma + e * spin.used;
    fill_gamma(spin, e, tile.state, gamma, work);
    const int first = 3 * (spin.first + e);
    for (int d = 0; d < 3; ++d) other_gradient[first + d] = total_gradient[first + d];
    for (int j = 0; j < spin.used; ++j, orbital += orbital_components) {
      for (int d = 0; d < 3; ++d) other_gradient[first + d] -= gamma[j] * orbital[1 + d];
    }
  }
}

}  // namespace markhor
