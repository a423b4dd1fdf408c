#include "meanfield/slater_expansion.hpp"

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <utility>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

// Coefficients of Legendre polynomials for the logarithms of the exponents over k = -1 ... 1.
using Shape = std::array<double, 4>;

VectorXd exponents_of(const Shape& shape, int count) {
  VectorXd exponents(count);
  for (int k = 0; k < count; ++k) {
    const double t = 2.0 * k / (count - 1.0) - 1.0;
    exponents[k] = std::exp(shape[0] + shape[1] * t + shape[2] * (1.5 * t * t - 0.5) +
                            shape[3] * (2.5 * t * t * t - 1.5 * t));
  }
  return exponents;
}

// 1 / sqrt(integral of r^(2 l + 2) exp(-2 a r^2)).
double gaussian_norm(int l, double a) {
  return std::sqrt(2.0 * std::pow(2.0 * a, l + 1.5) / std::tgamma(l + 1.5));
}

// 1 / sqrt(integral of r^(2 n) exp(-2 zeta r)).
double slater_norm(int n, double zeta) {
  return std::sqrt(std::pow(2.0 * zeta, 2 * n + 1) / std::tgamma(2 * n + 1.0));
}

struct Fit {
  VectorXd coefficients;
  double error = 0.0;
};

// The linear half of the problem: the best coefficients for given exponents.
class SlaterFit {
 public:
  // (T + 1/2) f = ((l (l + 1) - n (n - 1)) / (2 r^2) + n / r) f for f = r^(n-1) exp(-r).
  // Overlaps with it are sums over ln r in equal steps, which converge exponentially.
  SlaterFit(int n, int l) : l_(l) {
    const double centrifugal = 0.5 * (l * (l + 1) - n * (n - 1));
    constexpr double first = -14.0, last = 5.0, step = 0.125;
    const auto points = static_cast<Index>((last - first) / step) + 1;
    r_squared_.resize(points);
    target_.resize(points);
    for (Index i = 0; i < points; ++i) {
      const double r = std::exp(first + step * static_cast<double>(i));
      r_squared_[i] = r * r;
      target_[i] = step * std::pow(r, l + 3) * slater_norm(n, 1.0) * std::pow(r, n - 1) *
                   std::exp(-r) * (centrifugal / (r * r) + n / r);
    }
    norm_ = 1.0 + 2.0 * centrifugal / (n * (2.0 * n - 1.0));
  }

  MatrixXd overlap(const VectorXd& a) const {
    return MatrixXd::NullaryExpr(a.size(), a.size(), [&](Index i, Index j) {
      return std::pow(2.0 * std::sqrt(a[i] * a[j]) / (a[i] + a[j]), l_ + 1.5);
    });
  }

  Fit solve(const VectorXd& a) const {
    const MatrixXd s = overlap(a);
    const MatrixXd metric = MatrixXd::NullaryExpr(a.size(), a.size(), [&](Index i, Index j) {
      return s(i, j) * (0.5 + (2.0 * l_ + 3.0) * a[i] * a[j] / (a[i] + a[j]));
    });
    VectorXd right(a.size());
    for (Index k = 0; k < a.size(); ++k) {
      right[k] = gaussian_norm(l_, a[k]) * (-a[k] * r_squared_.array()).exp().matrix().dot(target_);
    }
    Fit fit;
    fit.coefficients = metric.ldlt().solve(right);
    fit.error = norm_ - right.dot(fit.coefficients);
    return fit;
  }

 private:
  int l_ = 0;
  VectorXd r_squared_, target_;
  double norm_ = 0.0;  // <f|T + 1/2|f>
};

