#include "wavefunction/jastrow_three_body.hpp"

#include <algorithm>

#include "core/lane_math.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor {

namespace {

constexpr int most_powers = 8;  // order 7

// D[p][k][q] of one nucleus, symmetric in p and q.
struct DenseCoefficients {
  double d[most_powers][most_powers][most_powers] = {};
};

DenseCoefficients expand(int order, const Eigen::VectorXd& coefficients) {
  DenseCoefficients dense;
  const std::vector<ThreeBodyTerm> terms = three_body_terms(order);
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const auto [k, l, m] = terms[t];
    const double c = coefficients[static_cast<Eigen::Index>(t)];
    dense.d[l + m][k][m] += c;
    dense.d[m][k][l + m] += c;
  }
  return dense;
}

// Powers of u that go with x^p: k = 0 ... order - p, but k < order.
constexpr int count_k(int order, int p) { return p == 0 ? order : order - p + 1; }

constexpr int count_table(int order) {
  int count = 0;
  for (int p = 0; p <= order; ++p) count += count_k(order, p);
  return count;
}

// A scaled distance s = 1/(1 + kappa r) and what its derivatives need.
struct ScaledDistance {
  Lanes d[3];  // difference vector
  Lanes s;
  Lanes slope;  // s'/r, so that grad s = slope d
};

[[gnu::always_inline]] inline ScaledDistance scaled_distance(const Lanes a[3], const Lanes b[3],
                                                             double kappa) {
  ScaledDistance result;
  for (int k = 0; k < 3; ++k) result.d[k] = a[k] - b[k];
  const auto& d = result.d;
  const Lanes r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + Lanes(1e-30);
  const Lanes inverse_r = reciprocal_square_root(r2);
  result.s = Lanes(1.0) / (Lanes(1.0) + Lanes(kappa) * r2 * inverse_r);
  result.slope = Lanes(-kappa) * result.s * result.s * inverse_r;
  return result;
}

// g and its derivatives in u and x for one electron pair and nucleus.
struct PairPolynomial {
  Lanes g, gu, gx, guu, gux, gxx;
};

// T_p(u) = sum_k T_pk u^k by Horner's rule, its first and half its second derivative.
template <int count, bool with_second>
[[gnu::always_inline]] inline void evaluate_in_u(const Lanes* t, const Lanes& u, Lanes& a,
                                                 Lanes& a1, Lanes& a2) {
  a = t[count - 1];
  a1 = a2 = Lanes(0.0);
  if constexpr (count > 1) {
#pragma GCC unroll 8
    for (int k = count - 2; k >= 0; --k) {
      if constexpr (with_second) a2 = a2 * u + a1;
      a1 = a1 * u + a;
      a = a * u + t[k];
    }
  }
}

// Horner in x over p = order ... 0, unrolled by recursion. table: T_pk for p = 0 ... order, all k.
template <int order, int p, bool with_second>
[[gnu::always_inline]] inline void evaluate_in_x(const Lanes* end, const Lanes& u, const Lanes& x,
                                                 PairPolynomial& f) {
  constexpr int count = count_k(order, p);
  Lanes a, a1, a2;
  evaluate_in_u<count, with_second>(end - count, u, a, a1, a2);
  if constexpr (with_second) {
    f.gxx = f.gxx * x + f.gx;
    f.gux = f.gux * x + f.gu;
    f.guu = f.guu * x + (a2 + a2);
  }
  f.gx = f.gx * x + f.g;
  f.gu = f.gu * x + a1;
  f.g = f.g * x + a;
  if constexpr (p > 0) evaluate_in_x<order, p - 1, with_second>(end - count, u, x, f);
}

template <int order, bool with_second>
[[gnu::always_inline]] inline PairPolynomial evaluate_pair(const Lanes* table, const Lanes& u,
                                                           const Lanes& x) {
  PairPolynomial f{Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  evaluate_in_x<order, order, with_second>(table + count_table(order), u, x, f);
  if constexpr (with_second) f.gxx = f.gxx + f.gxx;
  return f;
}

}  // namespace

ElectronElectronNucleusJastrow::ElectronElectronNucleusJastrow(const Molecule& molecule,
                                                               const ThreeBodyJastrow& jastrow,
                                                               ElectronPairs pairs,
                                                               const std::vector<int>& classes)
    : kappa_(jastrow.kappa),
      order_(jastrow.order),
      up_(molecule.up_electrons()),
      electrons_(molecule.electrons()),
      table_size_(count_table(jastrow.order)),
      pairs_(pairs),
      classes_(classes) {
  for (const int c : classes_)
    class_count_ = std::max(class_count_, static_cast<std::size_t>(c) + 1);
  if (!classes_.empty()) {
    cusp_basis_ = three_body_cusp_basis(order_);
    power_groups_ = group_powers(three_body_terms(order_));
  }
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    const auto& r = molecule.atoms[a].position;
    const DenseCoefficients dense = expand(order_, jastrow.coefficients[a]);
    Nucleus nucleus{r[0], r[1], r[2], {}};
    for (int p = 0; p <= order_; ++p) {
      for (int k = 0; k < count_k(order_, p); ++k) {
        for (int q = order_ - p - k; q >= 0; --q) nucleus.d.push_back(dense.d[p][k][q]);
      }
    }
    nuclei_.push_back(std::move(nucleus));
  }
}

