// The operators of the CI on random integrals and vectors, against plain_determinants.hpp.
#include <algorithm>
#include <cmath>
#include <random>

#include "check_record.hpp"
#include "meanfield/ci.hpp"
#include "meanfield/ci_hamiltonian.hpp"
#include "meanfield/ci_spin.hpp"
#include "meanfield/csf.hpp"
#include "meanfield/natural_orbitals.hpp"
#include "plain_determinants.hpp"

using namespace markhor;

namespace {

// Nothing about them is special but the symmetry in the indices.
ActiveIntegrals random_integrals(int orbitals, std::mt19937& random) {
  std::normal_distribution<double> normal;
  const auto symmetric = [&](Eigen::Index n) {
    const Eigen::MatrixXd m = Eigen::MatrixXd::NullaryExpr(n, n, [&] { return normal(random); });
    return Eigen::MatrixXd(0.5 * (m + m.transpose()));
  };
  return {0.0, symmetric(orbitals), symmetric(pair_index(orbitals, 0))};
}

Eigen::VectorXd random_vector(const CiSpace& space, std::mt19937& random) {
  std::normal_distribution<double> normal;
  return Eigen::VectorXd::NullaryExpr(space.size(), [&] { return normal(random); }).normalized();
}

PlainVector plain(const CiSpace& space, const Eigen::VectorXd& vector) {
  const int n = space.orbitals();
  PlainVector result;
  for (int i = 0; i < space.up().size(); ++i) {
    for (int j = 0; j < space.down().size(); ++j) {
      PlainDeterminant d(static_cast<std::size_t>(2 * n), false);
      for (const int p : orbitals_of(space.up()[i])) d[static_cast<std::size_t>(p)] = true;
      for (const int p : orbitals_of(space.down()[j])) d[static_cast<std::size_t>(n + p)] = true;
      result[d] = vector[space.index(space.up()[i], space.down()[j])];
    }
  }
  return result;
}

// (pq|rs) over phi U, index by index.
ActiveIntegrals turned(const ActiveIntegrals& g, const Eigen::MatrixXd& u) {
  const int n = g.orbitals();
  ActiveIntegrals result{0.0, u.transpose() * g.one_electron * u, g.two_electron};
  result.two_electron.setZero();
  for (int p = 0; p < n; ++p) {
    for (int q = 0; q <= p; ++q) {
      for (int r = 0; r < n; ++r) {
        for (int s = 0; s <= r; ++s) {
          double& sum = result.two_electron(pair_index(p, q), pair_index(r, s));
          for (int k = 0; k < n * n * n * n; ++k) {
            const int a = k % n, b = k / n % n, c = k / n / n % n, d = k / n / n / n;
            sum += u(a, p) * u(b, q) * u(c, r) * u(d, s) * g.repulsion(a, b, c, d);
          }
        }
      }
    }
  }
  return result;
}

struct Shape {
  int orbitals, up, down;
};
const Shape shapes[] = {{4, 2, 2}, {4, 3, 1}, {5, 3, 2}, {4, 4, 2}, {4, 2, 0}, {3, 1, 1}};

}  // namespace

TEST_CASE("strings are numbered as they are listed") {
  for (const auto& [n, k] : {std::pair{7, 3}, std::pair{5, 0}, std::pair{5, 5}, std::pair{63, 1}}) {
    const Strings strings(n, k);
    CHECK(strings.size() == static_cast<int>(binomial(n, k)));
    for (int i = 0; i < strings.size(); ++i) {
      CHECK(strings.index(strings[i]) == i);
      CHECK(orbitals_of(strings[i]).size() == static_cast<std::size_t>(k));
    }
  }
}

TEST_CASE("the Hamiltonian acts as its creation operators do") {
  std::mt19937 random(1);
  for (const Shape& s : shapes) {
    const CiSpace space(s.orbitals, s.up, s.down);
    const ActiveIntegrals g = random_integrals(s.orbitals, random);
    const CiHamiltonian h(space, g);
    const Eigen::VectorXd x = random_vector(space, random), y = random_vector(space, random);
    const PlainVector image = hamiltonian_times(plain(space, x), g);
    CHECK(dot(plain(space, y), image) == Approx(y.dot(h.product(x).col(0))).margin(1e-12));
    CHECK(std::abs(dot(image, image) - h.product(x).squaredNorm()) < 1e-9);
    // Single elements, and the average of the diagonal over each configuration.
    const Eigen::MatrixXd all = h.product(Eigen::MatrixXd::Identity(space.size(), space.size()));
    const Eigen::VectorXd averages = h.averaged_diagonal();
    for (const Configuration& c : configurations(space)) {
      const auto list = determinants_of(space, c);
      double sum = 0.0;
      for (const auto& a : list) {
        sum += all(a.index, a.index);
        for (const Configuration& other : configurations(space)) {
          for (const auto& b : determinants_of(space, other)) {
            CHECK(std::abs(h.element(a.up, a.down, b.up, b.down) - all(a.index, b.index)) < 1e-12);
          }
        }
      }
      for (const auto& a : list) {
        CHECK(averages[a.index] == Approx(sum / static_cast<double>(list.size())));
      }
    }
  }
}

