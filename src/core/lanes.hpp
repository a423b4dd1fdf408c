// Lanes: eight doubles, one per walker of a tile, as explicit vector registers.
//
// The number of registers that hold the eight lanes is a build property: one with AVX-512, two
// with AVX, four with SSE2. Compilers do not vectorize loops over walkers reliably (a factor of up
// to nine in the orbital product), so the type is spelled out with GCC's vector extension; only
// square roots and their approximations need an intrinsic.
#pragma once

#include <immintrin.h>

#include <array>
#include <bit>
#include <cstdint>
#include <new>
#include <vector>

namespace markhor {

inline constexpr int lane_count = 8;

#if defined(__AVX512F__) && defined(__AVX512DQ__)
inline constexpr int native_lanes = 8;
#elif defined(__AVX2__)
inline constexpr int native_lanes = 4;
#else
inline constexpr int native_lanes = 2;
#endif
inline constexpr int lane_parts = lane_count / native_lanes;

using NativeReal [[gnu::vector_size(native_lanes * 8)]] = double;
using NativeInt [[gnu::vector_size(native_lanes * 8)]] = long;
using NativeBits [[gnu::vector_size(native_lanes * 8)]] = unsigned long;

// The registers of one value. Copies are spelled out register by register: a defaulted copy is a
// block move that the compiler may split into narrower pieces, which stalls the next load (a factor
// of 1.5 in whole runs).
template <class Native>
struct LaneRegisters {
  Native part[lane_parts];

  LaneRegisters() = default;
  [[gnu::always_inline]] LaneRegisters(const LaneRegisters& o) { *this = o; }
  [[gnu::always_inline]] LaneRegisters& operator=(const LaneRegisters& o) {
    part[0] = o.part[0];
    if constexpr (lane_parts > 1) part[1] = o.part[1];
    if constexpr (lane_parts > 2) {
      part[2] = o.part[2];
      part[3] = o.part[3];
    }
    return *this;
  }
};

// All ones in the lanes where a condition holds, zeros elsewhere.
struct LaneMask : LaneRegisters<NativeInt> {};

// Eight 64-bit words.
struct LaneBits : LaneRegisters<NativeBits> {};

namespace lanes_detail {

// A T whose register p is f(p); written out so that no loop over registers survives.
template <class T, class F>
[[gnu::always_inline]] inline T combine(F f) {
  T r;
  r.part[0] = f(0);
  if constexpr (lane_parts > 1) r.part[1] = f(1);
  if constexpr (lane_parts > 2) {
    r.part[2] = f(2);
    r.part[3] = f(3);
  }
  return r;
}

}  // namespace lanes_detail

struct Lanes : LaneRegisters<NativeReal> {
  Lanes() = default;
  [[gnu::always_inline]] Lanes(double value)
      : Lanes(combine([value](int) { return value - NativeReal{}; })) {}
  template <class F>
  [[gnu::always_inline]] static inline Lanes combine(F f) {
    return lanes_detail::combine<Lanes>(f);
  }

