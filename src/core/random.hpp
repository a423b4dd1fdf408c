// Counter-based random numbers: Philox4x32-10 (Salmon, Moraes, Dror, Shaw, SC11, 2011), eight
// lanes at once and bit for bit equal to Random123's scalar code (tests/core/random.cpp).
//
// A number is a pure function of (seed, stage, walker, step, electron, draw), so a walker's path
// depends neither on the rank that carries it nor on the order of the work.
#pragma once

#include <cstdint>

#include "core/lane_math.hpp"

namespace markhor {

// Kept apart so that one deck's stages never share random numbers.
enum class RandomStage : std::uint32_t {
  initial_walkers = 1,
  vmc_warm_up = 2,
  vmc = 3,
  optimization = 4,
  diffusion = 5,
  branching = 6,
  diffusion_start = 7,
  surface_noise = 8
};

struct RandomKey {
  std::uint64_t seed = 0;
  RandomStage stage = RandomStage::vmc;
};

// Four 32-bit words per lane, each in the low half of its 64 bits.
struct PhiloxWords {
  LaneBits word[4];
};

namespace random_detail {

// Product of the low 32 bits of each lane: 64 bits.
[[gnu::always_inline]] inline LaneBits multiply_words(const LaneBits& a, std::uint64_t b) {
  return lanes_detail::combine<LaneBits>([&](int p) -> NativeBits {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
    return (NativeBits)_mm512_mul_epu32((__m512i)a.part[p],
                                        _mm512_set1_epi64(static_cast<long long>(b)));
#elif defined(__AVX2__)
    return (NativeBits)_mm256_mul_epu32((__m256i)a.part[p],
                                        _mm256_set1_epi64x(static_cast<long long>(b)));
#else
    return (NativeBits)_mm_mul_epu32((__m128i)a.part[p],
                                     _mm_set1_epi64x(static_cast<long long>(b)));
#endif
  });
}

}  // namespace random_detail

[[gnu::always_inline]] inline PhiloxWords philox(PhiloxWords counter, std::uint64_t key) {
  using random_detail::multiply_words;
  const LaneBits low = lane_bits(0xffffffffULL);
  auto k0 = static_cast<std::uint32_t>(key), k1 = static_cast<std::uint32_t>(key >> 32);
#pragma GCC unroll 10
  for (int round = 0; round < 10; ++round) {
    const LaneBits p0 = multiply_words(counter.word[0], 0xD2511F53ULL);
    const LaneBits p1 = multiply_words(counter.word[2], 0xCD9E8D57ULL);
    counter = {{((p1 >> 32) ^ counter.word[1]) ^ lane_bits(k0), p1 & low,
                ((p0 >> 32) ^ counter.word[3]) ^ lane_bits(k1), p0 & low}};
    k0 += 0x9E3779B9U;
    k1 += 0xBB67AE85U;
  }
  return counter;
}

// The words of draw number `draw` for one electron of eight walkers (ids in the low 32 bits).
[[gnu::always_inline]] inline PhiloxWords random_words(const RandomKey& key,
                                                       const LaneBits& walkers, std::uint64_t step,
                                                       int electron, int draw) {
  const std::uint64_t third =
      (static_cast<std::uint64_t>(electron) & 0xffff) | ((step >> 32) & 0xffff) << 16;
  const std::uint64_t fourth =
      (static_cast<std::uint64_t>(draw) & 0xffff) | static_cast<std::uint64_t>(key.stage) << 16;
  return philox({{walkers & lane_bits(0xffffffffULL), lane_bits(step & 0xffffffffULL),
                  lane_bits(third), lane_bits(fourth)}},
                key.seed);
}

// Uniform in (0, 1), never 0 or 1, from the 52 highest bits of two words.
[[gnu::always_inline]] inline Lanes uniform(const LaneBits& high, const LaneBits& low) {
  const LaneBits mantissa = (high << 20) | (low >> 12);
  return as_lanes(mantissa | lane_bits(0x3ff0000000000000ULL)) -
         Lanes(1.0 - 1.1102230246251565e-16);
}

// Uniform in (0, 1) from one word (steps of 2^-32): for angles.
[[gnu::always_inline]] inline Lanes uniform(const LaneBits& word) {
  return as_lanes((word << 20) | lane_bits(0x3ff0000000080000ULL)) - Lanes(1.0);
}

// Three standard normals (Box and Muller 1958; the fourth is not used) and the two words of the
// draw that they leave over.
struct NormalNumbers {
  Lanes normal[3];
  LaneBits rest[2];
};

[[gnu::always_inline]] inline NormalNumbers normal_numbers(const RandomKey& key,
                                                           const LaneBits& walkers,
                                                           std::uint64_t step, int electron) {
  const PhiloxWords a = random_words(key, walkers, step, electron, 0);
  const PhiloxWords b = random_words(key, walkers, step, electron, 1);
  const Lanes r1 = square_root(Lanes(-2.0) * logarithm(uniform(a.word[0], a.word[1])));
  const Lanes r2 = square_root(Lanes(-2.0) * logarithm(uniform(a.word[2], a.word[3])));
  const SineCosine angle1 = sine_cosine_of_turns(uniform(b.word[0]));
  const SineCosine angle2 = sine_cosine_of_turns(uniform(b.word[1]));
  return {{r1 * angle1.cosine, r1 * angle1.sine, r2 * angle2.cosine}, {b.word[2], b.word[3]}};
}

// What one Metropolis move of an electron needs: three standard normals for the diffusion and one
// uniform number for the test.
struct MoveNumbers {
  Lanes normal[3];
  Lanes uniform;
};

[[gnu::always_inline]] inline MoveNumbers move_numbers(const RandomKey& key,
                                                       const LaneBits& walkers, std::uint64_t step,
                                                       int electron) {
  const NormalNumbers numbers = normal_numbers(key, walkers, step, electron);
  return {{numbers.normal[0], numbers.normal[1], numbers.normal[2]},
          uniform(numbers.rest[0], numbers.rest[1])};
}

}  // namespace markhor
