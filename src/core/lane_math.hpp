// Elementary functions of Lanes, in line: a library call per lane inside the walker loops costs
// several times the arithmetic around it. Accuracies are measured in tests/core/lane_math.cpp.
#pragma once

#include "core/lanes.hpp"

namespace markhor {

[[gnu::always_inline]] inline Lanes square_root(const Lanes& a) {
  return Lanes::combine([&](int p) -> NativeReal {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
    return (NativeReal)_mm512_sqrt_pd((__m512d)a.part[p]);
#elif defined(__AVX2__)
    return (NativeReal)_mm256_sqrt_pd((__m256d)a.part[p]);
#else
    return (NativeReal)_mm_sqrt_pd((__m128d)a.part[p]);
#endif
  });
}

// 1/sqrt(a) for 1e-37 < a < 1e37 (where the single-precision first guess exists), relative error
// below 4e-16. The guess has 12 (AVX-512: 14) bits; a cubic (Halley) step makes 36 of them, and a
// Newton step, written as a correction so that it loses no digit, the rest.
[[gnu::always_inline]] inline Lanes reciprocal_square_root(const Lanes& a) {
  const Lanes y0 = Lanes::combine([&](int p) -> NativeReal {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
    return (NativeReal)_mm512_rsqrt14_pd((__m512d)a.part[p]);
#elif defined(__AVX2__)
    return (NativeReal)_mm256_cvtps_pd(_mm_rsqrt_ps(_mm256_cvtpd_ps((__m256d)a.part[p])));
#else
    return (NativeReal)_mm_cvtps_pd(_mm_rsqrt_ps(_mm_cvtpd_ps((__m128d)a.part[p])));
#endif
  });
  const Lanes h = a * y0 * y0;
  const Lanes y1 = y0 * (Lanes(1.875) - h * (Lanes(1.25) - Lanes(0.375) * h));
  const Lanes rest = Lanes(1.0) - (a * y1) * y1;
  return y1 + (Lanes(0.5) * y1) * rest;
}

// exp(a); arguments below -708 give exactly zero, above 709 infinity, NaN stays NaN.
//
// Cody-Waite reduction to |t| <= ln(2)/2, then 1 + t + t^2 q(t) with q the polynomial of degree 9
// that interpolates (e^t - 1 - t)/t^2 at Chebyshev nodes: a Taylor polynomial would need two more
// degrees. Relative error below 5e-16.
namespace lane_math_detail {

struct ReducedExponent {
  Lanes t;         // argument - k ln 2
  LaneBits scale;  // k in the exponent bits, to be added to those of e^t
};

[[gnu::always_inline]] inline ReducedExponent reduce_exponent(const Lanes& a) {
  // Adding 1.5 2^52 leaves the rounded integer in the low bits of the sum.
  constexpr double rounder = 6755399441055744.0;
  const Lanes shifted = a * Lanes(1.4426950408889634) + Lanes(rounder);
  const Lanes k = shifted - Lanes(rounder);
  return {(a - k * Lanes(6.93147180369123816490e-01)) - k * Lanes(1.90821492927058770002e-10),
          as_bits(shifted) << 52};
}

// Estrin's scheme: short dependency chains, because a dozen of these are in flight at once.
[[gnu::always_inline]] inline Lanes exponential_polynomial(const Lanes& t) {
  const Lanes t2 = t * t, t4 = t2 * t2;
  const Lanes q01 = Lanes(0.5000000000000001) + t * Lanes(0.16666666666666669);
  const Lanes q23 = Lanes(0.04166666666662399) + t * Lanes(0.008333333333330051);
  const Lanes q45 = Lanes(0.0013888888917281794) + t * Lanes(0.00019841269863105968);
  const Lanes q67 = Lanes(2.480152119021773e-05) + t * Lanes(2.7557268378684192e-06);
  const Lanes q89 = Lanes(2.7620138719733994e-07) + t * Lanes(2.5100424157005067e-08);
  const Lanes q = (q01 + t2 * q23) + t4 * ((q45 + t2 * q67) + t4 * q89);
  return Lanes(1.0) + (t + t2 * q);
}

}  // namespace lane_math_detail

[[gnu::always_inline]] inline Lanes exponential(const Lanes& a) {
  const auto [t, scale] = lane_math_detail::reduce_exponent(a);
  const Lanes result = as_lanes(as_bits(lane_math_detail::exponential_polynomial(t)) + scale);
  const Lanes small = select(a < Lanes(-708.0), Lanes(0.0), result);
  return select(a > Lanes(709.0), Lanes(__builtin_inf()), small);
}

// As exponential for a <= 0: one comparison less; below -708 it stays at e^-708 = 3e-308.
[[gnu::always_inline]] inline Lanes exponential_of_negative(const Lanes& a) {
  const auto [t, scale] = lane_math_detail::reduce_exponent(maximum(a, Lanes(-708.0)));
  return as_lanes(as_bits(lane_math_detail::exponential_polynomial(t)) + scale);
}

// ln(a) for normal a > 0; relative error below 1e-15. m in [sqrt(1/2), sqrt(2)), then
// ln m = 2 atanh(s) with s = (m - 1)/(m + 1), |s| < 0.172, series to s^21.
[[gnu::always_inline]] inline Lanes logarithm(const Lanes& a) {
  const LaneBits bits = as_bits(a);
  // Subtracting the bits of sqrt(1/2) moves the octave boundary from 1 to sqrt(1/2).
  const LaneBits offset = bits - lane_bits(0x3fe6a09e667f3bcdULL);
  // The shift is logical: an exponent e < 0 appears as 4096 + e. Or-ing it into the bits of 2^52
  // makes a double of it.
  const LaneBits exponent = (offset >> 52) | lane_bits(0x4330000000000000ULL);
  Lanes e = as_lanes(exponent) - Lanes(4503599627370496.0);
  e = select(e > Lanes(2047.0), e - Lanes(4096.0), e);
  const Lanes m =
      as_lanes((offset & lane_bits(0x000fffffffffffffULL)) + lane_bits(0x3fe6a09e667f3bcdULL));
  const Lanes s = (m - Lanes(1.0)) / (m + Lanes(1.0)), s2 = s * s;
  Lanes p = Lanes(2.0 / 21.0);
  p = p * s2 + Lanes(2.0 / 19.0);
  p = p * s2 + Lanes(2.0 / 17.0);
  p = p * s2 + Lanes(2.0 / 15.0);
  p = p * s2 + Lanes(2.0 / 13.0);
  p = p * s2 + Lanes(2.0 / 11.0);
  p = p * s2 + Lanes(2.0 / 9.0);
  p = p * s2 + Lanes(2.0 / 7.0);
  p = p * s2 + Lanes(2.0 / 5.0);
  p = p * s2 + Lanes(2.0 / 3.0);
  p = p * s2 + Lanes(2.0);
  return e * Lanes(0.6931471805599453) + p * s;
}

struct SineCosine {
  Lanes sine, cosine;
};

// sin(2 pi a) and cos(2 pi a) for 0 <= a < 1; absolute error below 5e-16.
[[gnu::always_inline]] inline SineCosine sine_cosine_of_turns(const Lanes& a) {
  constexpr double rounder = 6755399441055744.0;
  const Lanes shifted = a * Lanes(4.0) + Lanes(rounder);
  const Lanes k = shifted - Lanes(rounder);  // the nearest quarter turn
  const Lanes t = (a * Lanes(4.0) - k) * Lanes(1.5707963267948966), t2 = t * t;
  Lanes s = Lanes(-1.0 / 1307674368000.0);
  s = s * t2 + Lanes(1.0 / 6227020800.0);
  s = s * t2 + Lanes(-1.0 / 39916800.0);
  s = s * t2 + Lanes(1.0 / 362880.0);
  s = s * t2 + Lanes(-1.0 / 5040.0);
  s = s * t2 + Lanes(1.0 / 120.0);
  s = s * t2 + Lanes(-1.0 / 6.0);
  s = t + t * t2 * s;
  Lanes c = Lanes(1.0 / 20922789888000.0);
  c = c * t2 + Lanes(-1.0 / 87178291200.0);
  c = c * t2 + Lanes(1.0 / 479001600.0);
  c = c * t2 + Lanes(-1.0 / 3628800.0);
  c = c * t2 + Lanes(1.0 / 40320.0);
  c = c * t2 + Lanes(-1.0 / 720.0);
  c = c * t2 + Lanes(1.0 / 24.0);
  c = c * t2 + Lanes(-0.5);
  c = Lanes(1.0) + t2 * c;
  const LaneBits quarter = as_bits(shifted);
  const LaneMask odd = is_nonzero(quarter & lane_bits(1));
  const LaneBits sine_sign = (quarter & lane_bits(2)) << 62;
  const LaneBits cosine_sign = ((quarter + lane_bits(1)) & lane_bits(2)) << 62;
  return {as_lanes(as_bits(select(odd, c, s)) ^ sine_sign),
          as_lanes(as_bits(select(odd, s, c)) ^ cosine_sign)};
}

// exp(a^2) erfc(a) for a >= 1: t = 2/(2 + a) times the polynomial of degree 17 that interpolates it
// at Chebyshev nodes of 0 < t <= 2/3; relative error 1.4e-14.
[[gnu::always_inline]] inline Lanes scaled_complementary_error(const Lanes& a) {
  constexpr double coefficients[] = {
      0.2820947917738744,    0.28209479177747415, 0.24683294222492544,   0.17630928138255156,
      0.08374567996679416,   -0.0043834708598273, -0.057068040646155144, -0.05056055716802811,
      -0.022341255554515067, 0.1358166418415244,  -0.23479404694491687,  0.6755358992797406,
      -1.1584886841737394,   0.8596172680591889,  0.04343490061936689,   -0.5346286639397374,
      0.35872126474006194,   -0.08196592049092931};
  const Lanes t = Lanes(2.0) / (Lanes(2.0) + a);
  Lanes sum(0.0);
  for (int i = 17; i >= 0; --i) sum = sum * t + Lanes(coefficients[i]);
  return sum * t;
}

}  // namespace markhor
