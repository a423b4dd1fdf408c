// Clusters of 7 to 38 atoms, most of them frozen: an atom of the surface moves from its place
// towards a neighbouring hollow.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "saddle/saddle_search.hpp"
#include "support/catch.hpp"
#include "surface/pair_surfaces.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::Matrix3Xd;
using Eigen::Vector3d;
using Eigen::VectorXd;

namespace {

constexpr double bohr = units::bohr_per_angstrom;

// Two atoms on the axis of a regular pentagon.
Matrix3Xd pentagonal_bipyramid() {
  Matrix3Xd places(3, 7);
  const double pi = std::acos(-1.0), radius = 0.5 / std::sin(pi / 5.0);
  for (int i = 0; i < 5; ++i) {
    places.col(i) = radius * Vector3d(std::cos(0.4 * pi * i), std::sin(0.4 * pi * i), 0.0);
  }
  places.col(5) = std::sqrt(1.0 - radius * radius) * Vector3d::UnitZ();
  places.col(6) = -places.col(5);
  return places;
}

// Points of a face-centred cubic lattice, nearest neighbours one apart: integers whose sum is even
// (parity 0) or odd, as far as `inside` says.
template <class Inside>
Matrix3Xd lattice(int parity, const Inside& inside) {
  std::vector<Vector3d> points;
  for (int x = -3; x <= 3; ++x) {
    for (int y = -3; y <= 3; ++y) {
      for (int z = -3; z <= 3; ++z) {
        const Vector3d point(x, y, z);
        if (std::abs(x + y + z) % 2 == parity && inside(point)) {
          points.push_back(point / std::sqrt(2.0));
        }
      }
    }
  }
  Matrix3Xd places(3, Index(points.size()));
  for (Index i = 0; i < places.cols(); ++i) places.col(i) = points[std::size_t(i)];
  return places;
}

Matrix3Xd cuboctahedron() {
  return lattice(0, [](const Vector3d& x) { return x.squaredNorm() < 2.5; });
}

Matrix3Xd truncated_octahedron() {
  return lattice(1, [](const Vector3d& x) {
    return x.lpNorm<1>() < 3.5 && x.lpNorm<Eigen::Infinity>() < 2.5;
  });
}

struct Start {
  VectorXd positions;
  std::vector<bool> frozen;
};

// The atom farthest from the centre goes out and aside; it moves with its `moving` nearest ones.
Start pushed(const Matrix3Xd& places, double distance, int moving) {
  Matrix3Xd x = distance * places;
  Index atom = 0;
  x.colwise().norm().maxCoeff(&atom);
  const Eigen::VectorXd away = (x.colwise() - x.col(atom)).colwise().norm().transpose();
  std::vector<Index> order(std::size_t(x.cols()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&away](Index a, Index b) { return away[a] < away[b] - 1e-9; });
  Start start{{}, std::vector<bool>(order.size(), true)};
  for (int i = 0; i <= moving; ++i) start.frozen[std::size_t(order[std::size_t(i)])] = false;
  const Vector3d out = x.col(atom).normalized();
  const Vector3d aside = out.cross(Vector3d(0.3, 0.5, 0.8)).normalized();
  x.col(atom) += distance * (0.1 * out + 0.5 * aside);
  start.positions = x.reshaped();
  return start;
}

template <class Potential>
void search(const Matrix3Xd& places, const Potential& potential, double distance, int moving) {
  const int atoms = int(places.cols());
  INFO(atoms << " atoms");
  PairSurface<Potential> surface(std::vector<int>(std::size_t(atoms), 78), potential);
  const Start start = pushed(places, distance, moving);
  SaddleOptions options;
  options.frozen = start.frozen;
  const SaddleResult found = find_saddle(surface, start.positions, options);
  INFO(found.status << "; " << found.verification);
  REQUIRE(found.converged);
  CHECK(found.negative_modes == 1);
  for (Index i = 0; i < atoms; ++i) {
    if (start.frozen[std::size_t(i)]) {
      CHECK(found.positions.segment<3>(3 * i) == start.positions.segment<3>(3 * i));
    }
  }
}

}  // namespace

TEST_CASE("saddle: Lennard-Jones and Morse clusters of 7 to 38 atoms, some of them frozen") {
  const LennardJones lennard_jones{units::hartree_per_ev, 2.5 * bohr};
  const double lj_distance = std::pow(2.0, 1.0 / 6.0) * lennard_jones.sigma;
  const Morse morse{0.7102 * units::hartree_per_ev, 1.6047 / bohr, 2.897 * bohr};
  const Matrix3Xd clusters[] = {pentagonal_bipyramid(), cuboctahedron(), truncated_octahedron()};
  CHECK(clusters[1].cols() == 13);
  REQUIRE(clusters[2].cols() == 38);
  for (const Matrix3Xd& places : clusters) {
    for (const int moving : {0, 4}) {
      search(places, lennard_jones, lj_distance, moving);
      search(places, morse, morse.bond_length, moving);
    }
  }
}
