// The vector generator is Random123's Philox bit for bit, and its normals are normal.
#include "core/random.hpp"

#include <Random123/philox.h>

#include <cmath>

#include "support/catch.hpp"

using namespace markhor;

TEST_CASE("vector Philox equals Random123", "[unit]") {
  LaneBits walkers = lane_bits(0);
  for (int lane = 0; lane < lane_count; ++lane) {
    walkers.part[lane / native_lanes][lane % native_lanes] =
        1000003ULL * static_cast<unsigned>(lane);
  }
  const std::uint64_t seed = 0x0123456789abcdefULL, step = 0x1fffffff7ULL;
  const RandomKey key{seed, RandomStage::vmc};
  const PhiloxWords words = random_words(key, walkers, step, 17, 5);
  r123::Philox4x32 reference;
  for (int lane = 0; lane < lane_count; ++lane) {
    const r123::Philox4x32::ctr_type counter = {
        {1000003U * static_cast<unsigned>(lane), 0xfffffff7U, 17U | 1U << 16, 5U | 3U << 16}};
    const auto expected = reference(counter, {{0x89abcdefU, 0x01234567U}});
    for (std::size_t w = 0; w < 4; ++w) {
      CHECK(words.word[w].part[lane / native_lanes][lane % native_lanes] == expected[w]);
    }
  }
}

TEST_CASE("move numbers have the moments of normals and of a uniform", "[statistical]") {
  // 8 x 50000 draws of each; all tests two-sided at 4 sigma with a fixed seed.
  constexpr int draws = 50000, samples = lane_count * draws;
  double mean = 0, square = 0, fourth = 0, cross = 0, uniform_mean = 0, uniform_square = 0;
  LaneBits walkers = lane_bits(0);
  for (int lane = 0; lane < lane_count; ++lane) {
    walkers.part[lane / native_lanes][lane % native_lanes] = static_cast<unsigned>(lane);
  }
  for (int i = 0; i < draws; ++i) {
    const MoveNumbers n =
        move_numbers({11, RandomStage::vmc}, walkers, static_cast<unsigned>(i), 3);
    for (const Lanes& x : n.normal) {
      mean += sum_of_lanes(x);
      square += sum_of_lanes(x * x);
      fourth += sum_of_lanes(x * x * x * x);
    }
    cross += sum_of_lanes(n.normal[0] * n.normal[1] + n.normal[1] * n.normal[2] +
                          n.normal[2] * n.normal[0]);
    uniform_mean += sum_of_lanes(n.uniform);
    uniform_square += sum_of_lanes(n.uniform * n.uniform);
  }
  const double normals = 3.0 * samples;
  CHECK(std::abs(mean / normals) < 4.0 / std::sqrt(normals));
  CHECK(std::abs(square / normals - 1.0) < 4.0 * std::sqrt(2.0 / normals));
  CHECK(std::abs(fourth / normals - 3.0) < 4.0 * std::sqrt(96.0 / normals));
  CHECK(std::abs(cross / normals) < 4.0 / std::sqrt(normals));
  CHECK(std::abs(uniform_mean / samples - 0.5) < 4.0 * std::sqrt(1.0 / 12.0 / samples));
  CHECK(std::abs(uniform_square / samples - 1.0 / 3.0) < 4.0 * std::sqrt(4.0 / 45.0 / samples));
}

TEST_CASE("uniform numbers stay inside (0, 1)", "[unit]") {
  const LaneBits zero = lane_bits(0), ones = lane_bits(0xffffffffULL);
  CHECK(uniform(zero, zero)[0] > 0.0);
  CHECK(uniform(ones, ones)[0] < 1.0);
  CHECK(uniform(zero)[0] > 0.0);
  CHECK(uniform(ones)[0] < 1.0);
}
