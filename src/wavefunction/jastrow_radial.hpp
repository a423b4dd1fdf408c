// The radial function of the electron-electron and electron-nucleus Jastrow terms,
//
//     f(r) = a1 R/(1 + a2 R) + sum_{p >= 2} b_p R^p,   R = r/(1 + kappa r),
//
// so R' = 1 at r = 0 (a1 alone makes the cusp) and R -> 1/kappa far away, where f is taken to
// vanish: the constant f(R = 1/kappa) is subtracted from the value.
//
// REFERENCES (Toulouse2008) J. Toulouse, C. J. Umrigar, J. Chem. Phys. 128, 174101 (2008), the
// flexible Jastrow form of the authors' programs with this choice of scaled distance.
#pragma once

#include <cstddef>
#include <vector>

#include "core/lane_math.hpp"

namespace markhor {

struct RadialJastrow {
  double kappa = 1.0;              // bohr^-1, > 0
  double first = 0.0;              // a1 = f'(0)
  double pade = 0.0;               // a2 > -kappa, so that 1 + a2 R has no zero
  std::vector<double> polynomial;  // b_2, b_3, ...

  // The value's constant: f at r -> infinity before it is subtracted.
  double at_infinity() const {
    const double limit = 1.0 / kappa;
    double sum = first * limit / (1.0 + pade * limit), power = limit;
    for (const double b : polynomial) sum += b * (power *= limit);
    return sum;
  }
};

// f, f'/r and f'' of one pair; the second derivative only where it is asked for.
struct RadialJastrowValue {
  Lanes value, slope, second;
};

template <bool with_second>
[[gnu::always_inline]] inline RadialJastrowValue evaluate_radial(const RadialJastrow& f,
                                                                 double constant, const Lanes& r,
                                                                 const Lanes& inverse_r) {
  const Lanes one(1.0);
  Lanes t, q = one;  // t = 1/(1 + kappa r), q = 1/(1 + a2 R)
  if (f.pade == 0.0) {
    t = one / (one + Lanes(f.kappa) * r);
  } else {
    // One division for both: q = (1 + kappa r)/(1 + (kappa + a2) r).
    const Lanes a = one + Lanes(f.kappa) * r, b = one + Lanes(f.kappa + f.pade) * r;
    const Lanes inverse = one / (a * b);
    t = inverse * b;
    q = inverse * a * a;
  }
  const Lanes scaled = r * t;
  // Horner for P = sum b_p R^(p-2), its first and half its second derivative.
  Lanes p0(0.0), p1(0.0), p2(0.0);
  for (std::size_t i = f.polynomial.size(); i-- > 0;) {
    if constexpr (with_second) p2 = p2 * scaled + p1;
    p1 = p1 * scaled + p0;
    p0 = p0 * scaled + Lanes(f.polynomial[i]);
  }
  const Lanes a1q = Lanes(f.first) * q;
  const Lanes value = scaled * (a1q + scaled * p0) - Lanes(constant);
  const Lanes d1 = a1q * q + scaled * (p0 + p0 + scaled * p1);  // df/dR
  const Lanes t2 = t * t, first = d1 * t2;                      // dR/dr = t^2
  RadialJastrowValue result{value, first * inverse_r, Lanes(0.0)};
  if constexpr (with_second) {
    const Lanes d2 = Lanes(-2.0 * f.pade) * a1q * q * q + p0 + p0 +
                     scaled * (Lanes(4.0) * p1 + Lanes(2.0) * scaled * p2);
    result.second = d2 * t2 * t2 - Lanes(2.0 * f.kappa) * t * first;  // R'' = -2 kappa t^3
  }
  return result;
}

// What the parameter derivatives of one pair need: R, dR/dr, R'' and 1/r.
struct RadialPoint {
  Lanes scaled, first, second, inverse_r;
};

[[gnu::always_inline]] inline RadialPoint radial_point(double kappa, const Lanes& r,
                                                       const Lanes& inverse_r) {
  const Lanes t = Lanes(1.0) / (Lanes(1.0) + Lanes(kappa) * r);
  const Lanes t2 = t * t;
  return {r * t, t2, Lanes(-2.0 * kappa) * t2 * t, inverse_r};
}

// Adds to sums[0] the value and to sums[1] the local-energy derivative of one pair's function
// F(R) with dF/dR = f1, d2F/dR2 = f2; `laplacian` weighs (F'' + 2 F'/r) and `drift` weighs F'/r:
// an electron-nucleus term has -1/2 and -g . d, a pair of electrons -1 and -(g_i - g_j) . d.
[[gnu::always_inline]] inline void add_radial_derivative(const RadialPoint& x, const Lanes& f,
                                                         const Lanes& f1, const Lanes& f2,
                                                         double laplacian, const Lanes& drift,
                                                         Lanes* value, Lanes* energy) {
  const Lanes slope = f1 * x.first * x.inverse_r;
  *value += f;
  *energy +=
      Lanes(laplacian) * (f2 * x.first * x.first + f1 * x.second + slope + slope) + drift * slope;
}

// The same for every power R^p - kappa^-p, p = 2 ... count + 1.
[[gnu::always_inline]] inline void add_power_derivatives(const RadialPoint& x, double kappa,
                                                         std::size_t count, double laplacian,
                                                         const Lanes& drift, Lanes* value,
                                                         Lanes* energy) {
  Lanes below(1.0), power = x.scaled;  // R^(p-2), R^(p-1)
  double limit = 1.0 / kappa;
  for (std::size_t i = 0; i < count; ++i) {
    const double p = static_cast<double>(i) + 2.0;
    const Lanes f = power * x.scaled;
    limit /= kappa;
    add_radial_derivative(x, f - Lanes(limit), Lanes(p) * power, Lanes(p * (p - 1.0)) * below,
                          laplacian, drift, value + i, energy + i);
    below = power;
    power = f;
  }
}

}  // namespace markhor
