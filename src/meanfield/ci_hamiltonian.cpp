#include "meanfield/ci_hamiltonian.hpp"

#include <algorithm>
#include <bit>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;

std::vector<Excitation> in_order_of_pairs(std::vector<Excitation> list) {
  std::stable_sort(list.begin(), list.end(),
                   [](const Excitation& a, const Excitation& b) { return a.pair < b.pair; });
  return list;
}

// D = A_P c at the determinants of one up string: down strings x pairs.
void gather(const CiSpace& space, const Map<const MatrixXd>& c, int up, MatrixXd& d) {
  d.setZero();
  const Excitations& ups = space.up_excitations();
  const auto at = static_cast<std::size_t>(up);
  for (std::size_t k = ups.first[at]; k < ups.first[at + 1]; ++k) {
    const Excitation& e = ups.list[k];
    d.col(e.pair) += e.sign * c.col(e.from);
  }
  const double* column = c.col(up).data();
  for (const Excitation& e : space.down_excitations()) d(e.to, e.pair) += e.sign * column[e.from];
}

// sigma += sum_P A_P f_P, the transpose of gather.
void scatter(const CiSpace& space, const MatrixXd& f, int up, Map<MatrixXd>& sigma) {
  const Excitations& ups = space.up_excitations();
  const auto at = static_cast<std::size_t>(up);
  for (std::size_t k = ups.first[at]; k < ups.first[at + 1]; ++k) {
    const Excitation& e = ups.list[k];
    sigma.col(e.from) += e.sign * f.col(e.pair);
  }
  double* column = sigma.col(up).data();
  for (const Excitation& e : space.down_excitations()) column[e.from] += e.sign * f(e.to, e.pair);
}

// An electron of `string` moves from one orbital to another, which is empty.
struct Move {
  int from = 0, to = 0;
  int sign = 1;
};

Move take_move(Occupation& string, Occupation target) {
  Move move;
  move.from = std::countr_zero(string & ~target);
  move.to = std::countr_zero(target & ~string);
  string &= ~bit(move.from);
  const int high = std::max(move.from, move.to), low = std::min(move.from, move.to);
  move.sign = parity(string & below(high) & ~below(low));
  string |= bit(move.to);
  return move;
}

int moves_between(Occupation a, Occupation b) { return std::popcount(a ^ b) / 2; }

}  // namespace

CiSpace::CiSpace(int orbitals, int up, int down)
    : up_(orbitals, up),
      down_(orbitals, down),
      up_excitations_(up_),
      down_excitations_(in_order_of_pairs(Excitations(down_).list)) {}

CiHamiltonian::CiHamiltonian(const CiSpace& space, const ActiveIntegrals& integrals)
    : space_(space), integrals_(integrals) {
  const int n = space.orbitals();
  coulomb_.resize(n, n);
  exchange_.resize(n, n);
  single_.resize(pair_index(n, 0));
  for (int p = 0; p < n; ++p) {
    for (int q = 0; q < n; ++q) {
      coulomb_(p, q) = integrals.repulsion(p, p, q, q);
      exchange_(p, q) = integrals.repulsion(p, q, p, q);
    }
    for (int q = 0; q <= p; ++q) {
      double& k = single_[pair_index(p, q)];
      k = integrals.one_electron(p, q);
      for (int r = 0; r < n; ++r) k -= 0.5 * integrals.repulsion(p, r, r, q);
    }
  }
}

MatrixXd CiHamiltonian::product(const MatrixXd& x) const {
  const Index downs = space_.down().size(), ups = space_.up().size();
  MatrixXd result = MatrixXd::Zero(x.rows(), x.cols());
  MatrixXd d(downs, single_.size()), f(downs, single_.size());
  for (Index k = 0; k < x.cols(); ++k) {
    const Map<const MatrixXd> c(x.col(k).data(), downs, ups);
    Map<MatrixXd> sigma(result.col(k).data(), downs, ups);
    for (int up = 0; up < ups; ++up) {
      gather(space_, c, up, d);
      sigma.col(up).noalias() += d * single_;
      f.noalias() = d * integrals_.two_electron;
      f *= 0.5;
      scatter(space_, f, up, sigma);
    }
  }
  return result;
}

