// Birth and death: weights are conserved, expectations are kept, cells even out.
#include "montecarlo/branching.hpp"

#include <cmath>
#include <numeric>
#include <random>

#include "montecarlo/balance.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

std::vector<double> random_weights(std::size_t count, unsigned seed) {
  std::mt19937_64 generator(seed);
  std::lognormal_distribution<double> distribution(-0.3, 0.9);
  std::vector<double> weights;
  for (std::size_t i = 0; i < count; ++i) weights.push_back(distribution(generator));
  return weights;
}

double total(const std::vector<Offspring>& offspring) {
  double sum = 0.0;
  for (const Offspring& walker : offspring) sum += walker.weight;
  return sum;
}

}  // namespace

TEST_CASE("splitting and joining keeps the total weight", "[unit]") {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    const std::vector<double> weights = random_weights(33, seed);
    const std::vector<Offspring> next = split_and_join(weights, 5, 7, seed);
    CHECK(std::abs(total(next) - std::accumulate(weights.begin(), weights.end(), 0.0)) < 1e-12);
    int small = 0;
    for (const Offspring& walker : next) {
      const double before = weights[static_cast<std::size_t>(walker.parent)];
      small += walker.weight < 0.5 ? 1 : 0;
      if (before >= 2.0) CHECK(walker.weight == before / 2.0);
    }
    CHECK(small <= 1);  // the one without a partner
  }
}

TEST_CASE("a joined walker survives in proportion to its weight", "[statistical]") {
  // Two-sided at four sigmas of a binomial distribution, one fixed seed.
  const std::vector<double> weights = {0.4, 1.0, 0.1};
  constexpr int tries = 20000;
  int first = 0;
  for (std::uint64_t step = 0; step < tries; ++step) {
    const std::vector<Offspring> next = split_and_join(weights, 11, 3, step);
    REQUIRE(next.size() == 2);
    CHECK(next[0].weight == 0.5);
    first += next[0].parent == 0 ? 1 : 0;
  }
  const double expected = 0.8 * tries, sigma = std::sqrt(tries * 0.8 * 0.2);
  CHECK(std::abs(first - expected) < 4.0 * sigma);
}

TEST_CASE("the comb makes as many walkers as it has teeth, cell by cell", "[unit]") {
  constexpr std::int64_t walkers = 96;
  const std::vector<std::vector<double>> cells = {random_weights(30, 1), random_weights(40, 2),
                                                  random_weights(26, 3)};
  std::int64_t units = 0;
  for (const auto& cell : cells) {
    for (const double w : cell) units += weight_units(w);
  }
  for (std::uint64_t step = 0; step < 50; ++step) {
    const Comb comb = make_comb(units, walkers, 17, step);
    std::int64_t before = 0, made = 0;
    for (const auto& cell : cells) {
      const std::vector<Offspring> next = comb_offspring(cell, before, comb);
      made += static_cast<std::int64_t>(next.size());
      std::vector<int> copies(cell.size(), 0);
      for (const Offspring& walker : next) ++copies[static_cast<std::size_t>(walker.parent)];
      for (std::size_t i = 0; i < cell.size(); ++i) {
        const double mean = static_cast<double>(weight_units(cell[i])) * walkers / comb.total;
        CHECK(copies[i] >= static_cast<int>(std::floor(mean)));
        CHECK(copies[i] <= static_cast<int>(std::ceil(mean)));
        before += weight_units(cell[i]);
      }
    }
    CHECK(made == walkers);
  }
}

TEST_CASE("cells even out with the fewest moves", "[unit]") {
  const std::vector<std::int64_t> walkers = {40, 31, 20, 33, 36, 32};
  const std::vector<Transfer> plan = balance_cells(walkers);
  std::vector<std::int64_t> after = walkers;
  std::int64_t moved = 0;
  for (const Transfer& t : plan) {
    after[static_cast<std::size_t>(t.from)] -= t.walkers;
    after[static_cast<std::size_t>(t.to)] += t.walkers;
    moved += t.walkers;
  }
  CHECK(after == std::vector<std::int64_t>{32, 32, 32, 32, 32, 32});
  CHECK(moved == 8 + 1 + 4);
  CHECK(balance_cells(std::vector<std::int64_t>{5, 6, 5, 6}).empty());
  CHECK(crowded_from(32.0) == 36);
  CHECK(crowded_from(4.0) == 6);
}
