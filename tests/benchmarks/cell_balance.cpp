// How evenly the walkers of diffusion Monte Carlo are spread over many ranks: the program's own
// branching and balancing on simulated weights.
//
//     cell_balance [walkers per rank] [spread of ln weight per generation] [correlation,
//     generations]
//
// A walker's growth factor in a generation is exp(-d), with d a Gaussian of the given spread that
// forgets itself over the given number of generations; children start from the parent's d. Printed
// for numbers of ranks up to 10,000: the mean over generations of (tiles of a rank, mean)/(tiles of
// the fullest rank), which bounds the parallel efficiency; how often walkers move; how many; and in
// how many messages between ranks.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "core/lanes.hpp"
#include "montecarlo/balance.hpp"
#include "montecarlo/population.hpp"

namespace {

using namespace markhor;

struct Walker {
  double weight = 1.0, deviation = 0.0;
};
using Cell = std::vector<Walker>;

struct Report {
  double efficiency = 0.0, plans = 0.0, moved = 0.0, messages = 0.0;
};

double tile_efficiency(const std::vector<Cell>& cells, const CellLayout& layout) {
  std::int64_t most = 0, total = 0;
  for (int rank = 0; rank < layout.ranks; ++rank) {
    std::int64_t walkers = 0;
    for (std::int64_t c = layout.first_of(rank); c < layout.first_of(rank + 1); ++c) {
      walkers += static_cast<std::int64_t>(cells[static_cast<std::size_t>(c)].size());
    }
    total += walkers;
    most = std::max(most, (walkers + lane_count - 1) / lane_count);
  }
  return static_cast<double>(total) / lane_count / layout.ranks / static_cast<double>(most);
}

void branch(Cell& cell, std::int64_t index, std::uint64_t step) {
  std::vector<double> weights;
  for (const Walker& w : cell) weights.push_back(w.weight);
  Cell next;
  for (const Offspring& child : split_and_join(weights, 1, index, step)) {
    next.push_back({child.weight, cell[static_cast<std::size_t>(child.parent)].deviation});
  }
  cell = std::move(next);
}

void hand_on(std::vector<Cell>& cells, const CellLayout& layout, Report& report) {
  std::vector<std::int64_t> counts;
  for (const Cell& cell : cells) counts.push_back(static_cast<std::int64_t>(cell.size()));
  std::set<std::pair<int, int>> pairs;
  for (const Transfer& t : balance_cells(counts)) {
    Cell &from = cells[static_cast<std::size_t>(t.from)],
         &to = cells[static_cast<std::size_t>(t.to)];
    to.insert(to.end(), from.end() - t.walkers, from.end());
    from.erase(from.end() - t.walkers, from.end());
    const int donor = layout.rank_of(t.from), receiver = layout.rank_of(t.to);
    if (donor == receiver) continue;
    report.moved += static_cast<double>(t.walkers);
    pairs.insert({donor, receiver});
  }
  report.messages += static_cast<double>(pairs.size());
  report.plans += 1.0;
}

Report simulate(int ranks, std::int64_t per_rank, double spread, double correlation) {
  const std::int64_t walkers = ranks * per_rank;
  const CellLayout layout = CellLayout::of(walkers, ranks);
  std::vector<Cell> cells(static_cast<std::size_t>(layout.cells));
  std::mt19937_64 generator(3);
  std::normal_distribution<double> normal;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    const auto index = static_cast<std::int64_t>(c);
    cells[c].resize(static_cast<std::size_t>(walkers * (index + 1) / layout.cells -
                                             walkers * index / layout.cells));
  }
  const double memory = std::exp(-1.0 / correlation), fresh = std::sqrt(1.0 - memory * memory);
  const int generations =
      static_cast<int>(std::clamp(2e8 / static_cast<double>(walkers), 60.0, 4000.0));
  const int warm_up = generations / 4;
  Report report;
  double weight = static_cast<double>(walkers);
  bool crowded = false;
  for (int g = 0; g < generations; ++g) {
    const double control = std::pow(weight / static_cast<double>(walkers), 0.02);
    weight = 0.0;
    std::int64_t count = 0;
    for (std::size_t c = 0; c < cells.size(); ++c) {
      for (Walker& w : cells[c]) {
        w.deviation = memory * w.deviation + fresh * normal(generator);
        w.weight *= std::exp(-spread * w.deviation) / control;
        weight += w.weight;
      }
      branch(cells[c], static_cast<std::int64_t>(c), static_cast<std::uint64_t>(g));
      count += static_cast<std::int64_t>(cells[c].size());
    }
    if (g == warm_up) report = {};
    if (crowded) hand_on(cells, layout, report);
    report.efficiency += tile_efficiency(cells, layout);
    const std::int64_t bound =
        crowded_from(static_cast<double>(walkers) / static_cast<double>(layout.cells));
    crowded = std::any_of(cells.begin(), cells.end(), [bound](const Cell& cell) {
      return static_cast<std::int64_t>(cell.size()) > bound;
    });
  }
  const double measured = generations - warm_up;
  return {report.efficiency / measured, report.plans / measured, report.moved / measured,
          report.messages / measured};
}

}  // namespace

int main(int argc, char** argv) {
  const std::int64_t per_rank = argc > 1 ? std::atoi(argv[1]) : 64;
  const double spread = argc > 2 ? std::atof(argv[2]) : 0.01;
  const double correlation = argc > 3 ? std::atof(argv[3]) : 10.0;
  std::printf("%lld walkers a rank, spread %g, correlation %g generations\n",
              static_cast<long long>(per_rank), spread, correlation);
  std::printf("%8s %12s %18s %18s %18s\n", "ranks", "efficiency", "plans/generation",
              "walkers moved/gen.", "messages/gen.");
  for (const int ranks : {1, 10, 100, 1000, 10000}) {
    const Report r = simulate(ranks, per_rank, spread, correlation);
    std::printf("%8d %12.3f %18.3f %18.2f %18.2f\n", ranks, r.efficiency, r.plans, r.moved,
                r.messages);
  }
}
