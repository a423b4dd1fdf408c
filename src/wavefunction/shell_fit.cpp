#include "wavefunction/shell_fit.hpp"

#include <cmath>

namespace markhor {

namespace {

// Radii and weights of an integral over r^2 dr: equal steps in ln r, for which the trapezoidal rule
// is exact to rounding for functions that vanish smoothly at both ends.
struct RadialGrid {
  Eigen::ArrayXd r, weight;
};
const RadialGrid& radial_grid() {
  static const RadialGrid grid = [] {
    constexpr int points = 800;
    constexpr double low = -14.0, high = 6.0, step = (high - low) / (points - 1);
    RadialGrid g;
    g.r = Eigen::ArrayXd::LinSpaced(points, low, high).exp();
    g.weight = step * g.r.cube();
    return g;
  }();
  return grid;
}

// r^l R on the grid, times the root of the weight; scaled: its derivative with respect to the
// logarithm of a common factor of the exponents, the norm kept. The factor is that of r for Slater
// functions and of r^2 for Gaussians, hence the half.
Eigen::VectorXd on_grid(const Shell& shell, bool scaled) {
  const auto& [r, weight] = radial_grid();
  Eigen::ArrayXd sum = Eigen::ArrayXd::Zero(r.size());
  for (std::size_t t = 0; t < shell.exponents.size(); ++t) {
    const double a = shell.exponents[t], c = shell.coefficients[t], l = shell.angular_momentum;
    const double n = l + (shell.is_slater() ? shell.powers[t] : 0);
    const Eigen::ArrayXd exponent = shell.is_slater() ? (a * r).eval() : (a * r.square()).eval();
    const Eigen::ArrayXd f = c * r.pow(n) * (-exponent).exp();
    if (!scaled) {
      sum += f;
    } else if (shell.is_slater()) {
      sum += f * (1.5 + n - exponent);
    } else {
      sum += f * (0.75 + 0.5 * n - exponent);
    }
  }
  return (sum * weight.sqrt()).matrix();
}

Eigen::MatrixXd on_grid(const BasisSet& basis, const ShellBlock& block, bool scaled) {
  Eigen::MatrixXd functions(radial_grid().r.size(), static_cast<Eigen::Index>(block.shells.size()));
  for (std::size_t i = 0; i < block.shells.size(); ++i) {
    functions.col(static_cast<Eigen::Index>(i)) = on_grid(basis.shells[block.shells[i]], scaled);
  }
  return functions;
}

// Each shell to the block of its nucleus, l and kind.
std::vector<ShellBlock> group_shells(const BasisSet& basis) {
  std::vector<ShellBlock> blocks;
  for (std::size_t s = 0; s < basis.shells.size(); ++s) {
    const Shell& shell = basis.shells[s];
    ShellBlock* mine = nullptr;
    for (ShellBlock& block : blocks) {
      const Shell& first = basis.shells[block.shells.front()];
      if (first.atom == shell.atom && first.angular_momentum == shell.angular_momentum &&
          first.cartesian == shell.cartesian) {
        mine = &block;
      }
    }
    if (mine == nullptr) {
      blocks.push_back({{}, shell.size(), {}});
      mine = &blocks.back();
    }
    mine->shells.push_back(s);
  }
  return blocks;
}

// Least squares on the grid itself: the normal equations would square its condition.
Eigen::MatrixXd fit(const Eigen::MatrixXd& functions, const Eigen::MatrixXd& targets) {
  return functions.colPivHouseholderQr().solve(targets);
}

}  // namespace

std::vector<ShellBlock> shell_blocks(const BasisSet& basis) {
  std::vector<ShellBlock> blocks = group_shells(basis);
  for (ShellBlock& block : blocks) {
    block.scale_fit = fit(on_grid(basis, block, false), on_grid(basis, block, true));
  }
  return blocks;
}

std::vector<Eigen::Index> first_functions(const BasisSet& basis) {
  std::vector<Eigen::Index> first;
  Eigen::Index row = 0;
  for (const Shell& shell : basis.shells) {
    first.push_back(row);
    row += shell.size();
  }
  return first;
}

void follow_basis(const BasisSet& before, const BasisSet& after, Eigen::MatrixXd& orbitals) {
  const std::vector<Eigen::Index> first = first_functions(before);
  for (const ShellBlock& block : group_shells(before)) {
    const Eigen::MatrixXd f = fit(on_grid(after, block, false), on_grid(before, block, false));
    for (Eigen::Index m = 0; m < block.functions; ++m) {
      std::vector<Eigen::Index> rows;
      for (const std::size_t s : block.shells) rows.push_back(first[s] + m);
      orbitals(rows, Eigen::all) = (f * orbitals(rows, Eigen::all)).eval();
    }
  }
}

}  // namespace markhor