TEST_CASE("S^2 of CI vectors, and what the projection leaves") {
  std::mt19937 random(2);
  for (const Shape& s : shapes) {
    const CiSpace space(s.orbitals, s.up, s.down);
    const SpinOperator spin(space);
    Eigen::VectorXd x = random_vector(space, random);
    const PlainVector before = plain(space, x);
    const double plain_value = dot(before, spin_squared_times(before, s.orbitals));
    CHECK(spin.spin_squared(x) == Approx(plain_value).margin(1e-12));
    spin.project(x);
    REQUIRE(x.norm() > 1e-3);
    // A projection: it takes nothing from what it has left.
    Eigen::VectorXd twice = x;
    spin.project(twice);
    CHECK((twice - x).norm() < 1e-12);
    const double ms = 0.5 * (s.up - s.down);
    CHECK(spin.spin_squared(x.normalized()) == Approx(ms * (ms + 1.0)).margin(1e-12));
  }
}

TEST_CASE("a vector carried over to other orbitals is the same function") {
  std::mt19937 random(3);
  for (const Shape& s : shapes) {
    const CiSpace space(s.orbitals, s.up, s.down);
    const ActiveIntegrals g = random_integrals(s.orbitals, random);
    const Eigen::MatrixXd m = Eigen::MatrixXd::Random(s.orbitals, s.orbitals);
    const Eigen::MatrixXd u = Eigen::HouseholderQR<Eigen::MatrixXd>(m).householderQ();
    const ActiveIntegrals g_turned = turned(g, u);
    const Eigen::VectorXd x = random_vector(space, random), y = random_vector(space, random);
    const Eigen::VectorXd x_turned = rotated_vector(space, x, u);
    const Eigen::VectorXd y_turned = rotated_vector(space, y, u);
    const double before = y.dot(CiHamiltonian(space, g).product(x).col(0));
    const double after = y_turned.dot(CiHamiltonian(space, g_turned).product(x_turned).col(0));
    CHECK(after == Approx(before).margin(1e-11));
    const Eigen::MatrixXd density = one_particle_density(space, x);
    const Eigen::MatrixXd density_turned = one_particle_density(space, x_turned);
    CHECK((u.transpose() * density * u - density_turned).cwiseAbs().maxCoeff() < 1e-12);
    CHECK(density.trace() == Approx(s.up + s.down));
  }
}

TEST_CASE("natural orbitals of equal occupation stay as they are unless the density couples them") {
  Eigen::MatrixXd density = Eigen::Vector4d(0.5, 1.9, 0.5, 1.1).asDiagonal();
  const NaturalOrbitals apart = natural_orbitals(density);
  CHECK(apart.occupations == Eigen::Vector4d(1.9, 1.1, 0.5, 0.5));
  Eigen::Matrix4d expected = Eigen::Matrix4d::Zero();
  expected(1, 0) = expected(3, 1) = expected(0, 2) = expected(2, 3) = 1.0;
  CHECK(apart.rotation == expected);
  density(0, 3) = density(3, 0) = 0.2;
  const NaturalOrbitals coupled = natural_orbitals(density);
  CHECK(coupled.occupations[1] == Approx(0.8 + std::hypot(0.3, 0.2)));
  CHECK(coupled.rotation(0, 1) * coupled.rotation(3, 1) > 0.1);
}

TEST_CASE("the lowest singlet is found where states of other spin and symmetry are lower or near") {
  // Oxygen has a triplet below two degenerate singlets and a third one: all states of the space by
  // diagonalizing the whole matrix, in which the singlets are those that S^2 says.
  Molecule oxygen = reference_record("O2", "sto-3g", ScfMethod::uhf, "stable").molecule;
  oxygen.multiplicity = 1;
  const BasisSet basis = shipped_basis("cc-pVDZ", oxygen, false);
  ScfOptions scf_options;
  scf_options.follow_instability = false;
  ScfResult scf = run_scf(oxygen, basis, scf_options);
  CiOptions options;
  options.space = {8, 7};
  const auto repulsion = make_repulsion(oxygen, basis, 1e9, 1);
  const ActiveIntegrals g =
      active_integrals(oxygen, basis, scf.orbitals.up, options.space, *repulsion);
  const CiSpace space(7, 4, 4);
  const CiHamiltonian h(space, g);
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver{
      Eigen::MatrixXd(h.product(Eigen::MatrixXd::Identity(space.size(), space.size())))};
  Eigen::Index state = 0;
  const SpinOperator spin(space);
  while (spin.spin_squared(solver.eigenvectors().col(state)) > 0.5) ++state;
  CHECK(state > 0);
  const CiResult result = run_ci(oxygen, basis, scf.orbitals, options);
  INFO(result.status);
  CHECK(result.converged);
  CHECK(std::abs(result.energy - g.core_energy - solver.eigenvalues()[state]) < 1e-9);
  CHECK(result.spin_squared < 1e-10);
}