// Scratch: the moved electron's value at its accepted position, then its scaled distances to the
// nuclei (difference vector, x, slope) and the nuclei's running sums of g_x, g_xx and the mixed
// term. Or every term's value and energy derivative of every class.
FactorStorage ElectronElectronNucleusJastrow::storage() const {
  return {
      static_cast<std::size_t>(electrons_) * nuclei_.size() * static_cast<std::size_t>(table_size_),
      std::max(1 + 8 * nuclei_.size(),
               2 * class_count_ * static_cast<std::size_t>(cusp_basis_.rows()))};
}

void ElectronElectronNucleusJastrow::contract(const Nucleus& nucleus, const Lanes position[3],
                                              Lanes* table) const {
  const Lanes center[3] = {Lanes(nucleus.x), Lanes(nucleus.y), Lanes(nucleus.z)};
  const Lanes x = scaled_distance(position, center, kappa_).s;
  const double* d = nucleus.d.data();
  for (int p = 0; p <= order_; ++p) {
    for (int k = 0; k < count_k(order_, p); ++k) {
      Lanes sum(0.0);
      for (int q = order_ - p - k; q >= 0; --q) sum = sum * x + Lanes(*d++);
      *table++ = sum;
    }
  }
}

double ElectronElectronNucleusJastrow::rebuild(const TileView& tile) const {
  Lanes* table = tile.state;
  for (int e = 0; e < electrons_; ++e) {
    for (const Nucleus& nucleus : nuclei_) {
      contract(nucleus, tile.positions + 3 * e, table);
      table += table_size_;
    }
  }
  return 0.0;  // the tables are functions of the positions alone: nothing accumulates
}

