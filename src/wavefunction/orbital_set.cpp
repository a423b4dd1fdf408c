#include "wavefunction/orbital_set.hpp"

#include "core/lane_math.hpp"

namespace markhor {

namespace {

// out[b][c] += sum_f coefficient[f][b] functions[f][c] for B orbitals and C components from c0.
template <int B, int C>
[[gnu::always_inline]] inline void accumulate_block(const double* coefficients,
                                                    const Lanes* functions, int count, int c0,
                                                    Lanes* out) {
  Lanes sum[B][C];
#pragma GCC unroll 5
  for (int b = 0; b < B; ++b) {
#pragma GCC unroll 5
    for (int c = 0; c < C; ++c) sum[b][c] = out[b * orbital_components + c0 + c];
  }
  for (int f = 0; f < count; ++f) {
#pragma GCC unroll 5
    for (int c = 0; c < C; ++c) {
      const Lanes value = functions[f * orbital_components + c0 + c];
#pragma GCC unroll 5
      for (int b = 0; b < B; ++b) sum[b][c] += Lanes(coefficients[f * B + b]) * value;
    }
  }
#pragma GCC unroll 5
  for (int b = 0; b < B; ++b) {
#pragma GCC unroll 5
    for (int c = 0; c < C; ++c) out[b * orbital_components + c0 + c] = sum[b][c];
  }
}

template <int B>
void accumulate_all(const double* coefficients, const Lanes* functions, int count, Lanes* out) {
  if constexpr (native_lanes == 8 || B == 1) {
    accumulate_block<B, 5>(coefficients, functions, count, 0, out);
  } else if constexpr (B == 2) {
    accumulate_block<B, 3>(coefficients, functions, count, 0, out);
    accumulate_block<B, 2>(coefficients, functions, count, 3, out);
  } else if constexpr (B == 3) {
    accumulate_block<B, 2>(coefficients, functions, count, 0, out);
    accumulate_block<B, 2>(coefficients, functions, count, 2, out);
    accumulate_block<B, 1>(coefficients, functions, count, 4, out);
  } else {
    for (int c = 0; c < 5; ++c) accumulate_block<B, 1>(coefficients, functions, count, c, out);
  }
}

// Monomials of one degree in the order of monomial_index: each is the previous degree's times x,
// y or z, so a degree costs one multiplication a monomial.
[[gnu::always_inline]] inline void next_monomials(int degree, const Lanes& x, const Lanes& y,
                                                  const Lanes& z, const Lanes* lower,
                                                  Lanes* result) {
  const int previous = degree * (degree + 1) / 2;  // count of the lower degree
  for (int i = 0; i < previous; ++i) result[i] = x * lower[i];
  const int last_row = previous - degree;  // the lower degree's monomials without x
  for (int i = 0; i < degree; ++i) result[previous + i] = y * lower[last_row + i];
  result[previous + degree] = z * lower[previous - 1];
}

// The l = 2 functions and gradients written out: the most common shell that is not trivial.
[[gnu::always_inline]] inline void spherical_d(const Lanes& x, const Lanes& y, const Lanes& z,
                                               Lanes* out) {
  const Lanes s(1.7320508075688772), zero(0.0);  // sqrt(3)
  const Lanes sx = s * x, sy = s * y, sz = s * z;
  const Lanes functions[5][4] = {
      {sx * y, sy, sx, zero},
      {sy * z, zero, sz, sy},
      {z * z - Lanes(0.5) * (x * x + y * y), -x, -y, z + z},
      {sx * z, sz, zero, sx},
      {Lanes(0.5) * (sx * x - sy * y), sx, -sy, zero},
  };
  for (int f = 0; f < 5; ++f) {
    for (int c = 0; c < 4; ++c) out[f * orbital_components + c] = functions[f][c];
  }
}

template <class Terms>
[[gnu::always_inline]] inline Lanes sparse_sum(const Terms& terms, const Lanes* monomials) {
  Lanes sum(0.0);
  for (const auto& term : terms) sum += Lanes(term.coefficient) * monomials[term.monomial];
  return sum;
}

}  // namespace

// The scale derivatives are (k - a r^2) times a Gaussian and (k - zeta r) times a Slater term,
// where k keeps the function normalized: (2 l + 3)/4 and n + 1/2.
template <bool scaled>
[[gnu::always_inline]] inline OrbitalSet::Radial OrbitalSet::radial(const Center& center,
                                                                    const ShellPlan& shell,
                                                                    const Displacement& d,
                                                                    const Lanes* exponentials) {
  const RadialTerm* term = center.terms.data() + shell.first_term;
  if (!shell.slater) {
    Lanes s0(0.0), s1(0.0), s2(0.0);
    for (int t = 0; t < shell.terms; ++t, ++term) {
      const Lanes e = exponentials[term->exponent];
      if constexpr (scaled) {
        const Lanes k = Lanes(0.5 * shell.l + 0.75) -
                        Lanes(center.exponents[static_cast<std::size_t>(term->exponent)]) * d.r2;
        s0 += Lanes(term->c) * e * k;
        s1 += Lanes(term->c1) * e * (k + Lanes(1.0));
        s2 += Lanes(term->c2) * e * (k + Lanes(2.0));
      } else {
        s0 += Lanes(term->c) * e;
        s1 += Lanes(term->c1) * e;
        s2 += Lanes(term->c2) * e;
      }
    }
    return {s0, s1, d.r2 * s2 + Lanes(3.0 + 2.0 * shell.l) * s1};
  }
  Lanes s0(0.0), first(0.0), second(0.0);
  for (int t = 0; t < shell.terms; ++t, ++term) {
    const double zeta = center.exponents[static_cast<std::size_t>(term->exponent)], p = term->c1;
    Lanes power(term->c);
    for (int i = 0; i < static_cast<int>(p); ++i) power *= d.r;
    const Lanes f = power * exponentials[term->exponent];
    const Lanes logarithmic = Lanes(p) * d.inverse_r - Lanes(zeta);  // f'/f
    const Lanes f1 = f * logarithmic;
    const Lanes f2 = f * (logarithmic * logarithmic - Lanes(p) * d.inverse_r * d.inverse_r);
    if constexpr (scaled) {
      const Lanes k = Lanes(p + shell.l + 1.5) - Lanes(zeta) * d.r;
      s0 += k * f;
      first += k * f1 - Lanes(zeta) * f;
      second += k * f2 - Lanes(2.0 * zeta) * f1;
    } else {
      s0 += f;
      first += f1;
      second += f2;
    }
  }
  const Lanes slope = first * d.inverse_r;
  return {s0, slope, second + Lanes(2.0 + 2.0 * shell.l) * slope};
}

// f = e^{-Zr} P(r): value, f'/r, f'' + 2 f'/r.
[[gnu::always_inline]] inline OrbitalSet::Radial OrbitalSet::cusp_radial(const CuspPolynomial& p,
                                                                         double charge,
                                                                         const Displacement& d) {
  Lanes p0(p[cusp_powers - 1]), p1(0.0), p2(0.0);
  for (int n = cusp_powers - 2; n >= 0; --n) {
    p2 = p2 * d.r + p1;
    p1 = p1 * d.r + p0;
    p0 = p0 * d.r + Lanes(p[n]);
  }
  const Lanes z(charge), slope = d.decay * (p1 - z * p0) * d.inverse_r;
  const Lanes second = d.decay * (p2 + p2 - z * (p1 + p1 - z * p0));
  return {d.decay * p0, slope, second + slope + slope};
}

// Y, its gradient and (Cartesian shells) its Laplacian for every angular plan of the nucleus.
void OrbitalSet::evaluate_angular(const Center& center, const Displacement& d, Lanes* out) {
  constexpr int most_monomials = (max_angular_momentum + 1) * (max_angular_momentum + 2) / 2;
  Lanes monomials[max_angular_momentum + 1][most_monomials];
  monomials[0][0] = Lanes(1.0);
  for (int l = 1; l <= center.highest_l; ++l) {
    next_monomials(l, d.x, d.y, d.z, monomials[l - 1], monomials[l]);
  }
  for (const AngularPlan& plan : center.angular) {
    if (plan.l == 2 && !plan.cartesian) {
      spherical_d(d.x, d.y, d.z, out);
      out += 5 * orbital_components;
      continue;
    }
    for (const AngularFunction& function : plan.functions) {
      out[0] = sparse_sum(function.value, monomials[plan.l]);
      for (int k = 0; k < 3; ++k) {
        out[1 + k] = sparse_sum(function.gradient[k], monomials[plan.l - 1]);
      }
      out[4] = sparse_sum(function.laplacian, monomials[plan.l - 2]);
      out += orbital_components;
    }
  }
}

template <bool scaled>
void OrbitalSet::evaluate_functions(const Center& center, const Displacement& d, Lanes* out,
                                    Lanes* work) {
  Lanes* const exponentials = work;
  Lanes* const angular = work + center.exponents.size();
  for (std::size_t k = 0; k < center.exponents.size(); ++k) {
    const Lanes distance = center.exponent_is_slater[k] != 0 ? d.r : d.r2;
    // Zero beyond the reach, where the nucleus is skipped if all eight electrons are: what a walker
    // sees must not depend on its neighbours in the tile.
    exponentials[k] = select(
        d.near, exponential_of_negative(Lanes(-center.exponents[k]) * distance), Lanes(0.0));
  }
  if (center.highest_l >= 2) evaluate_angular(center, d, angular);
  const Lanes position[3] = {d.x, d.y, d.z};
  for (const ShellPlan& shell : center.shells) {
    auto [value, slope, laplacian] = radial<scaled>(center, shell, d, exponentials);
    if (shell.l == 0) {
      if (d.corrected) {
        const Radial near =
            cusp_radial(scaled ? shell.cusp_scaled : shell.cusp, center.cusp.charge, d);
        value = select(d.inside, near.value, value);
        slope = select(d.inside, near.slope, slope);
        laplacian = select(d.inside, near.laplacian, laplacian);
      }
      out[0] = value;
      for (int k = 0; k < 3; ++k) out[1 + k] = slope * position[k];
      out[4] = laplacian;
      out += orbital_components;
    } else if (shell.l == 1) {
      for (int f = 0; f < 3; ++f, out += orbital_components) {
        const Lanes s = slope * position[f];
        out[0] = value * position[f];
        for (int k = 0; k < 3; ++k) {
          out[1 + k] = k == f ? s * position[k] + value : s * position[k];
        }
        out[4] = laplacian * position[f];
      }
    } else {
      const Lanes* y = angular + shell.angular * orbital_components;
      for (int f = 0; f < shell.functions; ++f, y += orbital_components) {
        const Lanes s = slope * y[0];
        out[0] = value * y[0];
        for (int k = 0; k < 3; ++k) out[1 + k] = value * y[1 + k] + s * position[k];
        out[4] = shell.cartesian ? laplacian * y[0] + value * y[4] : laplacian * y[0];
        out += orbital_components;
      }
    }
  }
}

void OrbitalSet::accumulate(const Center& center, const Lanes* functions, bool foreign,
                            Lanes* values) const {
  const double* coefficients = center.coefficients.data();
  const int rows = center.functions + (center.cusp.radius > 0.0 ? 1 : 0);
  const int count = center.functions + (foreign ? 1 : 0);
  for (const Block& block : blocks_) {
    Lanes* out = values + block.first * orbital_components;
    switch (block.size) {
      case 1:
        accumulate_all<1>(coefficients, functions, count, out);
        break;
      case 2:
        accumulate_all<2>(coefficients, functions, count, out);
        break;
      case 3:
        accumulate_all<3>(coefficients, functions, count, out);
        break;
      case 4:
        accumulate_all<4>(coefficients, functions, count, out);
        break;
      default:
        accumulate_all<5>(coefficients, functions, count, out);
        break;
    }
    coefficients += rows * block.size;
  }
}

[[gnu::always_inline]] inline bool OrbitalSet::displace(const Center& center, const Lanes r[3],
                                                        bool need_distance, Displacement& d) {
  d.x = r[0] - Lanes(center.position[0]);
  d.y = r[1] - Lanes(center.position[1]);
  d.z = r[2] - Lanes(center.position[2]);
  // The tiny offset keeps 1/r finite on a nucleus; it is below the rounding of r2 elsewhere.
  d.r2 = d.x * d.x + d.y * d.y + d.z * d.z + Lanes(1e-30);
  d.near = d.r2 < Lanes(center.reach_squared);
  if (center.functions == 0 || !any(d.near)) return false;
  d.inside = d.r2 < Lanes(center.cusp.radius * center.cusp.radius);
  d.corrected = center.cusp.radius > 0.0 && any(d.inside);
  if (d.corrected || center.any_slater || need_distance) {
    d.inverse_r = reciprocal_square_root(d.r2);
    d.r = d.r2 * d.inverse_r;
  }
  if (d.corrected) d.decay = exponential_of_negative(Lanes(-center.cusp.charge) * d.r);
  return true;
}

bool OrbitalSet::functions_at(const Center& center, const double r[3], bool scaled, Lanes* values,
                              Lanes* scratch) {
  const Lanes point[3] = {Lanes(r[0]), Lanes(r[1]), Lanes(r[2])};
  Displacement d;
  if (!displace(center, point, true, d)) return false;
  (scaled ? evaluate_functions<true> : evaluate_functions<false>)(center, d, values, scratch);
  return true;
}

void OrbitalSet::evaluate(const Lanes r[3], Lanes* values, Lanes* scratch) const {
  Lanes* const functions = scratch;
  for (int i = 0; i < orbitals_ * orbital_components; ++i) values[i] = Lanes(0.0);
  for (const Center& center : centers_) {
    Displacement d;
    if (!displace(center, r, false, d)) continue;
    Lanes* const foreign = functions + center.functions * orbital_components;
    evaluate_functions<false>(center, d, functions, foreign + orbital_components);
    if (d.corrected) {
      const Radial eta = cusp_radial(center.foreign, center.cusp.charge, d);
      const Lanes zero(0.0), slope = select(d.inside, eta.slope, zero);
      foreign[0] = select(d.inside, eta.value, zero);
      foreign[1] = slope * d.x;
      foreign[2] = slope * d.y;
      foreign[3] = slope * d.z;
      foreign[4] = select(d.inside, eta.laplacian, zero);
    }
    accumulate(center, functions, d.corrected, values);
  }
}

void OrbitalSet::evaluate_scale_derivatives(const Lanes r[3], Lanes* values, Lanes* scratch) const {
  for (int i = 0; i < basis_functions_ * orbital_components; ++i) values[i] = Lanes(0.0);
  for (const Center& center : centers_) {
    Displacement d;
    if (!displace(center, r, false, d)) continue;
    Lanes* const own = values + center.first_function * orbital_components;
    // What stands there are corrections from nuclei before this one: added to, not overwritten.
    Lanes* const functions = scratch;
    evaluate_functions<true>(center, d, functions,
                             functions + (center.functions + 1) * orbital_components);
    for (int i = 0; i < center.functions * orbital_components; ++i) own[i] += functions[i];
    if (!d.corrected) continue;
    const Radial eta = cusp_radial(center.foreign, center.cusp.charge, d);
    const Lanes zero(0.0), slope = select(d.inside, eta.slope, zero);
    const Lanes near[orbital_components] = {select(d.inside, eta.value, zero), slope * d.x,
                                            slope * d.y, slope * d.z,
                                            select(d.inside, eta.laplacian, zero)};
    for (int f = 0; f < basis_functions_; ++f) {
      const Lanes weight(center.eta_scaled[f]);
      for (int c = 0; c < orbital_components; ++c) {
        values[f * orbital_components + c] += weight * near[c];
      }
    }
  }
}

}  // namespace markhor
