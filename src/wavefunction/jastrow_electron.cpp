#include "wavefunction/jastrow_electron.hpp"

#include <algorithm>

namespace markhor {

ElectronElectronJastrow::ElectronElectronJastrow(int up_electrons, int down_electrons,
                                                 const RadialJastrow& function, ElectronPairs pairs,
                                                 bool differentiate)
    : up_(up_electrons),
      electrons_(up_electrons + down_electrons),
      pairs_(pairs),
      like_(function),
      unlike_(function),
      differentiate_(differentiate) {
  like_.first = pairs == ElectronPairs::all ? 0.25 : 0.0;
  unlike_.first = 0.5;
  like_constant_ = like_.at_infinity();
  unlike_constant_ = unlike_.at_infinity();
}

// Scratch: the value of the moved electron's pairs at its accepted position.
FactorStorage ElectronElectronJastrow::storage() const { return {0, 1}; }

Lanes ElectronElectronJastrow::row(const TileView& tile, int electron, const Lanes position[3],
                                   Lanes gradient[3]) const {
  const Lanes x = position[0], y = position[1], z = position[2];
  Lanes value(0.0), gx = gradient[0], gy = gradient[1], gz = gradient[2];
  const auto add = [&](int first, int last, const RadialJastrow& f, double constant)
      __attribute__((always_inline)) {
    for (int j = first; j < last; ++j) {
      const Lanes* other = tile.positions + 3 * j;
      const Lanes dx = x - other[0], dy = y - other[1], dz = z - other[2];
      const Lanes r2 = dx * dx + dy * dy + dz * dz + Lanes(1e-30);
      const Lanes inverse_r = reciprocal_square_root(r2);
      const auto u = evaluate_radial<false>(f, constant, r2 * inverse_r, inverse_r);
      value += u.value;
      gx += u.slope * dx;
      gy += u.slope * dy;
      gz += u.slope * dz;
    }
  };
  const bool is_up = electron < up_;
  const RadialJastrow& with_up = is_up ? like_ : unlike_;
  const RadialJastrow& with_down = is_up ? unlike_ : like_;
  const double up_constant = is_up ? like_constant_ : unlike_constant_;
  const double down_constant = is_up ? unlike_constant_ : like_constant_;
  if (counts(is_up)) add(0, is_up ? electron : up_, with_up, up_constant);
  if (is_up) add(electron + 1, up_, with_up, up_constant);
  if (counts(!is_up)) add(up_, is_up ? electrons_ : electron, with_down, down_constant);
  if (!is_up) add(electron + 1, electrons_, with_down, down_constant);
  gradient[0] = gx;
  gradient[1] = gy;
  gradient[2] = gz;
  return value;
}

void ElectronElectronJastrow::log_value(const TileView& tile, LogValue& value) const {
  Lanes twice(0.0), unused[3] = {Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  for (int e = 0; e < electrons_; ++e) twice += row(tile, e, tile.positions + 3 * e, unused);
  value.logarithm += Lanes(0.5) * twice;
}

void ElectronElectronJastrow::start_move(const TileView& tile, int electron,
                                         Lanes gradient[3]) const {
  tile.scratch[0] = row(tile, electron, tile.positions + 3 * electron, gradient);
}

void ElectronElectronJastrow::propose(const TileView& tile, int electron, const Lanes position[3],
                                      MoveProposal& move) const {
  move.log_ratio += row(tile, electron, position, move.gradient) - tile.scratch[0];
}

void ElectronElectronJastrow::derivatives(const TileView& tile, Lanes* gradient,
                                          Lanes* laplacian) const {
  for (int i = 0; i < electrons_; ++i) {
    const Lanes* a = tile.positions + 3 * i;
    for (int j = 0; j < i; ++j) {
      const bool like = (i < up_) == (j < up_);
      if (!counts(like)) continue;
      const Lanes* b = tile.positions + 3 * j;
      const Lanes d[3] = {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
      const Lanes r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + Lanes(1e-30);
      const Lanes inverse_r = reciprocal_square_root(r2);
      const auto u = evaluate_radial<true>(like ? like_ : unlike_, 0.0, r2 * inverse_r, inverse_r);
      for (int k = 0; k < 3; ++k) {
        const Lanes g = u.slope * d[k];
        gradient[3 * i + k] += g;
        gradient[3 * j + k] -= g;
      }
      const Lanes lap = u.second + u.slope + u.slope;
      laplacian[i] += lap;
      laplacian[j] += lap;
    }
  }
}

namespace {

// a1 R/(1 + a2 R) differentiated with respect to a2, minus its limit: -a1 R^2 q^2, q = 1/(1 + a2
// R).
[[gnu::always_inline]] inline void add_pade_derivative(const RadialJastrow& f, const RadialPoint& x,
                                                       const Lanes& drift, Lanes* value,
                                                       Lanes* energy) {
  const double limit = 1.0 / (f.kappa + f.pade);  // R q far away
  const Lanes q = Lanes(1.0) / (Lanes(1.0) + Lanes(f.pade) * x.scaled), rq = x.scaled * q;
  const Lanes q2 = q * q, a1(-f.first);
  add_radial_derivative(x, a1 * (rq * rq - Lanes(limit * limit)), Lanes(2.0) * a1 * rq * q2,
                        Lanes(2.0) * a1 * q2 * q2 * (Lanes(1.0) - Lanes(2.0 * f.pade) * x.scaled),
                        -1.0, drift, value, energy);
}

}  // namespace

void ElectronElectronJastrow::parameter_derivatives(const TileView& tile, const Lanes* g,
                                                    Lanes* log_derivative,
                                                    Lanes* energy_derivative) const {
  if (!differentiate_) return;
  const std::size_t powers = like_.polynomial.size();
  const std::size_t before = pairs_ == ElectronPairs::all ? 1 : 0;  // a2
  std::fill_n(log_derivative, before + powers, Lanes(0.0));
  std::fill_n(energy_derivative, before + powers, Lanes(0.0));
  for (int i = 0; i < electrons_; ++i) {
    const Lanes* a = tile.positions + 3 * i;
    for (int j = 0; j < i; ++j) {
      const bool like = (i < up_) == (j < up_);
      if (!counts(like)) continue;
      const Lanes* b = tile.positions + 3 * j;
      Lanes r2(1e-30), drift(0.0);
      for (int k = 0; k < 3; ++k) {
        const Lanes d = a[k] - b[k];
        r2 += d * d;
        drift -= (g[3 * i + k] - g[3 * j + k]) * d;
      }
      const Lanes inverse_r = reciprocal_square_root(r2);
      const RadialPoint x = radial_point(like_.kappa, r2 * inverse_r, inverse_r);
      if (before > 0) {
        add_pade_derivative(like ? like_ : unlike_, x, drift, log_derivative, energy_derivative);
      }
      add_power_derivatives(x, like_.kappa, powers, -1.0, drift, log_derivative + before,
                            energy_derivative + before);
    }
  }
}

}  // namespace markhor
