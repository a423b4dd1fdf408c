// What an OrbitalSet prepares once: its nuclei's shells, angular functions, cusp polynomials and
// the coefficients in the order in which the product reads them.
#include <algorithm>
#include <cmath>

#include "wavefunction/orbital_set.hpp"

namespace markhor {

namespace {

// Registers decide the best shape of the product: 5 orbitals x 5 components with AVX-512, and
// with AVX (two registers a number, 16 in all) 5 orbitals x 1 component.
constexpr int largest_block = 5;

}  // namespace

OrbitalSet::OrbitalSet(const Molecule& molecule, const BasisSet& basis,
                       const Eigen::MatrixXd& coefficients, const std::vector<double>& cusp_radii)
    : orbitals_(static_cast<int>(coefficients.cols())) {
  const int block_count = (orbitals_ + largest_block - 1) / largest_block;
  for (int b = 0; b < block_count; ++b) {
    const int first = orbitals_ * b / block_count;
    blocks_.push_back({first, orbitals_ * (b + 1) / block_count - first});
  }
  std::size_t functions = 0, exponents = 0, angular = 0;
  for (int atom = 0; atom < static_cast<int>(molecule.atoms.size()); ++atom) {
    Center center = plan_center(atom, molecule, basis);
    center.first_function = basis_functions_;
    basis_functions_ += center.functions;
    functions = std::max(functions, static_cast<std::size_t>(center.functions) + 1);
    exponents = std::max(exponents, center.exponents.size());
    angular = std::max(angular, static_cast<std::size_t>(center.angular_functions));
    centers_.push_back(std::move(center));
  }
  scratch_size_ = (functions + angular) * orbital_components + exponents;
  plan_cusps(cusp_radii, molecule);
  for (Center& center : centers_) pack_coefficients(center, coefficients);
}

OrbitalSet::Center OrbitalSet::plan_center(int atom, const Molecule& molecule,
                                           const BasisSet& basis) {
  Center center;
  const auto& position = molecule.atoms[static_cast<std::size_t>(atom)].position;
  std::copy(position.begin(), position.end(), center.position);
  for (const Shell& shell : basis.shells) {
    if (shell.atom != atom) continue;
    ShellPlan plan;
    plan.l = shell.angular_momentum;
    plan.slater = shell.is_slater();
    plan.cartesian = shell.cartesian;
    plan.first_term = static_cast<int>(center.terms.size());
    plan.terms = static_cast<int>(shell.exponents.size());
    for (std::size_t p = 0; p < shell.exponents.size(); ++p) {
      const double a = shell.exponents[p], c = shell.coefficients[p];
      std::size_t index = 0;
      while (index < center.exponents.size() &&
             !(center.exponents[index] == a &&
               (center.exponent_is_slater[index] != 0) == plan.slater)) {
        ++index;
      }
      if (index == center.exponents.size()) {
        center.exponents.push_back(a);
        center.exponent_is_slater.push_back(plan.slater ? 1 : 0);
      }
      if (plan.slater) {
        center.terms.push_back({static_cast<int>(index), c, double(shell.powers[p]), 0.0});
      } else {
        center.terms.push_back({static_cast<int>(index), c, -2.0 * a * c, 4.0 * a * a * c});
      }
    }
    center.functions += shell.size();
    center.highest_l = std::max(center.highest_l, plan.l);
    center.any_slater = center.any_slater || plan.slater;
    plan.functions = shell.size();
    plan_angular(center, plan);
    center.shells.push_back(plan);
  }
  const double radius = reach(center);
  center.reach_squared = radius * radius;
  return center;
}

// Shells of equal l and kind share their angular functions.
void OrbitalSet::plan_angular(Center& center, ShellPlan& plan) {
  if (plan.l < 2) return;
  int offset = 0;
  for (const AngularPlan& known : center.angular) {
    if (known.l == plan.l && known.cartesian == plan.cartesian) {
      plan.angular = offset;
      return;
    }
    offset += static_cast<int>(known.functions.size());
  }
  plan.angular = offset;
  AngularPlan angular{plan.l, plan.cartesian, {}};
  const auto sparse = [](const Polynomial& polynomial) {
    std::vector<SparseTerm> terms;
    for (const PolynomialTerm& term : polynomial) {
      if (term.coefficient != 0.0) {
        terms.push_back({term.coefficient, monomial_index(term.y, term.z)});
      }
    }
    return terms;
  };
  for (const Polynomial& polynomial : shell_polynomials(plan.l, plan.cartesian)) {
    AngularFunction function;
    function.value = sparse(polynomial);
    Polynomial laplacian;
    for (int d = 0; d < 3; ++d) {
      const Polynomial first = derivative(polynomial, d), second = derivative(first, d);
      function.gradient[d] = sparse(first);
      laplacian.insert(laplacian.end(), second.begin(), second.end());
    }
    if (plan.cartesian) function.laplacian = sparse(laplacian);
    angular.functions.push_back(std::move(function));
  }
  center.angular_functions += plan.functions;
  center.angular.push_back(std::move(angular));
}

// The radius beyond which r^l |R| of every shell stays below 1e-15 of a normalized function.
double OrbitalSet::reach(const Center& center) {
  double radius = 1.0;
  const auto negligible = [&](double r) {
    for (const ShellPlan& shell : center.shells) {
      double sum = 0.0;
      for (int t = shell.first_term; t < shell.first_term + shell.terms; ++t) {
        const RadialTerm& term = center.terms[static_cast<std::size_t>(t)];
        const double a = center.exponents[static_cast<std::size_t>(term.exponent)];
        sum += std::abs(term.c) *
               (shell.slater ? std::pow(r, term.c1) * std::exp(-a * r) : std::exp(-a * r * r));
      }
      if (sum * std::pow(r, shell.l) > 1e-15) return false;
    }
    return true;
  };
  while (!negligible(radius) && radius < 1e4) radius += 0.5;
  return radius;
}

// The polynomials of every s function and of the other nuclei's functions. The functions are
// evaluated by the kernel itself, before any center is corrected.
void OrbitalSet::plan_cusps(const std::vector<double>& radii, const Molecule& molecule) {
  if (radii.empty()) return;
  LaneVector values(static_cast<std::size_t>(basis_functions_ + 1) * orbital_components),
      scratch(scratch_size_);
  std::vector<NuclearCusp> cusps;
  for (std::size_t a = 0; a < centers_.size(); ++a) {
    const double charge = molecule.atoms[a].atomic_number;
    const auto& shells = centers_[a].shells;
    const bool slater = std::any_of(shells.begin(), shells.end(), [](const ShellPlan& shell) {
      return shell.l == 0 && shell.slater;
    });
    const CuspCurve curve = slater ? CuspCurve::flat : CuspCurve::screened;
    cusps.push_back(radii[a] > 0.0 ? make_cusp(charge, radii[a], curve) : NuclearCusp{});
  }
  for (std::size_t a = 0; a < centers_.size(); ++a) {
    Center& center = centers_[a];
    if (cusps[a].radius == 0.0) continue;
    for (const bool scaled : {false, true}) {
      plan_own_cusps(center, cusps[a], scaled, values.data(), scratch.data());
      Eigen::VectorXd& eta = scaled ? center.eta_scaled : center.eta;
      eta = Eigen::VectorXd::Zero(basis_functions_);
      for (const Center& other : centers_) {
        if (&other == &center ||
            !functions_at(other, center.position, scaled, values.data(), scratch.data())) {
          continue;
        }
        for (int f = 0; f < other.functions; ++f) {
          eta[other.first_function + f] =
              values[static_cast<std::size_t>(f * orbital_components)][0];
        }
      }
    }
    center.foreign = cusps[a].polynomial({0.0, 0.0, 0.0, 1.0});
  }
  for (std::size_t a = 0; a < centers_.size(); ++a) centers_[a].cusp = cusps[a];
}

// Own s functions at the radius, along x: value, first and second derivative from value, gradient
// and Laplacian.
void OrbitalSet::plan_own_cusps(Center& center, const NuclearCusp& cusp, bool scaled, Lanes* values,
                                Lanes* scratch) {
  const double edge[3] = {center.position[0] + cusp.radius, center.position[1], center.position[2]};
  if (!functions_at(center, edge, scaled, values, scratch)) return;
  for (ShellPlan& shell : center.shells) {
    if (shell.l == 0) {
      const double slope = values[1][0], second = values[4][0] - 2.0 * slope / cusp.radius;
      (scaled ? shell.cusp_scaled : shell.cusp) =
          cusp.polynomial({values[0][0], slope, second, 0.0});
    }
    values += shell.functions * orbital_components;
  }
}

// The last row of a corrected center is eta of each orbital.
void OrbitalSet::pack_coefficients(Center& center, const Eigen::MatrixXd& coefficients) const {
  const auto rows = coefficients.middleRows(center.first_function, center.functions);
  Eigen::RowVectorXd eta;
  if (center.cusp.radius > 0.0) eta = center.eta.transpose() * coefficients;
  for (const Block& block : blocks_) {
    for (Eigen::Index f = 0; f < rows.rows(); ++f) {
      for (int b = 0; b < block.size; ++b) {
        center.coefficients.push_back(rows(f, block.first + b));
      }
    }
    if (center.cusp.radius == 0.0) continue;
    for (int b = 0; b < block.size; ++b) center.coefficients.push_back(eta[block.first + b]);
  }
}

}  // namespace markhor
