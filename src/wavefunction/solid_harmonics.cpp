#include "wavefunction/solid_harmonics.hpp"

#include <cmath>
#include <cstdlib>

namespace markhor {

namespace {

double factorial(int n) { return n < 2 ? 1.0 : n * factorial(n - 1); }

double binomial(int n, int k) {
  return k < 0 || k > n ? 0.0 : factorial(n) / (factorial(k) * factorial(n - k));
}

// Sums over t, u, v of Helgaker's eq. 6.4.47; w = 2v runs over even (m >= 0) or odd (m < 0)
// integers, which keeps half-integer v out of the code.
Polynomial solid_harmonic(int l, int m) {
  const int a = std::abs(m);
  const double norm = std::sqrt(2.0 * factorial(l + a) * factorial(l - a) / (m == 0 ? 2.0 : 1.0)) /
                      (std::pow(2.0, a) * factorial(l));
  Polynomial result;
  for (int t = 0; 2 * t <= l - a; ++t) {
    for (int u = 0; u <= t; ++u) {
      for (int w = m < 0 ? 1 : 0; w <= a; w += 2) {
        const double sign = (t + w / 2) % 2 == 0 ? 1.0 : -1.0;
        const double c = sign * std::pow(0.25, t) * binomial(l, t) * binomial(l - t, a + t) *
                         binomial(t, u) * binomial(a, w);
        result.push_back({norm * c, 2 * t + a - 2 * u - w, 2 * u + w, l - 2 * t - a});
      }
    }
  }
  return result;
}

Polynomial merged(const Polynomial& terms) {
  Polynomial result;
  for (const PolynomialTerm& term : terms) {
    bool found = false;
    for (PolynomialTerm& other : result) {
      if (other.x == term.x && other.y == term.y && other.z == term.z) {
        other.coefficient += term.coefficient;
        found = true;
      }
    }
    if (!found) result.push_back(term);
  }
  return result;
}

}  // namespace

std::vector<Polynomial> shell_polynomials(int l, bool cartesian) {
  std::vector<Polynomial> result;
  if (cartesian || l <= 1) {
    for (int x = l; x >= 0; --x) {
      for (int y = l - x; y >= 0; --y) result.push_back({{1.0, x, y, l - x - y}});
    }
    return result;
  }
  for (int m = -l; m <= l; ++m) result.push_back(merged(solid_harmonic(l, m)));
  return result;
}

Polynomial derivative(const Polynomial& polynomial, int direction) {
  Polynomial result;
  for (PolynomialTerm term : polynomial) {
    int& power = direction == 0 ? term.x : direction == 1 ? term.y : term.z;
    if (power == 0) continue;
    term.coefficient *= power;
    --power;
    result.push_back(term);
  }
  return result;
}

int monomial_index(int b, int c) { return (b + c) * (b + c + 1) / 2 + c; }

}  // namespace markhor
