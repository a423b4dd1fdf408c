#include "meanfield/shell_integrals.hpp"

#include <algorithm>
#include <cmath>
#include <libint2.hpp>
#include <utility>

#include "core/errors.hpp"

namespace markhor {

namespace {

// libint2 keeps tables that must be set up before its first use and freed after its last. A
// function-local static does the first exactly once whoever comes first, and the second at exit.
void start_libint() {
  struct Session {
    Session() { libint2::initialize(); }
    ~Session() { libint2::finalize(); }
  };
  static const Session session;
}

libint2::Shell libint_shell(const Molecule& molecule, const Shell& shell) {
  if (shell.is_slater()) {
    throw CalculationError(
        "Hartree-Fock needs Gaussian basis functions; the basis has Slater "
        "functions");
  }
  libint2::Shell::Contraction contraction;
  contraction.l = shell.angular_momentum;
  // Below l = 2 the Cartesian functions are the spherical ones, in the order x, y, z we want.
  contraction.pure = !shell.cartesian && shell.angular_momentum >= 2;
  contraction.coeff.assign(shell.coefficients.begin(), shell.coefficients.end());
  libint2::svector<double> exponents(shell.exponents.begin(), shell.exponents.end());
  // false: our coefficients already carry the normalization (molecule/basis_set.hpp).
  return libint2::Shell(std::move(exponents), {std::move(contraction)},
                        molecule.atoms[static_cast<std::size_t>(shell.atom)].position, false);
}

std::vector<libint2::Shell> libint_shells(const Molecule& molecule, const BasisSet& basis) {
  start_libint();
  std::vector<libint2::Shell> shells;
  for (const Shell& shell : basis.shells) shells.push_back(libint_shell(molecule, shell));
  return shells;
}

int highest_angular_momentum(const BasisSet& basis) {
  int l = 0;
  for (const Shell& shell : basis.shells) l = std::max(l, shell.angular_momentum);
  return l;
}

std::size_t most_primitives(const BasisSet& basis) {
  std::size_t count = 1;
  for (const Shell& shell : basis.shells) count = std::max(count, shell.exponents.size());
  return count;
}

using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

// Fills the matrices of all components of a one-body operator (one, or four for emultipole1).
std::vector<Eigen::MatrixXd> one_body_matrices(libint2::Engine& engine,
                                               const std::vector<libint2::Shell>& shells,
                                               std::size_t components, int functions) {
  std::vector<Eigen::MatrixXd> matrices(components, Eigen::MatrixXd::Zero(functions, functions));
  Eigen::Index row = 0;
  for (std::size_t a = 0; a < shells.size(); ++a) {
    const auto rows = static_cast<Eigen::Index>(shells[a].size());
    Eigen::Index column = 0;
    for (std::size_t b = 0; b <= a; ++b) {
      const auto columns = static_cast<Eigen::Index>(shells[b].size());
      engine.compute(shells[a], shells[b]);
      for (std::size_t c = 0; c < components; ++c) {
        if (engine.results()[c] == nullptr) continue;
        const Eigen::Map<const RowMajor> block(engine.results()[c], rows, columns);
        matrices[c].block(row, column, rows, columns) = block;
        matrices[c].block(column, row, columns, rows) = block.transpose();
      }
      column += columns;
    }
    row += rows;
  }
  return matrices;
}

}  // namespace

OneElectronIntegrals one_electron_integrals(const Molecule& molecule, const BasisSet& basis) {
  using libint2::Operator;
  const std::vector<libint2::Shell> shells = libint_shells(molecule, basis);
  const auto matrices = [&](Operator op, std::size_t components) {
    libint2::Engine engine(op, most_primitives(basis), highest_angular_momentum(basis));
    if (op == Operator::nuclear) {
      std::vector<std::pair<double, std::array<double, 3>>> charges;
      for (const Atom& atom : molecule.atoms) {
        charges.push_back({static_cast<double>(atom.atomic_number), atom.position});
      }
      engine.set_params(charges);
    }
    return one_body_matrices(engine, shells, components, basis.size());
  };
  OneElectronIntegrals integrals;
  integrals.overlap = matrices(Operator::overlap, 1)[0];
  integrals.kinetic = matrices(Operator::kinetic, 1)[0];
  integrals.nuclear_attraction = matrices(Operator::nuclear, 1)[0];
  // Component 0 of the Cartesian dipole operator is the overlap.
  std::vector<Eigen::MatrixXd> dipole = matrices(Operator::emultipole1, 4);
  for (std::size_t k = 0; k < 3; ++k) integrals.position[k] = std::move(dipole[k + 1]);
  return integrals;
}

struct ShellQuartets::Tables {
  std::vector<libint2::Shell> shells;
  std::vector<libint2::ShellPair> pairs;  // a * (number of shells) + b, for a >= b

