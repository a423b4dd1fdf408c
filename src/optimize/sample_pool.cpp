#include "optimize/sample_pool.hpp"

#include <utility>

#include "parallel/communicator.hpp"

namespace markhor {

namespace {

std::size_t numbers_of_a_walker(const Configurations& set) {
  return set.positions.empty() ? 0 : set.positions.front().size() + 2;
}

// Of all ranks, which must agree on it: a rank may have no tile to ask.
double bytes_of(const Configurations& set) {
  return static_cast<double>(set.total) * 8.0 * (3.0 * set.electrons + 2.0);
}

// [tile][round]: shares of ranks one after another are then those of tiles.
LaneVector by_tiles(const Configurations& set) {
  const auto rounds = static_cast<std::size_t>(set.rounds);
  const std::size_t tiles = set.positions.size() / rounds;
  LaneVector all;
  all.reserve(set.positions.size() * numbers_of_a_walker(set));
  for (std::size_t t = 0; t < tiles; ++t) {
    for (std::size_t r = 0; r < rounds; ++r) {
      const std::size_t i = r * tiles + t;
      all.insert(all.end(), set.positions[i].begin(), set.positions[i].end());
      all.push_back(set.logarithms[i]);
      all.push_back(set.weights[i]);
    }
  }
  return all;
}

Configurations from_tiles(const LaneVector& all, int rounds, std::size_t tiles,
                          std::size_t coordinates) {
  Configurations set;
  set.rounds = rounds;
  for (std::size_t r = 0; r < static_cast<std::size_t>(rounds); ++r) {
    for (std::size_t t = 0; t < tiles; ++t) {
      const Lanes* from =
          all.data() + (t * static_cast<std::size_t>(rounds) + r) * (coordinates + 2);
      set.positions.emplace_back(from, from + coordinates);
      set.logarithms.push_back(from[coordinates]);
      set.weights.push_back(from[coordinates + 1]);
    }
  }
  return set;
}

}  // namespace

void SamplePool::add(Configurations configurations) {
  if (configurations.total == 0) return;
  sets_.insert(sets_.begin(), std::move(configurations));
  double bytes = 0.0;
  std::size_t kept = 0;
  while (kept < sets_.size() && bytes <= options_.most_bytes) bytes += bytes_of(sets_[kept++]);
  sets_.resize(bytes <= options_.most_bytes ? kept : kept - 1);
}

std::int64_t SamplePool::reuse(Sampler& sampler, std::int64_t most, DerivativeSamples& samples) {
  std::int64_t used = 0;
  std::vector<Configurations> kept;
  for (Configurations& set : sets_) {
    if (used + set.total > most) break;
    ReweightedDerivatives again = sampler.reweighted(set, samples.linear);
    if (again.effective_fraction < options_.least_effective) continue;
    // What n samples of unequal weight are worth.
    again.samples.weights *= again.effective_fraction;
    append(samples, again.samples);
    used += set.total;
    kept.push_back(std::move(set));
  }
  sets_ = std::move(kept);
  return used;
}

std::vector<StoredConfigurations> SamplePool::stored(const Communicator& communicator) const {
  std::vector<StoredConfigurations> all;
  for (const Configurations& set : sets_) {
    all.push_back({set.rounds, gather_lanes(by_tiles(set), communicator)});
  }
  return all;
}

void SamplePool::restore(const std::vector<StoredConfigurations>& stored, int electrons,
                         const TileRange& own_tiles, int walkers,
                         const Communicator& communicator) {
  sets_.clear();
  const std::size_t coordinates = 3 * static_cast<std::size_t>(electrons);
  const auto tiles = static_cast<std::size_t>(own_tiles.last - own_tiles.first);
  for (const StoredConfigurations& one : stored) {
    const std::size_t count = tiles * static_cast<std::size_t>(one.rounds) * (coordinates + 2);
    Configurations set =
        from_tiles(scatter_lanes(one.values, count, communicator), one.rounds, tiles, coordinates);
    set.electrons = electrons;
    set.total = std::int64_t{walkers} * one.rounds;
    sets_.push_back(std::move(set));
  }
}

}  // namespace markhor
