#include "meanfield/natural_orbitals.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

namespace markhor {

namespace {

using Eigen::Index;
using Eigen::Map;
using Eigen::MatrixXd;
using Eigen::VectorXd;

constexpr double coupling_threshold = 1e-6;

// Connected components of the orbitals, in the order of their first members.
std::vector<std::vector<Index>> coupled_blocks(const MatrixXd& density) {
  std::vector<Index> label(static_cast<std::size_t>(density.rows()));
  std::iota(label.begin(), label.end(), Index{0});
  for (Index q = 0; q < density.cols(); ++q) {
    for (Index p = 0; p < q; ++p) {
      if (std::abs(density(p, q)) <= coupling_threshold) continue;
      const Index a = label[static_cast<std::size_t>(p)], b = label[static_cast<std::size_t>(q)];
      std::replace(label.begin(), label.end(), std::max(a, b), std::min(a, b));
    }
  }
  std::vector<std::vector<Index>> blocks(label.size());
  for (std::size_t p = 0; p < label.size(); ++p) {
    blocks[static_cast<std::size_t>(label[p])].push_back(Index(p));
  }
  std::erase_if(blocks, [](const std::vector<Index>& block) { return block.empty(); });
  return blocks;
}

// Occupations and rotation in the order of the blocks.
NaturalOrbitals diagonalize_blocks(const MatrixXd& density) {
  const Index n = density.rows();
  NaturalOrbitals result{VectorXd(n), MatrixXd::Zero(n, n)};
  Index column = 0;
  for (const std::vector<Index>& block : coupled_blocks(density)) {
    const Eigen::SelfAdjointEigenSolver<MatrixXd> solver{MatrixXd(density(block, block))};
    for (Index k = Index(block.size()) - 1; k >= 0; --k, ++column) {
      VectorXd natural = solver.eigenvectors().col(k);
      Index largest = 0;
      natural.cwiseAbs().maxCoeff(&largest);
      if (natural[largest] < 0.0) natural *= -1.0;
      result.rotation(block, column) = natural;
      result.occupations[column] = solver.eigenvalues()[k];
    }
  }
  return result;
}

// new p = cosine p + sine q, new q = cosine q - sine p.
struct PlaneRotation {
  int p = 0, q = 0;  // p < q
  double cosine = 1.0, sine = 0.0;
};

// Two strings that differ in p and q; `sign` of taking p to q in the second one's place.
struct StringPair {
  int with_p = 0, with_q = 0;
  double sign = 1.0;
};

std::vector<StringPair> pairs_of(const Strings& strings, const PlaneRotation& plane) {
  std::vector<StringPair> result;
  for (int i = 0; i < strings.size(); ++i) {
    const Occupation string = strings[i];
    if ((string & bit(plane.p)) == 0 || (string & bit(plane.q)) != 0) continue;
    const Occupation between = string & below(plane.q) & ~below(plane.p + 1);
    result.push_back({i, strings.index((string & ~bit(plane.p)) | bit(plane.q)),
                      static_cast<double>(parity(between))});
  }
  return result;
}

template <class First, class Second>
void turn(const PlaneRotation& plane, double sign, First&& with_p, Second&& with_q) {
  const VectorXd before = with_p;
  with_p = plane.cosine * before + plane.sine * sign * with_q;
  with_q = plane.cosine * with_q - plane.sine * sign * before;
}

// Strings with both orbitals or none do not change: the plane rotation has determinant one.
void apply(const CiSpace& space, const PlaneRotation& plane, Map<MatrixXd>& c) {
  for (const StringPair& pair : pairs_of(space.up(), plane)) {
    turn(plane, pair.sign, c.col(pair.with_p), c.col(pair.with_q));
  }
  const std::vector<StringPair> downs = pairs_of(space.down(), plane);
  for (Index up = 0; up < c.cols(); ++up) {
    for (const StringPair& pair : downs) {
      const double before = c(pair.with_p, up);
      double& other = c(pair.with_q, up);
      c(pair.with_p, up) = plane.cosine * before + plane.sine * pair.sign * other;
      other = plane.cosine * other - plane.sine * pair.sign * before;
    }
  }
}

// Turns the sign of an orbital.
void reflect(const CiSpace& space, int orbital, Map<MatrixXd>& c) {
  for (int i = 0; i < space.up().size(); ++i) {
    if ((space.up()[i] & bit(orbital)) != 0) c.col(i) *= -1.0;
  }
  for (int i = 0; i < space.down().size(); ++i) {
    if ((space.down()[i] & bit(orbital)) != 0) c.row(i) *= -1.0;
  }
}

}  // namespace

NaturalOrbitals natural_orbitals(const MatrixXd& density) {
  const NaturalOrbitals blocks = diagonalize_blocks(density);
  std::vector<Index> order(static_cast<std::size_t>(density.rows()));
  std::iota(order.begin(), order.end(), Index{0});
  // Equal occupations differ by rounding; they keep the order of their blocks.
  const auto rounded = [&](Index k) { return std::llround(blocks.occupations[k] * 1e7); };
  std::stable_sort(order.begin(), order.end(),
                   [&](Index a, Index b) { return rounded(a) > rounded(b); });
  return {blocks.occupations(order), blocks.rotation(Eigen::all, order)};
}

// U = G_1 G_2 ... D with plane rotations G and signs D, the G found by clearing U below its
// diagonal from the left; the orbitals turn by G_1 first.
VectorXd rotated_vector(const CiSpace& space, VectorXd vector, const MatrixXd& rotation) {
  Map<MatrixXd> c(vector.data(), space.down().size(), space.up().size());
  MatrixXd left = rotation;
  for (int p = 0; p < left.cols(); ++p) {
    for (int q = p + 1; q < left.rows(); ++q) {
      if (left(q, p) == 0.0) continue;
      const double length = std::hypot(left(p, p), left(q, p));
      const PlaneRotation plane{p, q, left(p, p) / length, left(q, p) / length};
      apply(space, plane, c);
      const Eigen::RowVectorXd row = left.row(p);
      left.row(p) = plane.cosine * row + plane.sine * left.row(q);
      left.row(q) = plane.cosine * left.row(q) - plane.sine * row;
    }
  }
  for (int p = 0; p < left.cols(); ++p) {
    if (left(p, p) < 0.0) reflect(space, p, c);
  }
  return vector;
}

}  // namespace markhor