VectorXd CiHamiltonian::averaged_diagonal() const {
  VectorXd result(space_.size());
  Index k = 0;
  for (int up = 0; up < space_.up().size(); ++up) {
    for (int down = 0; down < space_.down().size(); ++down) {
      const Occupation u = space_.up()[up], d = space_.down()[down];
      result[k++] = averaged_diagonal(u & d, u ^ d);
    }
  }
  return result;
}

// Of the ways to choose which open shells are up, the share that leaves a given pair parallel is
// the share of parallel pairs in any one of them.
double CiHamiltonian::averaged_diagonal(Occupation closed, Occupation open) const {
  const std::vector<int> twice = orbitals_of(closed), once = orbitals_of(open);
  const int n = static_cast<int>(once.size());
  const int up = space_.up().electrons() - static_cast<int>(twice.size()), down = n - up;
  const double parallel = n < 2 ? 0.0 : (up * (up - 1.0) + down * (down - 1.0)) / (n * (n - 1.0));
  double energy = 0.0;
  for (const int p : twice) {
    energy += 2.0 * integrals_.one_electron(p, p);
    for (const int q : twice) energy += 2.0 * coulomb_(p, q) - exchange_(p, q);
    for (const int q : once) energy += 2.0 * coulomb_(p, q) - exchange_(p, q);
  }
  for (std::size_t i = 0; i < once.size(); ++i) {
    energy += integrals_.one_electron(once[i], once[i]);
    for (std::size_t j = 0; j < i; ++j) {
      energy += coulomb_(once[i], once[j]) - parallel * exchange_(once[i], once[j]);
    }
  }
  return energy;
}

double CiHamiltonian::diagonal(Occupation up, Occupation down) const {
  double energy = 0.0;
  for (const Occupation string : {up, down}) {
    const std::vector<int> orbitals = orbitals_of(string);
    for (const int p : orbitals) {
      energy += integrals_.one_electron(p, p);
      for (const int q : orbitals) energy += 0.5 * (coulomb_(p, q) - exchange_(p, q));
    }
  }
  for (const int p : orbitals_of(up)) {
    for (const int q : orbitals_of(down)) energy += coulomb_(p, q);
  }
  return energy;
}

double CiHamiltonian::element(Occupation up_a, Occupation down_a, Occupation up_b,
                              Occupation down_b) const {
  const int up_moves = moves_between(up_a, up_b), down_moves = moves_between(down_a, down_b);
  if (up_moves + down_moves > 2) return 0.0;
  if (up_moves + down_moves == 0) return diagonal(up_a, down_a);
  const auto& g = integrals_;
  if (up_moves == 1 && down_moves == 1) {
    const Move a = take_move(up_b, up_a), b = take_move(down_b, down_a);
    return a.sign * b.sign * g.repulsion(a.to, a.from, b.to, b.from);
  }
  const bool is_up = up_moves > 0;
  Occupation same = is_up ? up_b : down_b;
  const Occupation target = is_up ? up_a : down_a, other = is_up ? down_b : up_b;
  const Move a = take_move(same, target);
  if (up_moves + down_moves == 2) {
    const Move b = take_move(same, target);
    return a.sign * b.sign *
           (g.repulsion(a.to, a.from, b.to, b.from) - g.repulsion(a.to, b.from, b.to, a.from));
  }
  double value = g.one_electron(a.to, a.from);
  for (const int r : orbitals_of(same & ~bit(a.to))) {
    value += g.repulsion(a.to, a.from, r, r) - g.repulsion(a.to, r, r, a.from);
  }
  for (const int r : orbitals_of(other)) value += g.repulsion(a.to, a.from, r, r);
  return a.sign * value;
}

MatrixXd one_particle_density(const CiSpace& space, const VectorXd& vector) {
  const Index downs = space.down().size(), ups = space.up().size();
  const int n = space.orbitals();
  const Map<const MatrixXd> c(vector.data(), downs, ups);
  MatrixXd d(downs, pair_index(n, 0));
  VectorXd sums = VectorXd::Zero(d.cols());
  for (int up = 0; up < ups; ++up) {
    gather(space, c, up, d);
    sums += d.transpose() * c.col(up);
  }
  MatrixXd density(n, n);
  for (int p = 0; p < n; ++p) {
    for (int q = 0; q <= p; ++q) {
      // A_pq = E_pq + E_qp holds both of two equal elements.
      density(p, q) = density(q, p) = (p == q ? 1.0 : 0.5) * sums[pair_index(p, q)];
    }
  }
  return density;
}

}  // namespace markhor