// J. A. Nelder, R. Mead, Comput. J. 7, 308 (1965). Four parameters of a smooth function whose
// gradient would be longer than the search.
Shape minimize(const std::function<double(const Shape&)>& function, const Shape& start) {
  constexpr double first_step = 0.2;
  constexpr int max_steps = 300;
  constexpr double spread = 1e-3;  // relative, of the values: the minimum is flat
  using Vertex = std::pair<double, Shape>;
  const auto at = [&](const Shape& base, const Shape& towards, double factor) {
    Shape point;
    for (std::size_t k = 0; k < point.size(); ++k) {
      point[k] = base[k] + factor * (towards[k] - base[k]);
    }
    return Vertex{function(point), point};
  };
  std::vector<Vertex> simplex = {{function(start), start}};
  for (std::size_t k = 0; k < start.size(); ++k) {
    Shape point = start;
    point[k] += first_step;
    simplex.push_back({function(point), point});
  }
  for (int step = 0; step < max_steps; ++step) {
    std::sort(simplex.begin(), simplex.end());
    if (simplex.back().first - simplex.front().first < spread * std::abs(simplex.front().first)) {
      break;
    }
    Shape center{};
    for (std::size_t v = 0; v + 1 < simplex.size(); ++v) {
      for (std::size_t k = 0; k < center.size(); ++k) {
        center[k] += simplex[v].second[k] / static_cast<double>(start.size());
      }
    }
    Vertex& worst = simplex.back();
    const Vertex reflected = at(center, worst.second, -1.0);
    if (reflected < simplex.front()) {
      worst = std::min(reflected, at(center, worst.second, -2.0));
    } else if (reflected < simplex[simplex.size() - 2]) {
      worst = reflected;
    } else if (const Vertex inner = at(center, worst.second, 0.5); inner < worst) {
      worst = inner;
    } else {
      for (std::size_t v = 1; v < simplex.size(); ++v) {
        simplex[v] = at(simplex[0].second, simplex[v].second, 0.5);
      }
    }
  }
  return std::min_element(simplex.begin(), simplex.end())->second;
}

// Expansions that were asked for, by n, l and number of Gaussians: shells share them.
class ExpansionTable {
 public:
  explicit ExpansionTable(const SlaterExpansionOptions& options) : options_(options) {}

  const SlaterExpansion& get(int n, int l, double zeta) {
    const double allowed = l > 1 ? options_.error_beyond_p : options_.error;
    for (int count = options_.fewest;; ++count) {
      const SlaterExpansion& expansion = get(n, l, count);
      if (count >= options_.most || zeta * zeta * expansion.error <= allowed) return expansion;
    }
  }

 private:
  const SlaterExpansion& get(int n, int l, int count) {
    const std::array<int, 3> key = {n, l, count};
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    return known_[key] = expand_slater(n, l, count);
  }

  SlaterExpansionOptions options_;
  std::map<std::array<int, 3>, SlaterExpansion> known_;
};

// The best expansion in given Gaussians.
SlaterExpansion fit_slater(int n, int l, const VectorXd& exponents) {
  const SlaterFit problem(n, l);
  const Fit fit = problem.solve(exponents);
  const double norm = fit.coefficients.dot(problem.overlap(exponents) * fit.coefficients);
  const VectorXd coefficients = fit.coefficients / std::sqrt(norm);
  return {
      {exponents.begin(), exponents.end()}, {coefficients.begin(), coefficients.end()}, fit.error};
}

int principal_number(const Shell& shell, std::size_t p) {
  return shell.powers[p] + 1 + shell.angular_momentum;
}

using AtomAndL = std::pair<int, int>;

// What the Slater functions of an atom and l need.
struct ExponentRange {
  int functions = 0;
  double lowest = INFINITY, highest = 0.0, largest_zeta = 0.0;
};

// A factor of 2 from one exponent to the next where functions have their bulk; the ones that make
// the cusp of the steepest may stand ever farther apart.
VectorXd exponent_row(const ExponentRange& range) {
  constexpr double ratio = 2.0, growth = 1.1;
  const double bulk = 2.0 * range.largest_zeta * range.largest_zeta;
  // An equal ratio wants a smaller end than the cubic, whose ratios fall towards it.
  std::vector<double> row = {0.7 * range.lowest};
  for (double step = ratio; row.back() < range.highest;) {
    if (row.back() > bulk) step *= growth;
    row.push_back(row.back() * step);
  }
  return Eigen::Map<const VectorXd>(row.data(), std::ssize(row));
}

