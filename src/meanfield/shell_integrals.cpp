#include "meanfield/shell_integrals.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <libint2.hpp>
#include <numeric>
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
  assert(!shell.is_slater());  // gaussian_basis comes first
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

namespace {

// One shell, or several that share their primitives. Integrals are computed over its parts (one
// contracted shell, or the primitives one by one) and combined.
struct ShellGroup {
  std::size_t first_part = 0;
  std::size_t functions = 0;    // of a part, and of each of the shells
  Eigen::MatrixXd contraction;  // parts x shells

  std::size_t parts() const { return static_cast<std::size_t>(contraction.rows()); }
  std::size_t shells() const { return static_cast<std::size_t>(contraction.cols()); }
  std::size_t size() const { return functions * shells(); }
  double coefficient(std::size_t part, std::size_t shell) const {
    return contraction(static_cast<Eigen::Index>(part), static_cast<Eigen::Index>(shell));
  }
};

// Two shells that share primitives are not worth the calls for primitives one by one.
constexpr std::size_t smallest_group = 3;

bool share_primitives(const Shell& a, const Shell& b) {
  return a.atom == b.atom && a.angular_momentum == b.angular_momentum &&
         a.cartesian == b.cartesian && a.exponents.size() > 1 && a.exponents == b.exponents;
}

// The end of the group that begins with a shell.
std::size_t group_end(const std::vector<Shell>& shells, std::size_t first) {
  std::size_t end = first + 1;
  while (end < shells.size() && share_primitives(shells[first], shells[end])) ++end;
  return end - first >= smallest_group ? end : first + 1;
}

// The primitives of shells [first, end) as shells of their own, and how those consist of them. A
// primitive carries its largest coefficient, so that libint2 may judge what is negligible.
Eigen::MatrixXd split_into_primitives(const std::vector<Shell>& shells, std::size_t first,
                                      std::size_t end, std::vector<Shell>& parts) {
  const Shell& model = shells[first];
  const auto count = static_cast<Eigen::Index>(end - first);
  Eigen::MatrixXd contraction(static_cast<Eigen::Index>(model.exponents.size()), count);
  for (std::size_t p = 0; p < model.exponents.size(); ++p) {
    Shell part = model;
    const auto row = static_cast<Eigen::Index>(p);
    for (Eigen::Index s = 0; s < count; ++s) {
      contraction(row, s) = shells[first + static_cast<std::size_t>(s)].coefficients[p];
    }
    const double largest = contraction.row(row).cwiseAbs().maxCoeff();
    if (largest > 0.0) contraction.row(row) /= largest;
    part.exponents = {model.exponents[p]};
    part.coefficients = {largest};
    parts.push_back(std::move(part));
  }
  return contraction;
}

std::vector<ShellGroup> make_groups(const BasisSet& basis, BasisSet& parts) {
  std::vector<ShellGroup> groups;
  for (std::size_t s = 0; s < basis.shells.size();) {
    const std::size_t end = group_end(basis.shells, s);
    ShellGroup group;
    group.first_part = parts.shells.size();
    group.functions = static_cast<std::size_t>(basis.shells[s].size());
    if (end - s > 1) {
      group.contraction = split_into_primitives(basis.shells, s, end, parts.shells);
    } else {
      parts.shells.push_back(basis.shells[s]);
      group.contraction = Eigen::MatrixXd::Ones(1, 1);
    }
    groups.push_back(std::move(group));
    s = end;
  }
  return groups;
}

}  // namespace

struct ShellQuartets::Tables {
  std::vector<ShellGroup> groups;
  std::vector<libint2::Shell> parts;
  std::vector<libint2::ShellPair> pairs;  // a * (number of parts) + b, group of a >= group of b

  const libint2::ShellPair& pair(std::size_t a, std::size_t b) const {
    return pairs[a * parts.size() + b];
  }
};

struct ShellQuartets::Engine {
  libint2::Engine engine;
  // Integrals of a quartet of which d, then c, then a and b are contracted.
  std::vector<double> over_d, over_cd, over_all;

  const double* primitive(const Tables& tables, std::size_t i, std::size_t j, std::size_t k,
                          std::size_t l) {
    return engine.compute2<libint2::Operator::coulomb, libint2::BraKet::xx_xx, 0>(
        tables.parts[i], tables.parts[j], tables.parts[k], tables.parts[l], &tables.pair(i, j),
        &tables.pair(k, l))[0];
  }
  bool contract_ket(const Tables& tables, std::size_t i, std::size_t j, std::size_t bra_functions,
                    const ShellGroup& c, const ShellGroup& d);
  const double* contracted(const Tables& tables, const ShellGroup& a, const ShellGroup& b,
                           const ShellGroup& c, const ShellGroup& d);
};

