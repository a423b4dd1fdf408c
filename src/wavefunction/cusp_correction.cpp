#include "wavefunction/cusp_correction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wavefunction/orbital_set.hpp"

namespace markhor {

namespace {

// The common curve of good all-electron orbitals without its constant, in units of Z^2
// (Ma2005 eq. 16 and the numbers below it), as a function of r in units of 1/Z.
double ideal_curve(double x) {
  constexpr double beta[] = {3.25819, -15.0126, 33.7308, -42.8705, 31.2276, -12.1316, 1.94692};
  double sum = 0.0, power = x * x;
  for (const double b : beta) {
    sum += b * power;
    power *= x;
  }
  return sum;
}

using PowerRow = Eigen::Matrix<double, 1, cusp_powers>;

// Rows over the p_n: the polynomial and its derivatives at r.
PowerRow power_row(double r, int derivative) {
  PowerRow row = PowerRow::Zero();
  for (int n = derivative; n < cusp_powers; ++n) {
    double factor = 1.0;
    for (int d = 0; d < derivative; ++d) factor *= n - d;
    row[n] = factor * std::pow(r, n - derivative);
  }
  return row;
}

// What the least squares see at one radius: coefficients of the p_n and of eta in
// h - W (P + eta e^{Zr}), h = -P''/2 + Z P' - (P' + Z eta e^{Zr})/r. With p_1 = -Z eta the
// singular parts of the last bracket cancel: its -p_1/r is left out and (e^{Zr} - 1)/r remains.
struct Residual {
  PowerRow powers;
  double eta;
};
Residual residual_at(double r, double charge, CuspCurve shape) {
  const double curve = shape == CuspCurve::flat ? 0.0 : charge * charge * ideal_curve(charge * r);
  const double e = std::exp(charge * r);
  PowerRow slope = power_row(r, 1) / r;
  slope[1] = 0.0;
  return {-0.5 * power_row(r, 2) + charge * power_row(r, 1) - slope - curve * power_row(r, 0),
          -charge * (e - 1.0) / r - curve * e};
}

}  // namespace

// Equality-constrained least squares: minimize |A p + a eta|^2 subject to C p = d.
NuclearCusp make_cusp(double charge, double radius, CuspCurve curve) {
  constexpr int points = 40, constraints = 4;
  Eigen::Matrix<double, points, cusp_powers> design;
  Eigen::Matrix<double, points, 1> eta, weight;
  for (int i = 0; i < points; ++i) {
    const double r = radius * (i + 0.5) / points;
    const Residual residual = residual_at(r, charge, curve);
    design.row(i) = residual.powers;
    eta[i] = residual.eta;
    weight[i] = r * r;
  }
  weight /= weight.sum();
  // Spread about the weighted mean, each point with its share of the volume.
  const Eigen::RowVectorXd mean = weight.transpose() * design;
  design.rowwise() -= mean;
  eta.array() -= weight.dot(eta);
  const auto root = weight.cwiseSqrt().asDiagonal();
  // Unknowns in units of radius^-n: the system is then of one magnitude.
  PowerRow scale;
  for (int n = 0; n < cusp_powers; ++n) scale[n] = std::pow(radius, -n);
  const Eigen::Matrix<double, points, cusp_powers> a = root * design * scale.asDiagonal();
  const double unit = a.squaredNorm();
  Eigen::Matrix<double, constraints, cusp_powers> c;
  c << power_row(radius, 0), power_row(radius, 1), power_row(radius, 2), PowerRow::Unit(1);
  c = c * scale.asDiagonal();
  // P, P', P'' at r_c from phi_s there, and p_1.
  Eigen::Matrix4d right = Eigen::Matrix4d::Zero();
  const double e = std::exp(charge * radius);
  right.row(0) << e, 0.0, 0.0, 0.0;
  right.row(1) << e * charge, e, 0.0, 0.0;
  right.row(2) << e * charge * charge, 2.0 * e * charge, e, 0.0;
  right(3, 3) = -charge;
  constexpr int size = cusp_powers + constraints;
  Eigen::Matrix<double, size, size> system = Eigen::Matrix<double, size, size>::Zero();
  system.topLeftCorner<cusp_powers, cusp_powers>() = a.transpose() * a / unit;
  system.topRightCorner<cusp_powers, constraints>() = c.transpose();
  system.bottomLeftCorner<constraints, cusp_powers>() = c;
  Eigen::Matrix<double, size, 4> rhs = Eigen::Matrix<double, size, 4>::Zero();
  rhs.col(3).head<cusp_powers>() = -(a.transpose() * (root * eta)) / unit;
  rhs.bottomRows<constraints>() = right;
  NuclearCusp cusp{charge, radius, {}};
  cusp.map = scale.asDiagonal() * system.fullPivLu().solve(rhs).topRows<cusp_powers>();
  return cusp;
}

namespace {

struct RadialValue {
  double value = 0.0, first = 0.0, second = 0.0;
};

// The s-type functions of one nucleus contracted with one orbital's coefficients.
struct SPart {
  std::vector<double> exponents, coefficients;