// Three Slater functions or more of an atom and l are expanded in common exponents: integrals over
// them are then computed once for all (ShellQuartets), which saves far more than the larger number
// of exponents costs.
std::map<AtomAndL, VectorXd> common_exponents(const BasisSet& basis, ExpansionTable& table) {
  constexpr int enough = 3;
  std::map<AtomAndL, ExponentRange> ranges;
  for (const Shell& shell : basis.shells) {
    if (!shell.is_slater()) continue;
    const int l = shell.angular_momentum;
    ExponentRange& range = ranges[{shell.atom, l}];
    for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
      const double zeta = shell.exponents[p];
      const SlaterExpansion& expansion = table.get(principal_number(shell, p), l, zeta);
      ++range.functions;
      range.lowest = std::min(range.lowest, zeta * zeta * expansion.exponents.front());
      range.highest = std::max(range.highest, zeta * zeta * expansion.exponents.back());
      range.largest_zeta = std::max(range.largest_zeta, zeta);
    }
  }
  std::map<AtomAndL, VectorXd> result;
  for (const auto& [key, range] : ranges) {
    if (range.functions >= enough) result[key] = exponent_row(range);
  }
  return result;
}

// Adds one term of a Slater shell to the Gaussian shell. The radial functions R of both kinds carry
// the same r^l and angular norm; only their ratio counts.
void append_expansion(const SlaterExpansion& expansion, int n, int l, double zeta,
                      double coefficient, Shell& shell) {
  const double factor = coefficient / slater_norm(n, zeta);
  for (std::size_t k = 0; k < expansion.exponents.size(); ++k) {
    const double a = expansion.exponents[k] * zeta * zeta;
    shell.exponents.push_back(a);
    shell.coefficients.push_back(factor * expansion.coefficients[k] * gaussian_norm(l, a));
  }
}

Shell own_expansion(const Shell& shell, ExpansionTable& table) {
  Shell gaussian{shell.atom, shell.angular_momentum, shell.cartesian, {}, {}, {}};
  for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
    const int n = principal_number(shell, p), l = shell.angular_momentum;
    const double zeta = shell.exponents[p];
    append_expansion(table.get(n, l, zeta), n, l, zeta, shell.coefficients[p], gaussian);
  }
  return gaussian;
}

Shell common_expansion(const Shell& shell, const VectorXd& exponents) {
  Shell gaussian{shell.atom, shell.angular_momentum, shell.cartesian, {}, {}, {}};
  gaussian.exponents.assign(exponents.begin(), exponents.end());
  gaussian.coefficients.assign(gaussian.exponents.size(), 0.0);
  for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
    const int n = principal_number(shell, p), l = shell.angular_momentum;
    const double zeta = shell.exponents[p];
    Shell term;
    append_expansion(fit_slater(n, l, exponents / (zeta * zeta)), n, l, zeta, shell.coefficients[p],
                     term);
    for (std::size_t k = 0; k < term.coefficients.size(); ++k) {
      gaussian.coefficients[k] += term.coefficients[k];
    }
  }
  return gaussian;
}

}  // namespace

SlaterExpansion expand_slater(int n, int l, int gaussians) {
  const SlaterFit problem(n, l);
  // <r^2> of a Gaussian and of the Slater function agree where the exponents have their middle; a
  // factor of about 2 from one to the next.
  const Shape start = {std::log((2.0 * l + 3.0) / ((n + 1.0) * (2.0 * n + 1.0))) + 0.25 * gaussians,
                       0.3 * gaussians, 0.5, 0.1};
  const auto error = [&](const Shape& trial) {
    return problem.solve(exponents_of(trial, gaussians)).error;
  };
  // A second search from a fresh simplex: the first one may have collapsed in a curved valley.
  const Shape shape = minimize(error, minimize(error, start));
  return fit_slater(n, l, exponents_of(shape, gaussians));
}

BasisSet gaussian_basis(const BasisSet& basis, const SlaterExpansionOptions& options) {
  ExpansionTable table(options);
  const std::map<AtomAndL, VectorXd> common = common_exponents(basis, table);
  BasisSet result;
  result.name = basis.name;
  for (const Shell& shell : basis.shells) {
    if (!shell.is_slater()) {
      result.shells.push_back(shell);
      continue;
    }
    const auto exponents = common.find({shell.atom, shell.angular_momentum});
    result.shells.push_back(exponents == common.end() ? own_expansion(shell, table)
                                                      : common_expansion(shell, exponents->second));
  }
  return result;
}

bool has_slater_shells(const BasisSet& basis) {
  return std::any_of(basis.shells.begin(), basis.shells.end(),
                     [](const Shell& shell) { return shell.is_slater(); });
}

}  // namespace markhor
