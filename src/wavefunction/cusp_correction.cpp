#include "wavefunction/cusp_correction.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "wavefunction/orbital_set.hpp"

namespace markhor {

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

RadialValue at(const OrbitalCusp& cusp, double r) {
  const auto& a = cusp.a;
  const double p = a[0] + r * (a[1] + r * (a[2] + r * (a[3] + r * a[4])));
  const double p1 = a[1] + r * (2.0 * a[2] + r * (3.0 * a[3] + r * 4.0 * a[4]));
  const double p2 = 2.0 * a[2] + r * (6.0 * a[3] + r * 12.0 * a[4]);
  const double e = cusp.sign * std::exp(p);
  return {cusp.shift + e, e * p1, e * (p2 + p1 * p1)};
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

// The five conditions (Ma2005 eqs. 9-13) for a given value at the nucleus.
OrbitalCusp solve_cusp(const Problem& problem, double radius, double shift, double value_at_zero) {
  const RadialValue edge = problem.s.at(radius);
  const double rest = edge.value - shift, start = value_at_zero - shift;
  OrbitalCusp cusp;
  cusp.shift = shift;
  cusp.sign = start > 0.0 ? 1.0 : -1.0;
  cusp.a[0] = std::log(std::abs(start));
  cusp.a[1] = -problem.charge * (value_at_zero + problem.eta) / start;
  const double slope = edge.first / rest, r = radius;
  Eigen::Matrix3d conditions;
  conditions << r * r, r * r * r, r * r * r * r,  //
      2.0 * r, 3.0 * r * r, 4.0 * r * r * r,      //
      2.0, 6.0 * r, 12.0 * r * r;
  const Eigen::Vector3d right(std::log(std::abs(rest)) - cusp.a[0] - cusp.a[1] * r,
                              slope - cusp.a[1], edge.second / rest - slope * slope);
  const Eigen::Vector3d solution = conditions.partialPivLu().solve(right);
  for (int i = 0; i < 3; ++i) cusp.a[static_cast<std::size_t>(i + 2)] = solution[i];
  return cusp;
}

// Probability-weighted variance, over 0 < r < 1/Z, of the deviation of the local energy from the
// ideal curve; the correction holds inside radius, the Gaussians outside.
double deviation(const Problem& problem, const OrbitalCusp& cusp, double radius) {
  constexpr int points = 60;
  const double value_at_zero = at(cusp, 0.0).value, step = 1.0 / (problem.charge * points);
  double weight = 0.0, mean = 0.0, square = 0.0;
  for (int i = 0; i < points; ++i) {
    const double r = (i + 0.5) * step;
    const RadialValue f = r < radius ? at(cusp, r) : problem.s.at(r);
    const double ideal = problem.charge * problem.charge * ideal_curve(problem.charge * r);
    const double d = local_energy(f, r, value_at_zero, problem) - ideal;
    const double w = r * r * f.value * f.value;
    weight += w;
    mean += w * d;
    square += w * d * d;
  }
  return square - mean * mean / weight;
}

// A constant that keeps phi_s - C of one sign inside the radius; 0 where phi_s has no node there.
double choose_shift(const SPart& s, double radius) {
  const double sign = s.at(0.0).value > 0.0 ? 1.0 : -1.0;
  double lowest = sign * s.at(radius).value, largest = 0.0;
  for (int i = 0; i <= 40; ++i) {
    const double value = sign * s.at(radius * i / 40.0).value;
    lowest = std::min(lowest, value);
    largest = std::max(largest, std::abs(value));
  }
  return lowest > 0.05 * largest ? 0.0 : sign * (lowest - 0.1 * largest);
}

struct Fit {
  OrbitalCusp cusp;
  double deviation = std::numeric_limits<double>::infinity();
};

// Best value at the nucleus for one radius: a scan of 70 to 160 percent of the Gaussians' own,
// then golden-section refinement. (STO-3G misses a fifth of a 1s orbital's value there.)
Fit fit_orbital(const Problem& problem, double radius) {
  const double shift = choose_shift(problem.s, radius);
  const double start = problem.s.at(0.0).value - shift;
  const auto evaluate = [&](double factor) {
    Fit fit;
    fit.cusp = solve_cusp(problem, radius, shift, shift + factor * start);
    const double d = deviation(problem, fit.cusp, radius);
    if (std::isfinite(d)) fit.deviation = d;
    return fit;
  };
  double best = 1.0, step = 0.01;
  for (int i = 70; i <= 160; ++i) {
    if (evaluate(0.01 * i).deviation < evaluate(best).deviation) best = 0.01 * i;
  }
  double low = best - step, high = best + step;
  constexpr double golden = 0.6180339887498949;
  for (int i = 0; i < 25; ++i) {
    const double a = high - golden * (high - low), b = low + golden * (high - low);
    (evaluate(a).deviation < evaluate(b).deviation ? high : low) =
        evaluate(a).deviation < evaluate(b).deviation ? b : a;
  }
  return evaluate(0.5 * (low + high));
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

bool has_slater_s(int atom, const BasisSet& basis) {
  for (const Shell& shell : basis.shells) {
    if (shell.atom == atom && shell.angular_momentum == 0 && shell.is_slater()) return true;
  }
  return false;
}

struct Candidate {
  NuclearCusp cusp;
  double deviation = 0.0;
};

Candidate correct_within(const std::vector<Problem>& problems, double radius) {
  Candidate candidate{{radius, {}}, 0.0};
  for (const Problem& problem : problems) {
    if (vanishes(problem)) {
      candidate.cusp.orbitals.emplace_back();
      continue;
    }
    const Fit fit = fit_orbital(problem, radius);
    candidate.cusp.orbitals.push_back(fit.cusp);
    candidate.deviation += fit.deviation;
  }
  return candidate;
}

// The smallest of the radii 0.2/Z ... 1/Z that is as good as the best: electrons inside it cost an
// exponential per orbital, and a tenth of the deviation (plus 0.002 Z Hartree^2, invisible beside
// the variance of any Jastrow-Slater wave function) is no gain.
NuclearCusp correct_nucleus(const std::vector<Problem>& problems) {
  const double charge = problems.front().charge;
  std::vector<Candidate> candidates;
  double best = std::numeric_limits<double>::infinity();
  for (int i = 4; i <= 20; ++i) {
    candidates.push_back(correct_within(problems, 0.05 * i / charge));
    best = std::min(best, candidates.back().deviation);
  }
  for (const Candidate& candidate : candidates) {
    if (candidate.deviation <= 1.1 * best + 0.002 * charge) return candidate.cusp;
  }
  return {};  // no radius gives a finite local energy: leave the nucleus as it is
}

}  // namespace

std::vector<NuclearCusp> correct_cusps(const Molecule& molecule, const BasisSet& basis,
                                       const Eigen::MatrixXd& coefficients) {
  const OrbitalSet uncorrected(molecule, basis, coefficients, {});
  LaneVector values(static_cast<std::size_t>(coefficients.cols()) * orbital_components);
  LaneVector scratch(uncorrected.scratch_size());
  std::vector<NuclearCusp> cusps(molecule.atoms.size());
  for (std::size_t atom = 0; atom < molecule.atoms.size(); ++atom) {
    const int index = static_cast<int>(atom);
    const auto& position = molecule.atoms[atom].position;
    const Lanes r[3] = {Lanes(position[0]), Lanes(position[1]), Lanes(position[2])};
    uncorrected.evaluate(r, values.data(), scratch.data());
    std::vector<Problem> problems;
    for (Eigen::Index k = 0; k < coefficients.cols(); ++k) {
      problems.push_back(make_problem(index, molecule, basis, coefficients.col(k),
                                      values[static_cast<std::size_t>(k) * orbital_components][0]));
    }
    if (!problems.empty() && !has_slater_s(index, basis)) cusps[atom] = correct_nucleus(problems);
  }
  return cusps;
}

}  // namespace markhor
