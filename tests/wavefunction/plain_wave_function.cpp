#include "wavefunction/plain_wave_function.hpp"

#include <cmath>
#include <numeric>
#include <stdexcept>

#include "wavefunction/cusp_correction.hpp"
#include "wavefunction/three_body_terms.hpp"

namespace markhor::testing {

namespace {

double distance(const double* a, const double* b) {
  return std::sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]) +
                   (a[2] - b[2]) * (a[2] - b[2]));
}

// S_lm for m = -l ... l at index l + m.
std::vector<double> racah_harmonics(int l, double x, double y, double z) {
  const double r2 = x * x + y * y + z * z;
  std::vector<std::vector<double>> s(static_cast<std::size_t>(l) + 2);
  s[0] = {1.0};
  const auto at = [&](int degree, int m) {
    return std::abs(m) > degree || degree < 0
               ? 0.0
               : s[static_cast<std::size_t>(degree)][static_cast<std::size_t>(degree + m)];
  };
  for (int d = 0; d < l; ++d) {
    const double delta = d == 0 ? 1.0 : 0.0,
                 n = std::sqrt(std::pow(2.0, delta) * (2.0 * d + 1.0) / (2.0 * d + 2.0));
    std::vector<double> next(static_cast<std::size_t>(2 * d + 3));
    next.back() = n * (x * at(d, d) - (1.0 - delta) * y * at(d, -d));
    next.front() = n * (y * at(d, d) + (1.0 - delta) * x * at(d, -d));
    for (int m = -d; m <= d; ++m) {
      next[static_cast<std::size_t>(d + 1 + m)] =
          ((2.0 * d + 1.0) * z * at(d, m) -
           std::sqrt(double((d + m) * (d - m))) * r2 * at(d - 1, m)) /
          std::sqrt(double((d + m + 1) * (d - m + 1)));
    }
    s[static_cast<std::size_t>(d + 1)] = next;
  }
  return s[static_cast<std::size_t>(l)];
}

std::vector<double> angular(const Shell& shell, double x, double y, double z) {
  if (shell.angular_momentum == 1) return {x, y, z};
  if (!shell.cartesian) return racah_harmonics(shell.angular_momentum, x, y, z);
  std::vector<double> values;
  for (int a = shell.angular_momentum; a >= 0; --a) {
    for (int b = shell.angular_momentum - a; b >= 0; --b) {
      values.push_back(std::pow(x, a) * std::pow(y, b) *
                       std::pow(z, shell.angular_momentum - a - b));
    }
  }
  return values;
}

double radial(const Shell& shell, double r) {
  double sum = 0.0;
  for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
    sum += shell.coefficients[p] *
           (shell.is_slater() ? std::pow(r, shell.powers[p]) * std::exp(-shell.exponents[p] * r)
                              : std::exp(-shell.exponents[p] * r * r));
  }
  return sum;
}

double radial_jastrow(const RadialJastrow& f, double first, double r) {
  const double scaled = r / (1.0 + f.kappa * r);
  double sum = first * scaled / (1.0 + f.pade * scaled);
  for (std::size_t p = 0; p < f.polynomial.size(); ++p) {
    sum += f.polynomial[p] * std::pow(scaled, double(p + 2));
  }
  RadialJastrow with_first = f;
  with_first.first = first;
  return sum - with_first.at_infinity();
}

double plain_electron_electron(const TrialWaveFunction& trial, const std::vector<double>& r) {
  const int n = trial.molecule.electrons(), up = trial.molecule.up_electrons();
  double sum = 0.0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      const double cusp = (i < up) == (j < up) ? 0.25 : 0.5;
      sum += radial_jastrow(trial.jastrow.electron_electron, cusp,
                            distance(&r[3 * std::size_t(i)], &r[3 * std::size_t(j)]));
    }
  }
  return sum;
}