  const libint2::ShellPair& pair(std::size_t a, std::size_t b) const {
    return pairs[a * shells.size() + b];
  }
};

struct ShellQuartets::Engine {
  libint2::Engine engine;
};

ShellQuartets::ShellQuartets(const Molecule& molecule, const BasisSet& basis, double precision)
    : functions_(basis.size()), engine_(std::make_unique<Engine>()) {
  for (const Shell& shell : basis.shells) {
    first_.push_back(first_.empty() ? 0 : first_.back() + size_.back());
    size_.push_back(shell.size());
  }
  auto tables = std::make_shared<Tables>();
  tables->shells = libint_shells(molecule, basis);
  libint2::Engine& engine = engine_->engine;
  engine = libint2::Engine(libint2::Operator::coulomb, most_primitives(basis),
                           highest_angular_momentum(basis), 0, precision);
  const double log_precision = std::log(precision);
  const std::size_t count = tables->shells.size();
  tables->pairs.resize(count * count);
  for (std::size_t a = 0; a < count; ++a) {
    for (std::size_t b = 0; b <= a; ++b) {
      tables->pairs[a * count + b].init(tables->shells[a], tables->shells[b], log_precision,
                                        engine.screening_method());
    }
  }
  tables_ = std::move(tables);
  // Bounds are square roots: (ab|ab) of 1e-14 is a bound of 1e-7, far from negligible.
  engine.set_precision(0.0);
  compute_bounds();
  engine.set_precision(precision);
}

ShellQuartets::ShellQuartets(const ShellQuartets& other)
    : functions_(other.functions_),
      first_(other.first_),
      size_(other.size_),
      bounds_(other.bounds_),
      tables_(other.tables_),
      engine_(std::make_unique<Engine>(*other.engine_)) {}

ShellQuartets::~ShellQuartets() = default;
ShellQuartets::ShellQuartets(ShellQuartets&&) noexcept = default;
ShellQuartets& ShellQuartets::operator=(ShellQuartets&&) noexcept = default;

void ShellQuartets::compute_bounds() {
  bounds_ = Eigen::MatrixXd::Zero(shells(), shells());
  for (int a = 0; a < shells(); ++a) {
    for (int b = 0; b <= a; ++b) {
      const double* block = compute(a, b, a, b);
      if (block == nullptr) continue;
      const int pairs = size(a) * size(b);
      double largest = 0.0;
      for (int ij = 0; ij < pairs; ++ij) {
        largest = std::max(largest, std::abs(block[ij * pairs + ij]));
      }
      bounds_(a, b) = bounds_(b, a) = std::sqrt(largest);
    }
  }
}

const double* ShellQuartets::compute(int a, int b, int c, int d) {
  const auto i = static_cast<std::size_t>(a), j = static_cast<std::size_t>(b);
  const auto k = static_cast<std::size_t>(c), l = static_cast<std::size_t>(d);
  const std::vector<libint2::Shell>& shells = tables_->shells;
  const auto& results =
      engine_->engine.compute2<libint2::Operator::coulomb, libint2::BraKet::xx_xx, 0>(
          shells[i], shells[j], shells[k], shells[l], &tables_->pair(i, j), &tables_->pair(k, l));
  return results[0];
}

}  // namespace markhor
