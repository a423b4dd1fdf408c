#include "wavefunction/jastrow_three_body.hpp"

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

// A scaled distance s = 1/(1 + kappa r) and what its derivatives need.
struct ScaledDistance {
  Lanes d[3];              // difference vector
  Lanes inverse_r, s;
  Lanes slope;             // s'/r, so that grad s = slope d
};

[[gnu::always_inline]] inline ScaledDistance scaled_distance(const Lanes a[3], const Lanes b[3],
                                                             double kappa) {
  ScaledDistance result;
  for (int k = 0; k < 3; ++k) result.d[k] = a[k] - b[k];
  const auto& d = result.d;
  const Lanes r2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2] + Lanes(1e-30);
  result.inverse_r = reciprocal_square_root(r2);
  result.s = Lanes(1.0) / (Lanes(1.0) + Lanes(kappa) * r2 * result.inverse_r);
  result.slope = Lanes(-kappa) * result.s * result.s * result.inverse_r;
  return result;
}

// g and its derivatives in u and x for one electron pair and nucleus.
struct PairPolynomial {
  Lanes g, gu, gx, guu, gux, gxx;
};

// Horner in u inside Horner in x. table: T_pk for p = 0 ... order, k = 0 ... highest k of p.
template <bool with_second>
[[gnu::always_inline]] inline PairPolynomial evaluate_pair(const Lanes* table, int order,
                                                           int table_size, const Lanes& u,
                                                           const Lanes& x) {
  PairPolynomial f{Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0), Lanes(0.0)};
  const Lanes* t = table + table_size;
  for (int p = order; p >= 0; --p) {
    const int count = p == 0 ? order : order - p + 1;
    Lanes a(0.0), a1(0.0), a2(0.0);
    for (int k = 0; k < count; ++k) {
      --t;
      if constexpr (with_second) a2 = a2 * u + a1;
      a1 = a1 * u + a;
      a = a * u + *t;
    }
    if constexpr (with_second) {
      f.gxx = f.gxx * x + f.gx;
      f.gux = f.gux * x + f.gu;
      f.guu = f.guu * x + (a2 + a2);
    }
    f.gx = f.gx * x + f.g;
    f.gu = f.gu * x + a1;
    f.g = f.g * x + a;
  }
  if constexpr (with_second) f.gxx = f.gxx + f.gxx;
  return f;
}

}  // namespace

ElectronElectronNucleusJastrow::ElectronElectronNucleusJastrow(const Molecule& molecule,
                                                               const ThreeBodyJastrow& jastrow)
    : kappa_(jastrow.kappa), order_(jastrow.order), electrons_(molecule.electrons()) {
  for (int p = 0; p <= order_; ++p) table_size_ += highest_k(p) + 1;
  for (std::size_t a = 0; a < molecule.atoms.size(); ++a) {
    const auto& r = molecule.atoms[a].position;
    const DenseCoefficients dense = expand(order_, jastrow.coefficients[a]);
    Nucleus nucleus{r[0], r[1], r[2], {}};
    for (int p = 0; p <= order_; ++p) {
      for (int k = 0; k <= highest_k(p); ++k) {
        for (int q = order_ - p - k; q >= 0; --q) nucleus.d.push_back(dense.d[p][k][q]);
      }
    }
    nuclei_.push_back(std::move(nucleus));
  }
}

// Scratch: the moved electron's value at its accepted position.
FactorStorage ElectronElectronNucleusJastrow::storage() const {
  return {static_cast<std::size_t>(electrons_) * nuclei_.size() *
              static_cast<std::size_t>(table_size_),
          1};
}

void ElectronElectronNucleusJastrow::contract(const Nucleus& nucleus, const Lanes position[3],
                                              Lanes* table) const {
  const Lanes center[3] = {Lanes(nucleus.x), Lanes(nucleus.y), Lanes(nucleus.z)};
  const Lanes x = scaled_distance(position, center, kappa_).s;
  const double* d = nucleus.d.data();
  for (int p = 0; p <= order_; ++p) {
    for (int k = 0; k <= highest_k(p); ++k) {
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

template <bool with_laplacian>
ElectronElectronNucleusJastrow::Row ElectronElectronNucleusJastrow::row(
    const TileView& tile, int electron, const Lanes position[3]) const {
  Row result{Lanes(0.0), {Lanes(0.0), Lanes(0.0), Lanes(0.0)}, Lanes(0.0)};
  const std::size_t electron_stride = nuclei_.size() * static_cast<std::size_t>(table_size_);
  for (std::size_t a = 0; a < nuclei_.size(); ++a) {
    const Nucleus& nucleus = nuclei_[a];
    const Lanes center[3] = {Lanes(nucleus.x), Lanes(nucleus.y), Lanes(nucleus.z)};
    const ScaledDistance x = scaled_distance(position, center, kappa_);
    Lanes gx(0.0), gxx(0.0), mixed(0.0);
    const Lanes* table = tile.state + a * static_cast<std::size_t>(table_size_);
    for (int j = 0; j < electrons_; ++j, table += electron_stride) {
      if (j == electron) continue;
      const ScaledDistance u = scaled_distance(position, tile.positions + 3 * j, kappa_);
      const auto f = evaluate_pair<with_laplacian>(table, order_, table_size_, u.s, x.s);
      result.value += f.g;
      gx += f.gx;
      const Lanes g = f.gu * u.slope;
      for (int k = 0; k < 3; ++k) result.gradient[k] += g * u.d[k];
      if constexpr (with_laplacian) {
        // s' = -kappa s^2, s'' = 2 kappa^2 s^3; u'' + 2 u'/r and (u')^2.
        const Lanes s2 = u.s * u.s, k2s3 = Lanes(kappa_ * kappa_) * s2 * u.s;
        result.laplacian += f.guu * k2s3 * u.s + f.gu * (k2s3 + k2s3 + u.slope + u.slope);
        gxx += f.gxx;
        mixed += f.gux * u.slope * (u.d[0] * x.d[0] + u.d[1] * x.d[1] + u.d[2] * x.d[2]);
      }
    }
    const Lanes g = gx * x.slope;
    for (int k = 0; k < 3; ++k) result.gradient[k] += g * x.d[k];
    if constexpr (with_laplacian) {
      const Lanes s2 = x.s * x.s, k2s3 = Lanes(kappa_ * kappa_) * s2 * x.s;
      result.laplacian += gxx * k2s3 * x.s + gx * (k2s3 + k2s3 + x.slope + x.slope) +
                          (mixed + mixed) * x.slope;
    }
  }
  return result;
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
  constexpr int largest_table = 36;  // order 7
  Lanes fresh[largest_table];
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

}  // namespace markhor
