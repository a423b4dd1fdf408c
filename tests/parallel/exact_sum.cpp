// Sums that are the same bits in any order and however they are divided among ranks.
#include "parallel/exact_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "parallel/communicator.hpp"
#include "support/catch.hpp"

using namespace markhor;

namespace {

// Terms of both signs over twenty decades: ordinary sums of them differ with their order.
std::vector<double> wide_terms(std::size_t count) {
  std::mt19937_64 generator(4);
  std::uniform_real_distribution<double> exponent(-10.0, 10.0), sign(-1.0, 1.0);
  std::vector<double> terms(count);
  for (double& term : terms)
    term = std::copysign(std::pow(10.0, exponent(generator)), sign(generator));
  return terms;
}

double exact_sum(const std::vector<double>& terms) {
  ExactSum sum;
  for (const double term : terms) sum.add(term);
  return sum.value();
}

}  // namespace

TEST_CASE("exact sum: no order and no division among ranks changes a bit", "[deterministic]") {
  std::vector<double> terms = wide_terms(10000);
  const double total = exact_sum(terms);
  std::mt19937_64 generator(9);
  for (int i = 0; i < 10; ++i) {
    std::shuffle(terms.begin(), terms.end(), generator);
    CHECK(exact_sum(terms) == total);
    ExactSum parts[3], merged;
    for (std::size_t t = 0; t < terms.size(); ++t) parts[t % 3].add(terms[t]);
    for (const ExactSum& part : parts) merged.add(part);
    CHECK(merged.value() == total);
  }
}

TEST_CASE("exact sum: agrees with extended precision", "[unit]") {
  const std::vector<double> terms = wide_terms(10000);
  long double reference = 0.0L;
  for (const double term : terms) reference += term;
  // Each term is rounded to 2^-64 = 5e-20.
  CHECK(std::abs(exact_sum(terms) - static_cast<double>(reference)) <
        1e-15 * std::abs(static_cast<double>(reference)) + 1e-12);
  CHECK(exact_sum({}) == 0.0);
  CHECK(exact_sum({-76.25}) == -76.25);
  CHECK(exact_sum({1e15, 1.0, -1e15}) == 1.0);
  CHECK(exact_sum({-0.125, -1e-3, 0.125}) == Approx(-1e-3).epsilon(1e-15));
}

TEST_CASE("exact sum: what cannot be summed is not a number instead of a wrong one", "[unit]") {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double bad : {infinity, -infinity, std::nan(""), 1e19}) {
    CHECK(std::isnan(exact_sum({1.0, bad, 2.0})));
  }
}

TEST_CASE("exact sum: a lone rank needs no MPI", "[unit]") {
  std::vector<ExactSum> sums(2);
  sums[0].add(1.5);
  sums[1].add(-2.5);
  sum_over_ranks(sums, Communicator());
  CHECK(sums[0].value() == 1.5);
  CHECK(sums[1].value() == -2.5);
}
