#include "parallel/exact_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "parallel/communicator.hpp"

namespace markhor {

namespace {
constexpr double two32 = 4294967296.0;
constexpr double largest_term = two32 * two32 / 4.0;
}  // namespace

void ExactSum::add(double term) {
  if (!(std::abs(term) < largest_term)) {
    ++digits_[4];
    return;
  }
  // Digits of the magnitude: each floor and subtraction is exact, because the remainder has fewer
  // significant bits than the term. (Digits of a negative number would not be: 1 - 1e-13 rounds.)
  const std::int64_t sign = term < 0.0 ? -1 : 1;
  double rest = std::abs(term) / two32;
  for (int limb = 0; limb < 4; ++limb) {
    const double digit = limb < 3 ? std::floor(rest) : std::nearbyint(rest);
    digits_[static_cast<std::size_t>(limb)] += sign * static_cast<std::int64_t>(digit);
    rest = (rest - digit) * two32;
  }
}

void ExactSum::add(const ExactSum& other) {
  for (std::size_t limb = 0; limb < limbs; ++limb) digits_[limb] += other.digits_[limb];
}

namespace {

using Digits = std::array<std::int64_t, ExactSum::limbs>;

// Carries upwards, so that equal sums have equal digits however they were built: all but the
// highest are then in [0, 2^32).
Digits carried(Digits d) {
  for (std::size_t limb = 3; limb > 0; --limb) {
    const std::int64_t carry = d[limb] >> 32;
    d[limb] -= carry * (std::int64_t{1} << 32);
    d[limb - 1] += carry;
  }
  return d;
}

}  // namespace

double ExactSum::value() const {
  if (digits_[4] != 0) return std::numeric_limits<double>::quiet_NaN();
  Digits d = carried(digits_);
  // A negative sum is evaluated as a magnitude: -1 + 0.999... would lose the digits.
  const bool negative = d[0] < 0;
  if (negative) {
    for (std::int64_t& digit : d) digit = -digit;
    d = carried(d);
  }
  double total = static_cast<double>(d[3]) / two32;
  total = (total + static_cast<double>(d[2])) / two32;
  total += static_cast<double>(d[1]) + static_cast<double>(d[0]) * two32;
  return negative ? -total : total;
}

void sum_over_ranks(std::span<ExactSum> sums, const Communicator& communicator) {
  std::vector<std::int64_t> flat;
  flat.reserve(sums.size() * ExactSum::limbs);
  for (const ExactSum& sum : sums) flat.insert(flat.end(), sum.data().begin(), sum.data().end());
  communicator.sum(flat);
  for (std::size_t i = 0; i < sums.size(); ++i) {
    std::copy_n(flat.begin() + static_cast<std::ptrdiff_t>(i * ExactSum::limbs), ExactSum::limbs,
                sums[i].data().begin());
  }
}

}  // namespace markhor
