#include "meanfield/stored_repulsion.hpp"

#include <algorithm>
#include <utility>

#include "meanfield/threads.hpp"

namespace markhor {

namespace {

// Shell quartets with a smaller Schwarz bound are not computed, Hartree.
constexpr double quartet_threshold = 1e-13;

std::size_t triangle(std::size_t i) { return i * (i + 1) / 2; }

double dot(const double* __restrict a, const double* __restrict b, std::size_t count) {
  double sum = 0.0;
#pragma omp simd reduction(+ : sum)
  for (std::size_t l = 0; l < count; ++l) sum += a[l] * b[l];
  return sum;
}

// The four ways an integral (ij|kl) enters the exchange matrix of a symmetric density,
//     K_il += (ij|kl) D_jk,  K_jl += (ij|kl) D_ik,  K_ik += (ij|kl) D_jl,  K_jk += (ij|kl) D_il,
// for all l at once.
struct ExchangeRows {
  const double* density_i;
  const double* density_j;
  double* exchange_i;
  double* exchange_j;
};

void add_exchange(const double* __restrict v, std::size_t count, std::size_t k,
                  const ExchangeRows& rows) {
  const double* __restrict di = rows.density_i;
  const double* __restrict dj = rows.density_j;
  double* __restrict ki = rows.exchange_i;
  double* __restrict kj = rows.exchange_j;
  const double d_ik = di[k], d_jk = dj[k];
  double k_ik = 0.0, k_jk = 0.0;
#pragma omp simd reduction(+ : k_ik, k_jk)
  for (std::size_t l = 0; l < count; ++l) {
    ki[l] += d_jk * v[l];
    kj[l] += d_ik * v[l];
    k_ik += v[l] * dj[l];
    k_jk += v[l] * di[l];
  }
  ki[k] += k_ik;
  kj[k] += k_jk;
}

// The same for i = j, where the rows of i and j are one and may not be written as two.
void add_exchange_diagonal(const double* __restrict v, std::size_t count, std::size_t k,
                           const double* __restrict di, double* __restrict ki) {
  const double d_ik = 2.0 * di[k];
  double k_ik = 0.0;
#pragma omp simd reduction(+ : k_ik)
  for (std::size_t l = 0; l < count; ++l) {
    ki[l] += d_ik * v[l];
    k_ik += v[l] * di[l];
  }
  ki[k] += 2.0 * k_ik;
}

}  // namespace

// Every integral is written by one thread only.
StoredRepulsion::StoredRepulsion(const ShellQuartets& quartets, int threads)
    : functions_(quartets.functions()) {
  const std::size_t pairs = triangle(static_cast<std::size_t>(functions_));
  integrals_.assign(triangle(pairs), 0.0);
  run_in_threads(threads, [&](int thread) {
    ShellQuartets own(quartets);
    int pair = 0;
    for (int a = 0; a < own.shells(); ++a) {
      for (int b = 0; b <= a; ++b) {
        if (pair++ % threads == thread) store_pair(own, a, b);
      }
    }
  });
  scale_coincident();
}

// All quartets (ab|cd) that are not stored as (cd|ab).
void StoredRepulsion::store_pair(ShellQuartets& quartets, int a, int b) {
  for (int c = 0; c <= a; ++c) {
    for (int d = 0; d <= (c == a ? b : c); ++d) {
      if (quartets.bound(a, b) * quartets.bound(c, d) < quartet_threshold) continue;
      const double* block = quartets.compute(a, b, c, d);
      if (block != nullptr) store_quartet(quartets, {a, b, c, d}, block);
    }
  }
}

void StoredRepulsion::store_quartet(const ShellQuartets& quartets, const std::array<int, 4>& shells,
                                    const double* block) {
  std::array<std::size_t, 4> first{}, size{};
  for (std::size_t s = 0; s < 4; ++s) {
    first[s] = static_cast<std::size_t>(quartets.first_function(shells[s]));
    size[s] = static_cast<std::size_t>(quartets.size(shells[s]));
  }
  for (std::size_t i = first[0]; i < first[0] + size[0]; ++i) {
    for (std::size_t j = first[1]; j < first[1] + size[1]; ++j, block += size[2] * size[3]) {
      if (j > i) continue;
      const std::size_t p = triangle(i) + j;
      const double* v = block;
      for (std::size_t k = first[2]; k < first[2] + size[2]; ++k) {
        for (std::size_t l = first[3]; l < first[3] + size[3]; ++l, ++v) {
          if (l > k) continue;
          // Within one shell pair, or two that share their first shell, either pair of functions
          // may be the larger one.
          const std::size_t q = triangle(k) + l;
          integrals_[q <= p ? triangle(p) + q : triangle(q) + p] = *v;
        }
      }
    }
  }
}

void StoredRepulsion::scale_coincident() {
  const auto n = static_cast<std::size_t>(functions_);
  double* row = integrals_.data();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const std::size_t p = triangle(i) + j;
      for (std::size_t k = 0; k < i; ++k) row[triangle(k) + k] *= 0.5;
      if (i == j) {
        row[p] *= 0.5;  // k = l = i
        for (std::size_t q = 0; q <= p; ++q) row[q] *= 0.5;
      }
      row[p] *= 0.5;
      row += p + 1;
    }
  }
}

CoulombExchange StoredRepulsion::build(const Eigen::MatrixXd& density) const {
  const auto n = static_cast<std::size_t>(functions_);
  std::vector<double> packed_density, coulomb(triangle(n), 0.0);
  for (Eigen::Index i = 0; i < density.rows(); ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) packed_density.push_back(density(i, j));
  }
  Eigen::MatrixXd exchange = Eigen::MatrixXd::Zero(functions_, functions_);
  // Column major, and symmetric in the end: column i serves as row i.
  const auto column = [n](auto* data, std::size_t i) { return data + i * n; };

  const double* row = integrals_.data();
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      const std::size_t p = triangle(i) + j;
      const double d_p = packed_density[p];
      coulomb[p] += dot(row, packed_density.data(), p + 1);
      double* __restrict c = coulomb.data();
#pragma omp simd
      for (std::size_t q = 0; q <= p; ++q) c[q] += d_p * row[q];

      const ExchangeRows rows{column(density.data(), i), column(density.data(), j),
                              column(exchange.data(), i), column(exchange.data(), j)};
      for (std::size_t k = 0; k <= i; ++k) {
        const std::size_t count = k < i ? k + 1 : j + 1;
        if (i == j) {
          add_exchange_diagonal(row + triangle(k), count, k, rows.density_i, rows.exchange_i);
        } else {
          add_exchange(row + triangle(k), count, k, rows);
        }
      }
      row += p + 1;
    }
  }

  CoulombExchange result;
  result.exchange = exchange + exchange.transpose();
  result.coulomb.resize(functions_, functions_);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      // Every stored integral stands for eight, of which the two with i, j (or k, l) exchanged
      // fall on the transposed element.
      const double value = (i == j ? 4.0 : 2.0) * coulomb[triangle(i) + j];
      const auto r = static_cast<Eigen::Index>(i), s = static_cast<Eigen::Index>(j);
      result.coulomb(r, s) = result.coulomb(s, r) = value;
    }
  }
  return result;
}

std::vector<CoulombExchange> StoredRepulsion::build(const std::vector<Eigen::MatrixXd>& densities) {
  std::vector<CoulombExchange> results;
  for (const Eigen::MatrixXd& density : densities) results.push_back(build(density));
  return results;
}

}  // namespace markhor