double plain_parallel(const TrialWaveFunction& trial, const std::vector<double>& r) {
  const int n = trial.molecule.electrons(), up = trial.molecule.up_electrons();
  double sum = 0.0;
  for (int i = 0; i < n; ++i) {
    for (int j = i < up ? 0 : up; j < i; ++j) {
      sum += radial_jastrow(trial.jastrow.parallel, 0.0,
                            distance(&r[3 * std::size_t(i)], &r[3 * std::size_t(j)]));
    }
  }
  return sum;
}

double plain_electron_nucleus(const TrialWaveFunction& trial, const std::vector<double>& r) {
  double sum = 0.0;
  for (std::size_t i = 0; i < r.size(); i += 3) {
    for (std::size_t a = 0; a < trial.molecule.atoms.size(); ++a) {
      const RadialJastrow& f = trial.jastrow.electron_nucleus[a];
      sum += radial_jastrow(f, f.first, distance(&r[i], trial.molecule.atoms[a].position.data()));
    }
  }
  return sum;
}

double plain_three_body(const TrialWaveFunction& trial, const ThreeBodyJastrow& jastrow,
                        bool parallel_only, const std::vector<double>& r) {
  const std::size_t up = 3 * std::size_t(trial.molecule.up_electrons());
  const std::vector<ThreeBodyTerm> terms = three_body_terms(jastrow.order);
  const auto scaled = [&](double d) { return 1.0 / (1.0 + jastrow.kappa * d); };
  double sum = 0.0;
  for (std::size_t a = 0; a < trial.molecule.atoms.size(); ++a) {
    const double* center = trial.molecule.atoms[a].position.data();
    for (std::size_t i = 0; i < r.size(); i += 3) {
      for (std::size_t j = 0; j < i; j += 3) {
        if (parallel_only && (i < up) != (j < up)) continue;
        const double u = scaled(distance(&r[i], &r[j]));
        const double x = scaled(distance(&r[i], center)), y = scaled(distance(&r[j], center));
        for (std::size_t t = 0; t < terms.size(); ++t) {
          sum += jastrow.coefficients[a][static_cast<Eigen::Index>(t)] * std::pow(u, terms[t].k) *
                 (std::pow(x, terms[t].l) + std::pow(y, terms[t].l)) * std::pow(x * y, terms[t].m);
        }
      }
    }
  }
  return sum;
}

}  // namespace

std::vector<double> plain_basis(const TrialWaveFunction& trial, const double* r) {
  std::vector<double> values;
  for (const Shell& shell : trial.basis.shells) {
    const auto& center = trial.molecule.atoms[static_cast<std::size_t>(shell.atom)].position;
    const double f = radial(shell, distance(r, center.data()));
    for (const double y : angular(shell, r[0] - center[0], r[1] - center[1], r[2] - center[2])) {
      values.push_back(f * y);
    }
  }
  return values;
}

namespace {

// The s part of an orbital about one nucleus, at distance d.
double s_part(const TrialWaveFunction& trial, const Eigen::VectorXd& coefficients, int atom,
              double d) {
  double sum = 0.0;
  Eigen::Index row = 0;
  for (const Shell& shell : trial.basis.shells) {
    if (shell.atom == atom && shell.angular_momentum == 0) {
      sum += coefficients[row] * radial(shell, d);
    }
    row += shell.size();
  }
  return sum;
}

CuspCurve curve_of(const TrialWaveFunction& trial, int atom) {
  for (const Shell& shell : trial.basis.shells) {
    if (shell.atom == atom && shell.angular_momentum == 0 && shell.is_slater()) {
      return CuspCurve::flat;
    }
  }
  return CuspCurve::screened;
}

double sum_of_basis(const Eigen::VectorXd& coefficients, const std::vector<double>& basis) {
  double sum = 0.0;
  for (std::size_t m = 0; m < basis.size(); ++m) {
    sum += coefficients[static_cast<Eigen::Index>(m)] * basis[m];
  }
  return sum;
}

}  // namespace