// over_cd = (i j|c d) for the parts i and j. False if all of it is negligible.
bool ShellQuartets::Engine::contract_ket(const Tables& tables, std::size_t i, std::size_t j,
                                         std::size_t bra_functions, const ShellGroup& c,
                                         const ShellGroup& d) {
  bool any = false;
  const std::size_t rows = bra_functions * c.functions, stripe = c.functions * d.size();
  over_cd.assign(bra_functions * c.size() * d.size(), 0.0);
  for (std::size_t k = 0; k < c.parts(); ++k) {
    bool any_here = false;
    over_d.assign(rows * d.size(), 0.0);
    for (std::size_t l = 0; l < d.parts(); ++l) {
      const double* v = primitive(tables, i, j, c.first_part + k, d.first_part + l);
      if (v == nullptr) continue;
      any_here = true;
      for (std::size_t row = 0; row < rows; ++row, v += d.functions) {
        double* to = over_d.data() + row * d.size();
        for (std::size_t s = 0; s < d.shells(); ++s) {
          const double factor = d.coefficient(l, s);
          for (std::size_t f = 0; f < d.functions; ++f) *to++ += factor * v[f];
        }
      }
    }
    if (!any_here) continue;
    any = true;
    for (std::size_t ij = 0; ij < bra_functions; ++ij) {
      const double* from = over_d.data() + ij * stripe;
      for (std::size_t s = 0; s < c.shells(); ++s) {
        const double factor = c.coefficient(k, s);
        double* to = over_cd.data() + (ij * c.shells() + s) * stripe;
        for (std::size_t x = 0; x < stripe; ++x) to[x] += factor * from[x];
      }
    }
  }
  return any;
}

const double* ShellQuartets::Engine::contracted(const Tables& tables, const ShellGroup& a,
                                                const ShellGroup& b, const ShellGroup& c,
                                                const ShellGroup& d) {
  bool any = false;
  const std::size_t ket = c.size() * d.size();
  over_all.assign(a.size() * b.size() * ket, 0.0);
  for (std::size_t i = 0; i < a.parts(); ++i) {
    for (std::size_t j = 0; j < b.parts(); ++j) {
      if (tables.pair(a.first_part + i, b.first_part + j).primpairs.empty()) continue;
      if (!contract_ket(tables, a.first_part + i, b.first_part + j, a.functions * b.functions, c,
                        d)) {
        continue;
      }
      any = true;
      for (std::size_t p = 0; p < a.size(); ++p) {
        for (std::size_t q = 0; q < b.size(); ++q) {
          const double factor =
              a.coefficient(i, p / a.functions) * b.coefficient(j, q / b.functions);
          const std::size_t pq = (p % a.functions) * b.functions + q % b.functions;
          const double* from = over_cd.data() + pq * ket;
          double* to = over_all.data() + (p * b.size() + q) * ket;
          for (std::size_t x = 0; x < ket; ++x) to[x] += factor * from[x];
        }
      }
    }
  }
  return any ? over_all.data() : nullptr;
}