template <int order, bool with_laplacian>
ElectronElectronNucleusJastrow::Row ElectronElectronNucleusJastrow::row_of_order(
    const TileView& tile, int electron, const Lanes position[3]) const {
  struct NucleusSums {
    ScaledDistance x;
    Lanes gx, gxx, mixed;
  };
  static_assert(sizeof(NucleusSums) == 8 * sizeof(Lanes));
  auto* const sums = reinterpret_cast<NucleusSums*>(tile.scratch + 1);
  const std::size_t nuclei = nuclei_.size();
  for (std::size_t a = 0; a < nuclei; ++a) {
    const Lanes center[3] = {Lanes(nuclei_[a].x), Lanes(nuclei_[a].y), Lanes(nuclei_[a].z)};
    sums[a] = {scaled_distance(position, center, kappa_), Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  }
  Row result{Lanes(0.0), {Lanes(0.0), Lanes(0.0), Lanes(0.0)}, Lanes(0.0)};
  const Lanes* table = tile.state;
  for (int j = 0; j < electrons_; ++j) {
    if (j == electron || !counts(electron, j)) {
      table += nuclei * static_cast<std::size_t>(count_table(order));
      continue;
    }
    const ScaledDistance u = scaled_distance(position, tile.positions + 3 * j, kappa_);
    Lanes gu(0.0), guu(0.0);
    for (std::size_t a = 0; a < nuclei; ++a, table += count_table(order)) {
      NucleusSums& sum = sums[a];
      const auto f = evaluate_pair<order, with_laplacian>(table, u.s, sum.x.s);
      result.value += f.g;
      gu += f.gu;
      sum.gx += f.gx;
      if constexpr (with_laplacian) {
        guu += f.guu;
        sum.gxx += f.gxx;
        const auto& d = sum.x.d;
        sum.mixed += f.gux * u.slope * (u.d[0] * d[0] + u.d[1] * d[1] + u.d[2] * d[2]);
      }
    }
    const Lanes g = gu * u.slope;
    for (int k = 0; k < 3; ++k) result.gradient[k] += g * u.d[k];
    if constexpr (with_laplacian) {
      // s' = -kappa s^2 and s'' = 2 kappa^2 s^3: (u')^2 = kappa^2 s^4, u'' + 2 u'/r.
      const Lanes k2s3 = Lanes(kappa_ * kappa_) * u.s * u.s * u.s;
      result.laplacian += guu * k2s3 * u.s + gu * (k2s3 + k2s3 + u.slope + u.slope);
    }
  }
  for (std::size_t a = 0; a < nuclei; ++a) {
    const NucleusSums& sum = sums[a];
    const Lanes g = sum.gx * sum.x.slope;
    for (int k = 0; k < 3; ++k) result.gradient[k] += g * sum.x.d[k];
    if constexpr (with_laplacian) {
      const Lanes s = sum.x.s, k2s3 = Lanes(kappa_ * kappa_) * s * s * s;
      result.laplacian += sum.gxx * k2s3 * s + sum.gx * (k2s3 + k2s3 + sum.x.slope + sum.x.slope) +
                          (sum.mixed + sum.mixed) * sum.x.slope;
    }
  }
  return result;
}

template <bool with_laplacian>
ElectronElectronNucleusJastrow::Row ElectronElectronNucleusJastrow::row(
    const TileView& tile, int electron, const Lanes position[3]) const {
  switch (order_) {
    case 2:
      return row_of_order<2, with_laplacian>(tile, electron, position);
    case 3:
      return row_of_order<3, with_laplacian>(tile, electron, position);
    case 4:
      return row_of_order<4, with_laplacian>(tile, electron, position);
    case 5:
      return row_of_order<5, with_laplacian>(tile, electron, position);
    case 6:
      return row_of_order<6, with_laplacian>(tile, electron, position);
    default:
      return row_of_order<7, with_laplacian>(tile, electron, position);
  }
}

void ElectronElectronNucleusJastrow::log_value(const TileView& tile, LogValue& value) const {
  Lanes twice(0.0);
  for (int e = 0; e < electrons_; ++e) twice += row<false>(tile, e, tile.positions + 3 * e).value;
  value.logarithm += Lanes(0.5) * twice;
}

void ElectronElectronNucleusJastrow::start_move(const TileView& tile, int electron,
                                                Lanes gradient[3]) const {
  const Row old = row<false>(tile, electron, tile.positions + 3 * electron);
  for (int k = 0; k < 3; ++k) gradient[k] += old.gradient[k];
  tile.scratch[0] = old.value;
}

void ElectronElectronNucleusJastrow::propose(const TileView& tile, int electron,
                                             const Lanes position[3], MoveProposal& move) const {
  const Row fresh = row<false>(tile, electron, position);
  for (int k = 0; k < 3; ++k) move.gradient[k] += fresh.gradient[k];
  move.log_ratio += fresh.value - tile.scratch[0];
}

void ElectronElectronNucleusJastrow::finish_move(const TileView& tile, int electron,
                                                 const Lanes position[3],
                                                 const LaneMask& accepted) const {
  Lanes fresh[count_table(most_powers - 1)];
  Lanes* table = tile.state + static_cast<std::size_t>(electron) * nuclei_.size() *
                                  static_cast<std::size_t>(table_size_);
  for (const Nucleus& nucleus : nuclei_) {
    contract(nucleus, position, fresh);
    for (int i = 0; i < table_size_; ++i, ++table) *table = select(accepted, fresh[i], *table);
  }
}

void ElectronElectronNucleusJastrow::derivatives(const TileView& tile, Lanes* gradient,
                                                 Lanes* laplacian) const {
  for (int e = 0; e < electrons_; ++e) {
    const Row all = row<true>(tile, e, tile.positions + 3 * e);
    for (int k = 0; k < 3; ++k) gradient[3 * e + k] += all.gradient[k];
    laplacian[e] += all.laplacian;
  }
}

std::vector<ElectronElectronNucleusJastrow::PowerGroup>
ElectronElectronNucleusJastrow::group_powers(const std::vector<ThreeBodyTerm>& terms) {
  std::vector<PowerGroup> groups;
  for (std::size_t t = 0; t < terms.size(); ++t) {
    const auto [k, l, m] = terms[t];
    auto group = std::find_if(groups.begin(), groups.end(),
                              [&, p = l + m, q = m](auto& g) { return g.p == p && g.q == q; });
    if (group == groups.end()) group = groups.insert(groups.end(), {l + m, m, {}});
    group->terms.push_back({k, t});
  }
  return groups;
}

namespace {

// Powers of a scaled distance s and what -1/2 lap - g . grad makes of them; the derivative of s^n
// by its own argument is slope[n] = n s^(n-1).
struct Powers {
  Lanes value[most_powers], slope[most_powers], energy[most_powers];
};

// first and second weigh d/ds and d2/ds2 in the local energy's derivative.
[[gnu::always_inline]] inline void fill_powers(int order, const Lanes& s, const Lanes& first,
                                               const Lanes& second, Powers& powers) {
  powers.value[0] = Lanes(1.0);
  powers.slope[0] = powers.energy[0] = Lanes(0.0);
  for (int n = 1; n <= order; ++n) {
    powers.value[n] = powers.value[n - 1] * s;
    powers.slope[n] = Lanes(n) * powers.value[n - 1];
    powers.energy[n] = first * powers.slope[n] + second * Lanes(n) * powers.slope[n - 1];
  }
}

[[gnu::always_inline]] inline Lanes dot(const Lanes a[3], const Lanes b[3]) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

}  // namespace

// With f = u^k x_i^p x_j^q, -1/2 (lap_i + lap_j) f - g_i . grad_i f - g_j . grad_j f is a sum of
// f_u, f_uu, f_x, f_xx (each distance's own powers, fill_powers) and, because u and x_i both move
// with electron i, of -f_ux grad_i u . grad_i x_i.
void ElectronElectronNucleusJastrow::add_term_derivatives(const TileView& tile, const Lanes* g,
                                                          int i, int j, const Nucleus& nucleus,
                                                          Lanes* value, Lanes* energy) const {
  const Lanes center[3] = {Lanes(nucleus.x), Lanes(nucleus.y), Lanes(nucleus.z)};
  const Lanes *ri = tile.positions + 3 * i, *rj = tile.positions + 3 * j;
  const Lanes *gi = g + 3 * i, *gj = g + 3 * j;
  const ScaledDistance u = scaled_distance(ri, rj, kappa_),
                       xi = scaled_distance(ri, center, kappa_),
                       xj = scaled_distance(rj, center, kappa_);
  const Lanes relative[3] = {gi[0] - gj[0], gi[1] - gj[1], gi[2] - gj[2]};
  // s'' + 2 s'/r and (s')^2, times -1/2 for each electron that moves the distance.
  const auto weigh = [&](const ScaledDistance& s, const Lanes* drift, double electrons,
                         Powers& powers) {
    const Lanes k2s3 = Lanes(kappa_ * kappa_) * s.s * s.s * s.s, half(-0.5 * electrons);
    fill_powers(order_, s.s, half * (k2s3 + k2s3 + s.slope + s.slope) - s.slope * dot(drift, s.d),
                half * k2s3 * s.s, powers);
  };
  Powers pu, pi, pj;
  weigh(u, relative, 2.0, pu);
  weigh(xi, gi, 1.0, pi);
  weigh(xj, gj, 1.0, pj);
  const Lanes mixed_i = -(u.slope * xi.slope * dot(u.d, xi.d));
  const Lanes mixed_j = u.slope * xj.slope * dot(u.d, xj.d);  // grad_j u = -slope d
  for (const PowerGroup& group : power_groups_) {
    const int p = group.p, q = group.q;
    const auto symmetric = [&](const Lanes* a, const Lanes* b) {
      return a[p] * b[q] + a[q] * b[p];
    };
    const Lanes product = symmetric(pi.value, pj.value);
    const Lanes one_body = symmetric(pi.energy, pj.value) + symmetric(pi.value, pj.energy);
    const Lanes mixed =
        mixed_i * symmetric(pi.slope, pj.value) + mixed_j * symmetric(pi.value, pj.slope);
    for (const auto& term : group.terms) {
      value[term.index] += pu.value[term.k] * product;
      energy[term.index] +=
          pu.energy[term.k] * product + pu.value[term.k] * one_body + pu.slope[term.k] * mixed;
    }
  }
}

void ElectronElectronNucleusJastrow::parameter_derivatives(const TileView& tile, const Lanes* g,
                                                           Lanes* log_derivative,
                                                           Lanes* energy_derivative) const {
  const auto terms = static_cast<std::size_t>(cusp_basis_.rows());
  Lanes* const values = tile.scratch;
  Lanes* const energies = tile.scratch + class_count_ * terms;
  for (std::size_t t = 0; t < 2 * class_count_ * terms; ++t) values[t] = Lanes(0.0);
  for (std::size_t a = 0; a < classes_.size(); ++a) {
    const std::size_t first = static_cast<std::size_t>(classes_[a]) * terms;
    for (int i = 0; i < electrons_; ++i) {
      for (int j = 0; j < i; ++j) {
        if (!counts(i, j)) continue;
        add_term_derivatives(tile, g, i, j, nuclei_[a], values + first, energies + first);
      }
    }
  }
  for (std::size_t c = 0; c < class_count_; ++c) {
    for (Eigen::Index p = 0; p < cusp_basis_.cols(); ++p) {
      Lanes value(0.0), energy(0.0);
      for (Eigen::Index t = 0; t < cusp_basis_.rows(); ++t) {
        const Lanes weight(cusp_basis_(t, p));
        value += weight * values[c * terms + static_cast<std::size_t>(t)];
        energy += weight * energies[c * terms + static_cast<std::size_t>(t)];
      }
      *log_derivative++ = value;
      *energy_derivative++ = energy;
    }
  }
}

}  // namespace markhor