  RadialValue at(double r) const {
    RadialValue v;
    for (std::size_t i = 0; i < exponents.size(); ++i) {
      const double a = exponents[i], f = coefficients[i] * std::exp(-a * r * r);
      v.value += f;
      v.first += -2.0 * a * r * f;
      v.second += (4.0 * a * a * r * r - 2.0 * a) * f;
    }
    return v;
  }
};

RadialValue at(const CuspPolynomial& p, double charge, double r) {
  const double p0 = power_row(r, 0).dot(p), p1 = power_row(r, 1).dot(p),
               p2 = power_row(r, 2).dot(p), e = std::exp(-charge * r);
  return {e * p0, e * (p1 - charge * p0), e * (p2 - 2.0 * charge * p1 + charge * charge * p0)};
}

// What the correction of one orbital at one nucleus needs to know.
struct Problem {
  double charge = 0.0;
  double eta = 0.0;  // value at the nucleus of everything but the s part
  SPart s;
};

// -1/2 (f'' + 2 f'/r)/f - Z_eff/r, with Z_eff = Z (1 + eta/f(0)) (Ma2005 eq. 15).
double local_energy(const RadialValue& f, double r, double value_at_zero, const Problem& problem) {
  const double effective_charge = problem.charge * (1.0 + problem.eta / value_at_zero);
  return -0.5 * (f.second + 2.0 * f.first / r) / f.value - effective_charge / r;
}

// Probability-weighted variance, over 0 < r < 1/Z, of the deviation of the local energy from the
// ideal curve; the correction holds inside the radius, the Gaussians outside.
double deviation(const Problem& problem, const NuclearCusp& cusp) {
  constexpr int points = 60;
  const RadialValue edge = problem.s.at(cusp.radius);
  const CuspPolynomial p = cusp.polynomial({edge.value, edge.first, edge.second, problem.eta});
  const double step = 1.0 / (problem.charge * points);
  double weight = 0.0, mean = 0.0, square = 0.0;
  for (int i = 0; i < points; ++i) {
    const double r = (i + 0.5) * step;
    const RadialValue f = r < cusp.radius ? at(p, problem.charge, r) : problem.s.at(r);
    const double ideal = problem.charge * problem.charge * ideal_curve(problem.charge * r);
    const double d = local_energy(f, r, p[0], problem) - ideal;
    const double w = r * r * f.value * f.value;
    weight += w;
    mean += w * d;
    square += w * d * d;
  }
  return square - mean * mean / weight;
}

Problem make_problem(int atom, const Molecule& molecule, const BasisSet& basis,
                     const Eigen::VectorXd& coefficients, double value_at_nucleus) {
  Problem problem;
  problem.charge = molecule.atoms[static_cast<std::size_t>(atom)].atomic_number;
  Eigen::Index row = 0;
  for (const Shell& shell : basis.shells) {
    if (shell.atom == atom && shell.angular_momentum == 0) {
      for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
        problem.s.exponents.push_back(shell.exponents[p]);
        problem.s.coefficients.push_back(shell.coefficients[p] * coefficients[row]);
      }
    }
    row += shell.size();
  }
  problem.eta = value_at_nucleus - problem.s.at(0.0).value;
  return problem;
}

// An orbital with a node at the nucleus by symmetry has an s part of rounding size only.
bool vanishes(const Problem& problem) { return std::abs(problem.s.at(0.0).value) < 1e-7; }

// Slater functions are nearly right already: the radius is one within which screening hardly bends
// the local energy, in units of 1/Z.
constexpr double slater_radius = 0.5;

bool has_slater_s(int atom, const BasisSet& basis) {
  for (const Shell& shell : basis.shells) {
    if (shell.atom == atom && shell.angular_momentum == 0 && shell.is_slater()) return true;
  }
  return false;
}

// The smallest of the radii 0.2/Z ... 1/Z that is as good as the best: a tenth of the deviation
// (plus 0.002 Z Hartree^2, invisible beside the variance of any Jastrow-Slater wave function) is no
// gain.
double choose_radius(const std::vector<Problem>& problems) {
  const double charge = problems.front().charge;
  std::vector<double> deviations;
  double best = std::numeric_limits<double>::infinity();
  const auto radius = [&](std::size_t i) { return 0.05 * static_cast<double>(i + 4) / charge; };
  for (std::size_t i = 0; i <= 16; ++i) {
    const NuclearCusp cusp = make_cusp(charge, radius(i), CuspCurve::screened);
    double sum = 0.0;
    for (const Problem& problem : problems) {
      if (!vanishes(problem)) sum += deviation(problem, cusp);
    }
    deviations.push_back(sum);
    if (std::isfinite(sum)) best = std::min(best, sum);
  }
  for (std::size_t i = 0; i < deviations.size(); ++i) {
    if (deviations[i] <= 1.1 * best + 0.002 * charge) return radius(i);
  }
  return 0.0;  // no radius gives a finite local energy: leave the nucleus as it is
}

}  // namespace

std::vector<double> choose_cusp_radii(const Molecule& molecule, const BasisSet& basis,
                                      const Eigen::MatrixXd& orbitals) {
  const OrbitalSet uncorrected(molecule, basis, orbitals, {});
  LaneVector values(static_cast<std::size_t>(orbitals.cols()) * orbital_components);
  LaneVector scratch(uncorrected.scratch_size());
  std::vector<double> radii;
  for (std::size_t atom = 0; atom < molecule.atoms.size(); ++atom) {
    const int index = static_cast<int>(atom);
    const auto& position = molecule.atoms[atom].position;
    const Lanes r[3] = {Lanes(position[0]), Lanes(position[1]), Lanes(position[2])};
    uncorrected.evaluate(r, values.data(), scratch.data());
    std::vector<Problem> problems;
    for (Eigen::Index k = 0; k < orbitals.cols(); ++k) {
      problems.push_back(make_problem(index, molecule, basis, orbitals.col(k),
                                      values[static_cast<std::size_t>(k) * orbital_components][0]));
    }
    // Ghosts and bare p shells have no s function to correct.
    const bool leave =
        problems.empty() || problems.front().s.exponents.empty() || problems.front().charge <= 0.0;
    radii.push_back(leave                        ? 0.0
                    : has_slater_s(index, basis) ? slater_radius / problems.front().charge
                                                 : choose_radius(problems));
  }
  return radii;
}

}  // namespace markhor
