// Which walkers move between cells so that all cells are about equally full.
//
// Branching lets the numbers of walkers in the cells drift apart, and with them the work of the
// ranks. The plan is a function of the numbers alone: every rank makes the same one, and it does
// not depend on which rank carries which cell.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace markhor {

struct Transfer {
  std::int64_t from = 0, to = 0;  // cells
  std::int64_t walkers = 0;       // the last ones of `from`, put behind those of `to`
};

// Numbers above this make a plan necessary: an eighth above the mean, at least two walkers.
std::int64_t crowded_from(double mean_walkers);

// The fewest walkers that must move for every cell to hold the mean, rounded down or up. Donors and
// receivers are matched in the order of the cells, so that most transfers stay near.
std::vector<Transfer> balance_cells(std::span<const std::int64_t> walkers);

}  // namespace markhor