std::vector<double> plain_orbitals(const TrialWaveFunction& trial,
                                   const Eigen::MatrixXd& coefficients, const double* r) {
  const std::vector<double> basis = plain_basis(trial, r);
  std::vector<double> values;
  for (Eigen::Index k = 0; k < coefficients.cols(); ++k) {
    const Eigen::VectorXd c = coefficients.col(k);
    double value = sum_of_basis(c, basis);
    for (std::size_t a = 0; a < trial.cusp_radii.size(); ++a) {
      const double* nucleus = trial.molecule.atoms[a].position.data();
      const double d = distance(r, nucleus), radius = trial.cusp_radii[a];
      if (d >= radius) continue;
      const auto s = [&](double x) { return s_part(trial, c, static_cast<int>(a), x); };
      const double eta = sum_of_basis(c, plain_basis(trial, nucleus)) - s(0.0);
      constexpr double h = 1e-3;
      const double m2 = s(radius - 2 * h), m1 = s(radius - h), zero = s(radius), p1 = s(radius + h),
                   p2 = s(radius + 2 * h);
      const double charge = trial.molecule.atoms[a].atomic_number;
      const CuspPolynomial p =
          make_cusp(charge, radius, curve_of(trial, static_cast<int>(a)))
              .polynomial({zero, (m2 - 8 * m1 + 8 * p1 - p2) / (12 * h),
                           (-m2 + 16 * m1 - 30 * zero + 16 * p1 - p2) / (12 * h * h), eta});
      double sum = 0.0;
      for (int n = 0; n < cusp_powers; ++n) sum += p[n] * std::pow(d, n);
      value += sum * std::exp(-charge * d) - s(d);
    }
    values.push_back(value);
  }
  return values;
}

double PlainWaveFunction::determinant(const Eigen::MatrixXd& orbitals,
                                      const std::vector<int>& occupied,
                                      const double* positions) const {
  const auto n = static_cast<Eigen::Index>(occupied.size());
  if (n == 0) return 1.0;
  const Eigen::MatrixXd used = orbitals(Eigen::all, occupied);
  Eigen::MatrixXd matrix(n, n);
  for (Eigen::Index j = 0; j < n; ++j) {
    const auto values = plain_orbitals(trial_, used, positions + 3 * j);
    for (Eigen::Index k = 0; k < n; ++k) matrix(j, k) = values[static_cast<std::size_t>(k)];
  }
  return matrix.fullPivLu().determinant();
}

PlainValue PlainWaveFunction::factor(const std::string& name,
                                     const std::vector<double>& positions) const {
  if (name == "slater") {
    const int up = trial_.molecule.up_electrons(), down = trial_.molecule.down_electrons();
    const double* below = positions.data() + 3 * up;
    double sum = 0.0;
    if (trial_.expansion.csfs.empty()) {
      std::vector<int> first(static_cast<std::size_t>(up)), second(static_cast<std::size_t>(down));
      std::iota(first.begin(), first.end(), 0);
      std::iota(second.begin(), second.end(), 0);
      sum =
          determinant(trial_.up, first, positions.data()) * determinant(trial_.down, second, below);
    }
    for (const Csf& csf : trial_.expansion.csfs) {
      for (const CsfTerm& term : csf.terms) {
        const Determinant& d =
            trial_.expansion.determinants[static_cast<std::size_t>(term.determinant)];
        sum += csf.coefficient * term.weight * determinant(trial_.up, d.up, positions.data()) *
               determinant(trial_.down, d.down, below);
      }
    }
    return {std::log(std::abs(sum)), sum < 0.0 ? -1.0 : 1.0};
  }
  if (name == "ee") return {plain_electron_electron(trial_, positions), 1.0};
  if (name == "ee_parallel") return {plain_parallel(trial_, positions), 1.0};
  if (name == "en") return {plain_electron_nucleus(trial_, positions), 1.0};
  if (name == "een") {
    return {plain_three_body(trial_, trial_.jastrow.three_body, false, positions), 1.0};
  }
  if (name == "een_parallel") {
    return {plain_three_body(trial_, trial_.jastrow.parallel_three_body, true, positions), 1.0};
  }
  throw std::logic_error("the plain wave function has no factor '" + name +
                         "': write its slow version here");
}

}  // namespace markhor::testing
