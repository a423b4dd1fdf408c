#include "montecarlo/balance.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace markhor {

std::int64_t crowded_from(double mean_walkers) {
  return static_cast<std::int64_t>(std::ceil(mean_walkers + std::max(2.0, mean_walkers / 8.0)));
}

std::vector<Transfer> balance_cells(std::span<const std::int64_t> walkers) {
  const auto cells = static_cast<std::int64_t>(walkers.size());
  const std::int64_t total = std::accumulate(walkers.begin(), walkers.end(), std::int64_t{0});
  const std::int64_t low = total / cells;
  std::int64_t one_more = total % cells;  // cells that end with low + 1
  // Those already above keep the extra walkers, so that none moves needlessly.
  std::vector<std::int64_t> target(walkers.size(), low);
  for (std::size_t c = 0; c < target.size() && one_more > 0; ++c) {
    if (walkers[c] > low) ++target[c], --one_more;
  }
  for (std::size_t c = 0; c < target.size() && one_more > 0; ++c) {
    if (target[c] == low) ++target[c], --one_more;
  }
  std::vector<Transfer> plan;
  std::size_t to = 0;
  std::int64_t filled = 0;  // received by `to` so far
  for (std::size_t from = 0; from < target.size(); ++from) {
    std::int64_t surplus = walkers[from] - target[from];
    while (surplus > 0) {
      const std::int64_t room = target[to] - walkers[to] - filled;
      if (room <= 0) {
        ++to;
        filled = 0;
        continue;
      }
      const std::int64_t moved = std::min(surplus, room);
      plan.push_back({static_cast<std::int64_t>(from), static_cast<std::int64_t>(to), moved});
      surplus -= moved;
      filled += moved;
    }
  }
  return plan;
}

}  // namespace markhor
