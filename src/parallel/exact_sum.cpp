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
  // Each floor and subtraction is exact: the remainder has fewer significant bits than the term.
  double rest = term / two32;
  for (int limb = 0; limb < 4; ++limb) {
    const double digit = limb < 3 ? std::floor(rest) : std::nearbyint(rest);
    digits_[static_cast<std::size_t>(limb)] += static_cast<std::int64_t>(digit);
    rest = (rest - digit) * two32;
  }
}

void ExactSum::add(const ExactSum& other) {
  for (std::size_t limb = 0; limb < limbs; ++limb) digits_[limb] += other.digits_[limb];
}

double ExactSum::value() const {
  if (digits_[4] != 0) return std::numeric_limits<double>::quiet_NaN();
  // Carry upwards first, so that equal sums have equal digits however they were built.
  std::array<std::int64_t, limbs> d = digits_;
  for (std::size_t limb = 3; limb > 0; --limb) {
    const std::int64_t carry = d[limb] >> 32;
    d[limb] -= carry * (std::int64_t{1} << 32);
    d[limb - 1] += carry;
  }
  double total = static_cast<double>(d[3]) / two32;
  total = (total + static_cast<double>(d[2])) / two32;
  return total + static_cast<double>(d[1]) + static_cast<double>(d[0]) * two32;
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
