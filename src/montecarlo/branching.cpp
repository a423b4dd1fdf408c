#include "montecarlo/branching.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

namespace {

constexpr double largest_weight = 2.0, smallest_weight = 0.5;

double branching_number(std::uint64_t seed, std::uint64_t cell, std::uint64_t step, int draw) {
  const PhiloxWords words =
      random_words({seed, RandomStage::branching}, lane_bits(cell), step, draw, 0);
  return uniform(words.word[0], words.word[1])[0];
}

}  // namespace

std::vector<Offspring> split_and_join(std::span<const double> weights, std::uint64_t seed,
                                      std::int64_t cell, std::uint64_t step) {
  std::vector<Offspring> kept, born;
  int waiting = -1;  // place in `kept` of a small walker without a partner
  int joins = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    Offspring walker{static_cast<int>(i), weights[i]};
    if (walker.weight >= largest_weight) {
      walker.weight *= 0.5;
      born.push_back(walker);
    }
    if (walker.weight >= smallest_weight) {
      kept.push_back(walker);
    } else if (waiting < 0) {
      waiting = static_cast<int>(kept.size());
      kept.push_back(walker);
    } else {
      Offspring& partner = kept[static_cast<std::size_t>(waiting)];
      const double both = partner.weight + walker.weight;
      const double draw = branching_number(seed, static_cast<std::uint64_t>(cell), step, joins++);
      if (draw * both < walker.weight) partner.parent = walker.parent;
      partner.weight = both;
      if (both >= smallest_weight) waiting = -1;
    }
  }
  kept.insert(kept.end(), born.begin(), born.end());
  return kept;
}

std::int64_t weight_units(double weight) {
  constexpr double units = 1099511627776.0;  // 2^40
  return std::llround(weight * units);
}

Comb make_comb(std::int64_t total_units, std::int64_t walkers, std::uint64_t seed,
               std::uint64_t step) {
  constexpr std::uint64_t no_cell = 0xffffffff;
  return {static_cast<double>(total_units), walkers, branching_number(seed, no_cell, step, 0)};
}

std::int64_t Comb::teeth_before(std::int64_t units) const {
  const double place = static_cast<double>(units) * static_cast<double>(walkers) / total - offset;
  return std::clamp<std::int64_t>(static_cast<std::int64_t>(std::ceil(place)), 0, walkers);
}

std::vector<Offspring> comb_offspring(std::span<const double> weights, std::int64_t before,
                                      const Comb& comb) {
  std::vector<Offspring> kept, copies;
  std::int64_t teeth = comb.teeth_before(before);
  for (std::size_t i = 0; i < weights.size(); ++i) {
    before += weight_units(weights[i]);
    const std::int64_t next = comb.teeth_before(before);
    const Offspring walker{static_cast<int>(i), 1.0};
    if (next > teeth) kept.push_back(walker);
    for (std::int64_t copy = teeth + 1; copy < next; ++copy) copies.push_back(walker);
    teeth = next;
  }
  kept.insert(kept.end(), copies.begin(), copies.end());
  return kept;
}

}  // namespace markhor
