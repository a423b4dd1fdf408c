// The search for the best level shift on one set of samples.
#include "optimize/level_shifts.hpp"

#include <algorithm>
#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

namespace {

// An energy with its minimum at a given shift, and steps that are too long below another one.
struct Model {
  double best = 1e-4, too_long_below = 0.0, effective_fraction = 0.9;

  TriedShift operator()(double shift) const {
    const double decades = std::log10(shift / best);
    return {shift, shift >= too_long_below, decades * decades - 30.0, effective_fraction};
  }
};

// All shifts tried, smallest first.
std::vector<TriedShift> search(double start, const Model& model) {
  std::vector<TriedShift> tried;
  std::vector<double> shifts = shifts_about(start);
  for (int attempt = 0; attempt < 10 && !shifts.empty(); ++attempt) {
    for (const double shift : shifts) tried.push_back(model(shift));
    std::sort(tried.begin(), tried.end(),
              [](const TriedShift& a, const TriedShift& b) { return a.shift < b.shift; });
    shifts = more_shifts(tried);
  }
  return tried;
}

double best_of(const std::vector<TriedShift>& tried) {
  const TriedShift* best = nullptr;
  for (const TriedShift& t : tried) {
    if (t.usable && (best == nullptr || t.change < best->change)) best = &t;
  }
  return best == nullptr ? 0.0 : best->shift;
}

}  // namespace

TEST_CASE("level shifts: one between the first ones needs no more", "[unit]") {
  const std::vector<TriedShift> tried = search(0.1, {0.1, 0.0, 0.9});
  REQUIRE(tried.size() == 3);
  CHECK(best_of(tried) == Approx(0.1));
}

TEST_CASE("level shifts: a far smaller one is reached on the same samples", "[unit]") {
  for (const double best : {1e-3, 1e-4, 1e-5, 1e-6}) {
    const std::vector<TriedShift> tried = search(1.0, {best, 0.0, 0.9});
    CHECK(std::abs(std::log10(best_of(tried) / best)) < 1.01);
    CHECK(tried.size() <= 8);
  }
}

TEST_CASE("level shifts: the smallest one is an end, and tried once", "[unit]") {
  for (const double start : {1e-6, 1e-5, 1e-4, 3e-3}) {
    const std::vector<TriedShift> tried = search(start, {1e-9, 0.0, 0.9});
    CHECK(best_of(tried) == Approx(smallest_shift));
    for (std::size_t i = 1; i < tried.size(); ++i) {
      CHECK(tried[i].shift > 1.5 * tried[i - 1].shift);
    }
  }
}

TEST_CASE("level shifts: nothing bolder where few configurations carry the comparison", "[unit]") {
  CHECK(search(0.1, {1e-5, 0.0, 0.2}).size() == 3);
}

TEST_CASE("level shifts: larger ones where no step can be compared", "[unit]") {
  CHECK(best_of(search(0.1, {1e-5, 50.0, 0.2})) >= 50.0);
}

TEST_CASE("level shifts: larger ones where the largest is the best and brings no clear gain",
          "[unit]") {
  const Eigen::VectorXd known_to_one = Eigen::VectorXd::Constant(100, 0.1);
  const auto tried = [&](double change_of_largest) -> std::vector<TriedShift> {
    return {{0.01, true, 9.0, 0.95, known_to_one},
            {0.1, true, 5.0, 0.95, 0.9 * known_to_one},
            {1.0, true, change_of_largest, 0.95, known_to_one}};
  };
  CHECK(more_shifts(tried(1.9)) == std::vector<double>{10.0, 100.0});
  CHECK(more_shifts(tried(-1.9)) == std::vector<double>{10.0, 100.0});
  CHECK(more_shifts(tried(-2.1)).empty());
  // All rise, the smallest least.
  CHECK(more_shifts({{1e-6, true, 1.5, 0.95, known_to_one}, {1e-5, true, 2.0, 0.95, known_to_one}})
            .size() == 2);
  // A rise at the largest, but a gain at a smaller one: that is the best.
  CHECK(more_shifts({{0.1, true, -3.0, 0.95, known_to_one},
                     {1.0, true, -9.0, 0.95, known_to_one},
                     {10.0, true, 1.0, 0.95, known_to_one}})
            .empty());
}

TEST_CASE("level shifts: of two that cannot be told apart, the smaller", "[unit]") {
  const Eigen::VectorXd one = Eigen::VectorXd::Constant(100, 0.1);
  Eigen::VectorXd other = one;
  other[0] += 0.5;  // the difference of the two is known to 0.5
  std::vector<TriedShift> tried = {
      {0.01, true, -1.1, 0.95, other}, {0.1, true, -2.0, 0.95, one}, {1.0, true, -1.9, 0.95, one}};
  CHECK(best_shift(tried) == std::size_t{0});
  tried[0].change = -0.9;  // higher by more than two of its sigmas
  CHECK(best_shift(tried) == std::size_t{1});
  tried[0].change = -1.1;
  tried[0].effective_fraction = 0.8;  // too few configurations carry it
  CHECK(best_shift(tried) == std::size_t{1});
  tried[0] = {0.01, false, -1.1, 0.95, other};
  CHECK(best_shift(tried) == std::size_t{1});
  // What is known badly is not worse, but a rise by more than its own error is not taken.
  Eigen::VectorXd wild = one;
  wild[3] += 2.0;
  tried[0] = {0.01, true, 1.9, 0.95, wild};
  tried[1].change = -2.0;
  CHECK(best_shift(tried) == std::size_t{0});
  tried[0].change = 2.4;
  tried[1].change = -1.7;
  tried[2].change = -1.0;
  CHECK(best_shift(tried) == std::size_t{1});
  // A larger shift is never taken for a smaller one's sake.
  tried[2].change = -2.0 - 1e-9;
  CHECK(best_shift(tried) == std::size_t{2});
}
