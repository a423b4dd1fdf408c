#include "plain_determinants.hpp"

#include <cmath>
#include <utility>

namespace markhor {

namespace {

struct Ladder {
  std::size_t orbital = 0;
  bool creates = false;
};

// Operators act from the right one to the left; returns the sign, 0 if the result vanishes.
int act(const std::vector<Ladder>& operators, PlainDeterminant& d) {
  int sign = 1;
  for (auto it = operators.rbegin(); it != operators.rend(); ++it) {
    if (d[it->orbital] == it->creates) return 0;
    for (std::size_t k = 0; k < it->orbital; ++k) {
      if (d[k]) sign = -sign;
    }
    d[it->orbital] = it->creates;
  }
  return sign;
}

void add(PlainVector& sum, const PlainVector& vector, double factor,
         const std::vector<Ladder>& operators) {
  for (const auto& [determinant, value] : vector) {
    PlainDeterminant moved = determinant;
    const int sign = act(operators, moved);
    if (sign != 0) sum[moved] += sign * factor * value;
  }
}

PlainDeterminant plain_determinant(const Determinant& determinant, int core, int active) {
  PlainDeterminant result(static_cast<std::size_t>(2 * active), false);
  for (const int p : determinant.up) {
    if (p >= core) result[static_cast<std::size_t>(p - core)] = true;
  }
  for (const int p : determinant.down) {
    if (p >= core) result[static_cast<std::size_t>(active + p - core)] = true;
  }
  return result;
}

}  // namespace

PlainVector plain_csf(const DeterminantExpansion& expansion, std::size_t csf, int core,
                      int active) {
  PlainVector result;
  for (const CsfTerm& term : expansion.csfs[csf].terms) {
    const Determinant& d = expansion.determinants[static_cast<std::size_t>(term.determinant)];
    result[plain_determinant(d, core, active)] += term.weight;
  }
  return result;
}

PlainVector plain_vector(const DeterminantExpansion& expansion, int core, int active) {
  PlainVector result;
  for (std::size_t k = 0; k < expansion.csfs.size(); ++k) {
    for (const auto& [d, weight] : plain_csf(expansion, k, core, active)) {
      result[d] += expansion.csfs[k].coefficient * weight;
    }
  }
  return result;
}

double dot(const PlainVector& a, const PlainVector& b) {
  double sum = 0.0;
  for (const auto& [determinant, value] : a) {
    const auto found = b.find(determinant);
    if (found != b.end()) sum += value * found->second;
  }
  return sum;
}

PlainVector spin_squared_times(const PlainVector& vector, int active) {
  const auto n = static_cast<std::size_t>(active);
  PlainVector result;
  double ms = 0.0;
  for (std::size_t k = 0; k < 2 * n; ++k) {
    if (vector.begin()->first[k]) ms += k < n ? 0.5 : -0.5;
  }
  for (const auto& [determinant, value] : vector) result[determinant] = ms * (ms + 1.0) * value;
  for (std::size_t p = 0; p < n; ++p) {
    for (std::size_t q = 0; q < n; ++q) {
      add(result, vector, 1.0, {{n + p, true}, {p, false}, {q, true}, {n + q, false}});
    }
  }
  return result;
}

PlainVector hamiltonian_times(const PlainVector& vector, const ActiveIntegrals& integrals) {
  const int n = integrals.orbitals();
  PlainVector result;
  const auto spin_orbital = [n](int p, int spin) { return static_cast<std::size_t>(p + spin * n); };
  for (int p = 0; p < n; ++p) {
    for (int q = 0; q < n; ++q) {
      for (int s = 0; s < 2; ++s) {
        add(result, vector, integrals.one_electron(p, q),
            {{spin_orbital(p, s), true}, {spin_orbital(q, s), false}});
      }
      for (int k = 0; k < n * n; ++k) {
        const int r = k / n, t = k % n;
        const double half = 0.5 * integrals.repulsion(p, q, r, t);
        if (std::abs(half) < 1e-15) continue;
        for (int spins = 0; spins < 4; ++spins) {
          const int s1 = spins / 2, s2 = spins % 2;
          add(result, vector, half,
              {{spin_orbital(p, s1), true},
               {spin_orbital(r, s2), true},
               {spin_orbital(t, s2), false},
               {spin_orbital(q, s1), false}});
        }
      }
    }
  }
  return result;
}

}  // namespace markhor
