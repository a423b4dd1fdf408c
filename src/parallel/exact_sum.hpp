// Sums of doubles that do not depend on the order of the terms.
//
// Floating-point addition is not associative, so a sum over ranks would change in its last bits
// with their number. Here each term is first rounded to a multiple of 2^-64 and split into four
// integer limbs of 32 bits (weights 2^32, 1, 2^-32, 2^-64); integer sums are associative, so the
// total is the same bits on any number of ranks and in any reduction tree.
//
// Range: |term| < 2^62, at most 2^31 terms. A term that is not finite or too large makes the sum
// a NaN instead of a wrong number.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace markhor {

class Communicator;

class ExactSum {
 public:
  void add(double term);
  void add(const ExactSum& other);
  double value() const;

  static constexpr int limbs = 5;  // four digits and the count of terms that were not summable
  std::array<std::int64_t, limbs>& data() { return digits_; }
  const std::array<std::int64_t, limbs>& data() const { return digits_; }

 private:
  std::array<std::int64_t, limbs> digits_{};
};

// Adds up each element over all ranks, in one message; every rank gets the totals.
void sum_over_ranks(std::span<ExactSum> sums, const Communicator& communicator);

}  // namespace markhor
