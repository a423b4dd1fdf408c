#include "saddle/path_guess.hpp"

#include <Eigen/Geometry>
#include <cmath>

#include "core/units.hpp"
#include "support/catch.hpp"

using namespace markhor;
using Eigen::Index;
using Eigen::Matrix3Xd;
using Eigen::VectorXd;

namespace {

double distance(const VectorXd& x, Index a, Index b) {
  return (x.segment<3>(3 * a) - x.segment<3>(3 * b)).norm();
}

const VectorXd some_cloud{{0.1, 0.4, -0.3, 2.0, -0.2, 0.5, 1.1, 1.9, 0.0, -0.6, 0.8, 2.1}};

}  // namespace

TEST_CASE("path: what was turned and moved is turned and moved back") {
  const Eigen::AngleAxisd turn(2.1, Eigen::Vector3d(0.3, -0.5, 0.8).normalized());
  const Matrix3Xd turned = (turn.toRotationMatrix() * some_cloud.reshaped(3, 4)).colwise() +
                           Eigen::Vector3d(1.0, 2.0, -3.0);
  CHECK((aligned(turned.reshaped(), some_cloud) - some_cloud).norm() < 1e-12);
}

TEST_CASE("path: a mirror image is not reached by turning") {
  Matrix3Xd mirrored = some_cloud.reshaped(3, 4);
  mirrored.row(0) *= -1.0;
  const VectorXd image = aligned(mirrored.reshaped(), some_cloud);
  CHECK((image - some_cloud).norm() > 0.1);
  for (Index a = 1; a < 4; ++a) {
    CHECK(distance(image, 0, a) == Approx(distance(some_cloud, 0, a)));
  }
}

// On the straight line between the two linear molecules hydrogen passes through both other atoms.
TEST_CASE("path: from HCN to HNC around the bond, distances change evenly") {
  const VectorXd hcn = units::bohr_per_angstrom * VectorXd{{0, 0, 0, 1.15, 0, 0, -1.07, 0, 0}},
                 hnc = units::bohr_per_angstrom * VectorXd{{0, 0, 0, 1.17, 0, 0, 2.17, 0, 0}};
  const auto path = interpolated_path(hcn, aligned(hnc, hcn), {}, 9);
  REQUIRE(path.size() == 11);
  CHECK(path.front() == hcn);
  for (std::size_t k = 1; k < 10; ++k) {
    INFO(k);
    const double share = static_cast<double>(k) / 10.0;
    // Three distances that fit a triangle can all be had; near the ends they do not.
    const bool triangle = k >= 3 && k <= 7;
    CHECK(distance(path[k], 0, 1) / units::bohr_per_angstrom ==
          Approx(1.15 + 0.02 * share).margin(triangle ? 2e-3 : 0.1));
    if (triangle) {
      CHECK(distance(path[k], 0, 2) / units::bohr_per_angstrom ==
            Approx(1.07 + 1.10 * share).margin(0.02));
      CHECK(distance(path[k], 1, 2) / units::bohr_per_angstrom ==
            Approx(2.22 - 1.22 * share).margin(0.02));
    }
    CHECK((path[k] - path[k - 1]).norm() < 2.5);
  }
  // Half-way hydrogen moves along the bond, from carbon to nitrogen.
  const VectorXd tangent = path_tangent(path, 5);
  const Eigen::Vector3d bond = path[5].segment<3>(3) - path[5].segment<3>(0);
  const Eigen::Vector3d way =
      tangent.segment<3>(6) - 0.5 * (tangent.segment<3>(0) + tangent.segment<3>(3));
  CHECK(way.normalized().dot(bond.normalized()) > 0.9);
}

TEST_CASE("path: frozen atoms stay, and an end that moves nothing gives itself") {
  const std::vector<bool> frozen = {true, true, true, false};
  VectorXd product = some_cloud;
  product.tail<3>() = Eigen::Vector3d(2.5, 1.0, 2.2);
  for (const VectorXd& image : interpolated_path(some_cloud, product, frozen, 3)) {
    CHECK(image.head(9) == some_cloud.head(9));
  }
  for (const VectorXd& image : interpolated_path(some_cloud, some_cloud, {}, 3)) {
    CHECK((image - some_cloud).norm() < 1e-3);
  }
}
