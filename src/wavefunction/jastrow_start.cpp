#include "wavefunction/jastrow_start.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <cmath>
#include <utility>

#include "wavefunction/three_body_terms.hpp"

namespace markhor {

namespace {

constexpr double pi = 3.14159265358979323846;

constexpr std::size_t polynomial_powers = 4;  // b_2 ... b_5 of each radial function

// One Slater shell: electrons in r^(n* - 1) exp(-zeta r).
struct SlaterShell {
  double electrons = 0.0, exponent = 0.0, n = 1.0;
};

struct ShellGroup {
  int n, capacity;
  bool d_or_f;
};

// Groups in Slater's order; (ns, np) count as one.
constexpr ShellGroup groups[] = {{1, 2, false}, {2, 8, false}, {3, 8, false}, {3, 10, true},
                                 {4, 8, false}, {4, 10, true}, {4, 14, true}, {5, 8, false},
                                 {5, 10, true}, {5, 14, true}, {6, 8, false}, {6, 10, true},
                                 {7, 8, false}};
// Filling order (Madelung) as indices into groups; s and p of a shell fill as one group.
constexpr int filling[] = {0, 1, 2, 4, 3, 7, 5, 10, 6, 8, 12, 9, 11};

// Effective charge of one electron in group g (Slater1930): 0.35 per group mate (0.30 for 1s),
// 0.85 per electron one shell in and 1 further in for s and p; 1 for everything inside d and f.
double effective_charge(int charge, int g, const double (&occupation)[13]) {
  double screening = (g == 0 ? 0.30 : 0.35) * (occupation[g] - 1.0);
  for (int inner = 0; inner < g; ++inner) {
    const bool one_shell_in = groups[inner].n == groups[g].n - 1 && !groups[g].d_or_f;
    screening += (one_shell_in ? 0.85 : 1.0) * occupation[inner];
  }
  return std::max(charge - screening, 0.5);
}

std::vector<SlaterShell> slater_atom(int charge) {
  constexpr double effective_n[] = {0.0, 1.0, 2.0, 3.0, 3.7, 4.0, 4.2, 4.3};
  double occupation[13] = {};
  int left = charge;
  for (const int g : filling) {
    const int take = std::min(left, groups[g].capacity);
    occupation[g] = take;
    left -= take;
  }
  std::vector<SlaterShell> shells;
  for (int g = 0; g < 13; ++g) {
    if (occupation[g] == 0.0) continue;
    const double n = effective_n[groups[g].n];
    shells.push_back({occupation[g], effective_charge(charge, g, occupation) / n, n});
  }
  return shells;
}

// 4 pi r^2 rho(r), from normalized shells.
double radial_density(const std::vector<SlaterShell>& shells, double r) {
  double sum = 0.0;
  for (const auto& [electrons, exponent, n] : shells) {
    sum += electrons * std::pow(2.0 * exponent, 2.0 * n + 1.0) / std::tgamma(2.0 * n + 1.0) *
           std::pow(r, 2.0 * n) * std::exp(-2.0 * exponent * r);
  }
  return sum;
}

// Average of u over a sphere of radius s seen from distance r: (1/2rs) int_|r-s|^(r+s) u(t) t dt.
double sphere_average(const RadialJastrow& u, double r, double s) {
  const double low = std::abs(r - s), high = r + s;
  constexpr int points = 8;
  double sum = 0.0;
  for (int i = 0; i < points; ++i) {
    const double t = low + (high - low) * (i + 0.5) / points;
    const double scaled = t / (1.0 + u.kappa * t);
    sum +=
        t * u.first * (scaled / (1.0 + u.pade * scaled) - 1.0 / u.kappa / (1.0 + u.pade / u.kappa));
  }
  return sum * (high - low) / points / (2.0 * r * s);
}

RadialJastrow electron_nucleus_function(int charge, const RadialJastrow& pair, double kappa) {
  // Half of the neighbours have the cusp 1/2, half (nearly) 1/4: the average is three quarters
  // of the unlike one.
  RadialJastrow average = pair;
  average.first = 0.375;
  const std::vector<SlaterShell> shells = slater_atom(charge);
  RadialJastrow result;
  result.kappa = kappa;
  constexpr int points = 80, powers = static_cast<int>(polynomial_powers);
  // Radii crowd at the nucleus: r = x^2 L.
  const double reach = 12.0;
  std::vector<double> radii, weights;
  for (int i = 0; i < points; ++i) {
    const double x = (i + 0.5) / points;
    radii.push_back(reach * x * x);
    weights.push_back(2.0 * reach * x / points);
  }
  Eigen::MatrixXd design(points, powers);
  Eigen::VectorXd target(points);
  for (int i = 0; i < points; ++i) {
    const double r = radii[static_cast<std::size_t>(i)];
    double mean_field = 0.0;
    for (int j = 0; j < points; ++j) {
      const auto k = static_cast<std::size_t>(j);
      mean_field +=
          weights[k] * radial_density(shells, radii[k]) * sphere_average(average, r, radii[k]);
    }
    const double scaled = r / (1.0 + kappa * r), limit = 1.0 / kappa;
    const double weight = std::sqrt(weights[static_cast<std::size_t>(i)] *
                                    (radial_density(shells, r) + 1e-3 * std::exp(-r)));
    target[i] = -weight * mean_field * (charge - 1.0) / charge;
    for (int p = 0; p < powers; ++p) {
      design(i, p) = weight * (std::pow(scaled, p + 2) - std::pow(limit, p + 2));
    }
  }
  const Eigen::VectorXd fit = design.colPivHouseholderQr().solve(target);
  result.polynomial.assign(fit.data(), fit.data() + powers);
  return result;
}

}  // namespace

JastrowParameters starting_jastrow(const Molecule& molecule, const WaveFunctionOptions& options) {
  JastrowParameters start;
  start.electron_electron.kappa = 1.0;
  start.electron_electron.first = 0.5;
  for (const Atom& atom : molecule.atoms) {
    RadialJastrow function;
    if (options.jastrow_start == JastrowStart::mean_field) {
      function = electron_nucleus_function(atom.atomic_number, start.electron_electron, 1.0);
    } else {
      function.polynomial.assign(polynomial_powers, 0.0);
    }
    start.electron_nucleus.push_back(std::move(function));
  }
  start.electron_electron.polynomial.assign(polynomial_powers, 0.0);
  start.parallel.polynomial.assign(polynomial_powers, 0.0);
  start.three_body.order = options.three_body_order;
  const auto terms = static_cast<Eigen::Index>(three_body_terms(start.three_body.order).size());
  start.three_body.coefficients.assign(molecule.atoms.size(), Eigen::VectorXd::Zero(terms));
  start.parallel_three_body = start.three_body;
  return start;
}

}  // namespace markhor