ShellQuartets::ShellQuartets(const Molecule& molecule, const BasisSet& basis, double precision)
    : functions_(basis.size()), engine_(std::make_unique<Engine>()) {
  auto tables = std::make_shared<Tables>();
  BasisSet parts;
  tables->groups = make_groups(basis, parts);
  for (const ShellGroup& group : tables->groups) {
    first_.push_back(first_.empty() ? 0 : first_.back() + size_.back());
    size_.push_back(static_cast<int>(group.size()));
  }
  tables->parts = libint_shells(molecule, parts);
  libint2::Engine& engine = engine_->engine;
  engine = libint2::Engine(libint2::Operator::coulomb, most_primitives(parts),
                           highest_angular_momentum(parts), 0, precision);
  const double log_precision = std::log(precision);
  const std::size_t count = tables->parts.size();
  tables->pairs.resize(count * count);
  for (const ShellGroup& group : tables->groups) {
    const std::size_t end = group.first_part + group.parts();
    for (std::size_t a = group.first_part; a < end; ++a) {
      for (std::size_t b = 0; b < end; ++b) {
        tables->pairs[a * count + b].init(tables->parts[a], tables->parts[b], log_precision,
                                          engine.screening_method());
      }
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
  const std::vector<ShellGroup>& groups = tables_->groups;
  const ShellGroup& i = groups[static_cast<std::size_t>(a)];
  const ShellGroup& j = groups[static_cast<std::size_t>(b)];
  const ShellGroup& k = groups[static_cast<std::size_t>(c)];
  const ShellGroup& l = groups[static_cast<std::size_t>(d)];
  if (i.parts() == 1 && j.parts() == 1 && k.parts() == 1 && l.parts() == 1) {
    return engine_->primitive(*tables_, i.first_part, j.first_part, k.first_part, l.first_part);
  }
  return engine_->contracted(*tables_, i, j, k, l);
}

struct ShellQuartetDerivatives::Tables {
  std::vector<libint2::Shell> shells;
  std::vector<Pair> pairs;
  std::vector<libint2::ShellPair> data;  // of the pairs

  const libint2::Shell& shell(int s) const { return shells[static_cast<std::size_t>(s)]; }
  void add_pair(libint2::Engine& engine, Pair pair, double log_precision);
  void sort();
};

struct ShellQuartetDerivatives::Engine {
  libint2::Engine engine;
  Blocks blocks{};
};

// The engine is one of plain integrals.
void ShellQuartetDerivatives::Tables::add_pair(libint2::Engine& engine, Pair pair,
                                               double log_precision) {
  using libint2::BraKet;
  const libint2::Shell &a = shell(pair.a), &b = shell(pair.b);
  libint2::ShellPair pair_data;
  pair_data.init(a, b, log_precision, engine.screening_method());
  if (pair_data.primpairs.empty()) return;
  const double* block = engine.compute2<libint2::Operator::coulomb, BraKet::xx_xx, 0>(
      a, b, a, b, &pair_data, &pair_data)[0];
  if (block == nullptr) return;
  const std::size_t functions = a.size() * b.size();
  for (std::size_t ij = 0; ij < functions; ++ij) {
    pair.bound = std::max(pair.bound, std::sqrt(std::abs(block[ij * (functions + 1)])));
  }
  pairs.push_back(pair);
  data.push_back(std::move(pair_data));
}

void ShellQuartetDerivatives::Tables::sort() {
  std::vector<std::size_t> order(pairs.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [this](std::size_t x, std::size_t y) {
    return pairs[x].l != pairs[y].l ? pairs[x].l < pairs[y].l : pairs[x].bound > pairs[y].bound;
  });
  std::vector<Pair> sorted_pairs;
  std::vector<libint2::ShellPair> sorted_data;
  for (const std::size_t p : order) {
    sorted_pairs.push_back(pairs[p]);
    sorted_data.push_back(std::move(data[p]));
  }
  pairs = std::move(sorted_pairs);
  data = std::move(sorted_data);
}

ShellQuartetDerivatives::ShellQuartetDerivatives(const Molecule& molecule, const BasisSet& basis,
                                                 double precision)
    : engine_(std::make_unique<Engine>()) {
  const int l = highest_angular_momentum(basis);
  if (l > LIBINT2_MAX_AM_eri1) {
    throw CalculationError("the installed libint2 has derivatives of integrals up to l = " +
                           std::to_string(LIBINT2_MAX_AM_eri1) +
                           ", the basis set has l = " + std::to_string(l));
  }
  auto tables = std::make_shared<Tables>();
  tables->shells = libint_shells(molecule, basis);
  // Bounds are square roots, cf. ShellQuartets.
  libint2::Engine plain(libint2::Operator::coulomb, most_primitives(basis), l, 0, 0.0);
  plain.set_precision(0.0);
  for (int a = 0; a < static_cast<int>(tables->shells.size()); ++a) {
    for (int b = 0; b <= a; ++b) {
      const int la = basis.shells[static_cast<std::size_t>(a)].angular_momentum;
      const int lb = basis.shells[static_cast<std::size_t>(b)].angular_momentum;
      tables->add_pair(plain, la >= lb ? Pair{a, b, la + lb, 0.0} : Pair{b, a, la + lb, 0.0},
                       std::log(precision));
    }
  }
  tables->sort();
  tables_ = std::move(tables);
  engine_->engine =
      libint2::Engine(libint2::Operator::coulomb, most_primitives(basis), l, 1, precision);
}

ShellQuartetDerivatives::ShellQuartetDerivatives(const ShellQuartetDerivatives& other)
    : tables_(other.tables_), engine_(std::make_unique<Engine>(*other.engine_)) {}

ShellQuartetDerivatives::~ShellQuartetDerivatives() = default;

const std::vector<ShellQuartetDerivatives::Pair>& ShellQuartetDerivatives::pairs() const {
  return tables_->pairs;
}

const ShellQuartetDerivatives::Blocks* ShellQuartetDerivatives::compute(std::size_t bra,
                                                                        std::size_t ket) {
  using libint2::BraKet;
  const Tables& t = *tables_;
  const Pair &ab = t.pairs[bra], &cd = t.pairs[ket];
  const auto& results = engine_->engine.compute2<libint2::Operator::coulomb, BraKet::xx_xx, 1>(
      t.shell(ab.a), t.shell(ab.b), t.shell(cd.a), t.shell(cd.b), &t.data[bra], &t.data[ket]);
  if (results[0] == nullptr) return nullptr;
  std::copy_n(results.begin(), engine_->blocks.size(), engine_->blocks.begin());
  return &engine_->blocks;
}

}  // namespace markhor
