#include "gp/transport_distance.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "core/units.hpp"
#include "gp/geometries.hpp"
#include "support/catch.hpp"

using namespace markhor;

using Eigen::VectorXd;

namespace {

VectorXd on_a_line(const std::vector<double>& places) {
  VectorXd positions = VectorXd::Zero(3 * Eigen::Index(places.size()));
  for (std::size_t i = 0; i < places.size(); ++i) positions(3 * Eigen::Index(i)) = places[i];
  return positions;
}

}  // namespace

TEST_CASE("transport distance: equal atoms are exchangeable, and the worst element counts") {
  const TransportDistance distance({1, 1, 8}, {});
  const VectorXd one = on_a_line({0.0, 4.0, 8.0});
  CHECK(distance(one, on_a_line({4.0, 0.0, 8.0})) == 0.0);
  CHECK(distance(one, on_a_line({0.0, 5.0, 8.0})) == Approx(0.5));
  CHECK(distance(one, on_a_line({0.0, 5.0, 9.0})) == Approx(1.0));
  // An oxygen is no hydrogen.
  CHECK(distance(one, on_a_line({0.0, 8.0, 4.0})) == Approx(4.0));
  CHECK(distance.atoms() == 3);
}

TEST_CASE("transport distance: only what moves is carried") {
  const TransportDistance distance({1, 1, 8}, {false, false, true});
  CHECK(distance(on_a_line({0.0, 4.0, 8.0}), on_a_line({0.0, 5.0, 20.0})) == Approx(0.5));
  CHECK(distance.atoms() == 2);
  CHECK_THROWS_AS(TransportDistance({1, 1}, {true}), std::invalid_argument);
}

TEST_CASE("transport distance: it is a distance") {
  const Cluster cluster = random_cluster(7, 12);
  const TransportDistance distance(cluster.atomic_numbers, {});
  std::vector<VectorXd> x;
  for (unsigned i = 0; i < 3; ++i) {
    x.push_back(cluster.positions + 2.0 * random_numbers(21, 60 + i));
  }
  CHECK(distance(x[0], x[1]) == Approx(distance(x[1], x[0])));
  CHECK(distance(x[0], x[2]) <= distance(x[0], x[1]) + distance(x[1], x[2]));
}

TEST_CASE("transport distance: trust radii of published runs") {
  // In angstrom, as the program of Goswami and Jonsson logged them at 5 and 3 observations.
  const double angstrom = units::bohr_per_angstrom;
  CHECK(transport_trust_radius(5, 10) == Approx(0.173438 * angstrom).epsilon(1e-5));
  CHECK(transport_trust_radius(3, 10) == Approx(0.164258 * angstrom).epsilon(1e-5));
  CHECK(transport_trust_radius(1000, 16) == Approx(0.325 * angstrom));
  CHECK(transport_trust_radius(1000, 100) == Approx(0.25 * angstrom));
}

TEST_CASE("log distance: the pair that is stretched most") {
  const FeatureMap features = make_features({1, 1, 1}, {}, true);
  const VectorXd one = on_a_line({0.0, 1.0, 3.0}), other = on_a_line({0.0, 2.0, 3.0});
  // Distances 1, 3, 2 and 2, 3, 1.
  CHECK(log_distance(features, one, other) == Approx(std::log(2.0)));
  CHECK_THROWS_AS(log_distance(make_features({0}, {}, true), one, other), std::invalid_argument);
}

TEST_CASE("farthest points: the two newest, then the most distant of all that are left") {
  std::vector<VectorXd> geometries;
  for (const double x : {0.0, 0.1, 9.0, 5.0, 5.1, 5.2})
    geometries.push_back(VectorXd::Constant(1, x));
  const GeometryDistance distance = [](const VectorXd& a, const VectorXd& b) {
    return std::abs(a(0) - b(0));
  };
  CHECK(farthest_points(geometries, 3, distance) == std::vector<int>{0, 4, 5});
  CHECK(farthest_points(geometries, 4, distance) == std::vector<int>{0, 2, 4, 5});
  CHECK(farthest_points(geometries, 9, distance).size() == 6);
  CHECK(farthest_points({}, 3, distance).empty());
  CHECK(nearest_distance(geometries, VectorXd::Constant(1, 7.5), distance) == Approx(1.5));
  CHECK(nearest_distance({}, VectorXd::Constant(1, 7.5), distance) ==
        std::numeric_limits<double>::infinity());
}