  double operator[](int lane) const { return part[lane / native_lanes][lane % native_lanes]; }
  void set(int lane, double value) { part[lane / native_lanes][lane % native_lanes] = value; }
};

#define MARKHOR_LANE_OPERATOR(RESULT, TYPE, OP)                                          \
  [[gnu::always_inline]] inline RESULT operator OP(const TYPE& a, const TYPE& b) {       \
    return lanes_detail::combine<RESULT>([&](int p) { return a.part[p] OP b.part[p]; }); \
  }
MARKHOR_LANE_OPERATOR(Lanes, Lanes, +)
MARKHOR_LANE_OPERATOR(Lanes, Lanes, -)
MARKHOR_LANE_OPERATOR(Lanes, Lanes, *)
MARKHOR_LANE_OPERATOR(Lanes, Lanes, /)
MARKHOR_LANE_OPERATOR(LaneMask, Lanes, <)
MARKHOR_LANE_OPERATOR(LaneMask, Lanes, >)
MARKHOR_LANE_OPERATOR(LaneMask, LaneMask, &)
MARKHOR_LANE_OPERATOR(LaneMask, LaneMask, |)
MARKHOR_LANE_OPERATOR(LaneBits, LaneBits, +)
MARKHOR_LANE_OPERATOR(LaneBits, LaneBits, -)
MARKHOR_LANE_OPERATOR(LaneBits, LaneBits, ^)
MARKHOR_LANE_OPERATOR(LaneBits, LaneBits, &)
MARKHOR_LANE_OPERATOR(LaneBits, LaneBits, |)
#undef MARKHOR_LANE_OPERATOR

[[gnu::always_inline]] inline Lanes operator-(const Lanes& a) {
  return Lanes::combine([&](int p) { return -a.part[p]; });
}
[[gnu::always_inline]] inline LaneMask operator~(const LaneMask& a) {
  return lanes_detail::combine<LaneMask>([&](int p) { return ~a.part[p]; });
}
[[gnu::always_inline]] inline Lanes& operator+=(Lanes& a, const Lanes& b) { return a = a + b; }
[[gnu::always_inline]] inline Lanes& operator-=(Lanes& a, const Lanes& b) { return a = a - b; }
[[gnu::always_inline]] inline Lanes& operator*=(Lanes& a, const Lanes& b) { return a = a * b; }

[[gnu::always_inline]] inline LaneBits operator<<(const LaneBits& a, int shift) {
  return lanes_detail::combine<LaneBits>([&](int p) { return a.part[p] << shift; });
}
[[gnu::always_inline]] inline LaneBits operator>>(const LaneBits& a, int shift) {
  return lanes_detail::combine<LaneBits>([&](int p) { return a.part[p] >> shift; });
}
[[gnu::always_inline]] inline LaneBits lane_bits(std::uint64_t value) {
  return lanes_detail::combine<LaneBits>([value](int) { return value + NativeBits{}; });
}

// a where mask, b elsewhere.
[[gnu::always_inline]] inline Lanes select(const LaneMask& mask, const Lanes& a, const Lanes& b) {
  return Lanes::combine([&](int p) { return mask.part[p] ? a.part[p] : b.part[p]; });
}
[[gnu::always_inline]] inline Lanes maximum(const Lanes& a, const Lanes& b) {
  return Lanes::combine([&](int p) { return a.part[p] > b.part[p] ? a.part[p] : b.part[p]; });
}
[[gnu::always_inline]] inline Lanes minimum(const Lanes& a, const Lanes& b) {
  return Lanes::combine([&](int p) { return a.part[p] < b.part[p] ? a.part[p] : b.part[p]; });
}

// The same 64 bits read as the other type.
[[gnu::always_inline]] inline LaneBits as_bits(const Lanes& a) {
  return lanes_detail::combine<LaneBits>([&](int p) { return (NativeBits)a.part[p]; });
}
[[gnu::always_inline]] inline LaneBits as_bits(const LaneMask& a) {
  return lanes_detail::combine<LaneBits>([&](int p) { return (NativeBits)a.part[p]; });
}
[[gnu::always_inline]] inline Lanes as_lanes(const LaneBits& a) {
  return Lanes::combine([&](int p) { return (NativeReal)a.part[p]; });
}
[[gnu::always_inline]] inline LaneMask is_nonzero(const LaneBits& a) {
  return lanes_detail::combine<LaneMask>([&](int p) { return a.part[p] != NativeBits{}; });
}

[[gnu::always_inline]] inline Lanes absolute(const Lanes& a) {
  return as_lanes(as_bits(a) & lane_bits(0x7fffffffffffffffULL));
}

// One bit per lane.
inline unsigned mask_bits(const LaneMask& mask) {
  unsigned bits = 0;
  for (int lane = 0; lane < lane_count; ++lane) {
    if (mask.part[lane / native_lanes][lane % native_lanes] != 0) bits |= 1U << lane;
  }
  return bits;
}
inline LaneMask mask_from_bits(unsigned bits) {
  LaneMask mask;
  for (int lane = 0; lane < lane_count; ++lane) {
    mask.part[lane / native_lanes][lane % native_lanes] = (bits >> lane) & 1U ? -1 : 0;
  }
  return mask;
}
inline LaneMask all_lanes() { return mask_from_bits((1U << lane_count) - 1U); }
[[gnu::always_inline]] inline bool any(const LaneMask& mask) {
#if defined(__AVX512F__) && defined(__AVX512DQ__)
  return _mm512_movepi64_mask((__m512i)mask.part[0]) != 0;
#elif defined(__AVX2__)
  return _mm256_movemask_pd((__m256d)(mask.part[0] | mask.part[1])) != 0;
#else
  return mask_bits(mask) != 0;
#endif
}

// Sum of the lanes, always in the same order.
inline double sum_of_lanes(const Lanes& a) {
  return ((a[0] + a[1]) + (a[2] + a[3])) + ((a[4] + a[5]) + (a[6] + a[7]));
}

// Allocator that keeps every Lanes on its own cache line.
template <class T>
struct CacheLineAllocator {
  using value_type = T;
  CacheLineAllocator() = default;
  template <class U>
  CacheLineAllocator(const CacheLineAllocator<U>&) {}
  T* allocate(std::size_t n) {
    return static_cast<T*>(::operator new (n * sizeof(T), std::align_val_t{64}));
  }
  void deallocate(T* p, std::size_t) { ::operator delete (p, std::align_val_t{64}); }
  bool operator==(const CacheLineAllocator&) const { return true; }
};
using LaneVector = std::vector<Lanes, CacheLineAllocator<Lanes>>;
template <class T>
using AlignedVector = std::vector<T, CacheLineAllocator<T>>;

}  // namespace markhor
