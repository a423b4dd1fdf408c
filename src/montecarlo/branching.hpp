// Birth and death of the walkers of one cell (population.hpp): weights in, offspring out.
//
// split_and_join keeps the cell's total weight exactly: a walker of weight 2 or more becomes two of
// half its weight, and walkers below 1/2 are joined in pairs, the survivor chosen with probability
// proportional to weight and given the weight of both (Umrigar1993b, section IV), until at
// most one walker of small weight is left.
//
// comb makes walkers of weight 1 out of any weights: a comb of equally spaced teeth is laid along
// the weights of the whole population, and a walker has as many offspring as teeth fall on it
// (Calandra Buonocore and Sorella, Phys. Rev. B 57, 11446 (1998), with the one random number of
// Assaraf, Caffarel, Khelif, Phys. Rev. E 61, 4566 (2000)). The number of walkers is fixed.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/random.hpp"

namespace markhor {

struct Offspring {
  int parent = 0;  // place in the cell
  double weight = 1.0;
};

// The survivors in the order of the cell, then the second halves of those that split. cell and step
// key the random numbers, so that the outcome does not depend on the rank that carries the cell.
std::vector<Offspring> split_and_join(std::span<const double> weights, std::uint64_t seed,
                                      std::int64_t cell, std::uint64_t step);

// A weight as a whole number, so that sums over the population do not depend on their order:
// in units of 2^-40, for weights below 2^22.
std::int64_t weight_units(double weight);

// The comb over the whole population: tooth k stands at (k + offset) total/walkers, in units.
struct Comb {
  double total = 0.0;  // units
  std::int64_t walkers = 0;
  double offset = 0.0;  // in [0, 1)

  // Teeth on the part of the axis before `units`.
  std::int64_t teeth_before(std::int64_t units) const;
};
Comb make_comb(std::int64_t total_units, std::int64_t walkers, std::uint64_t seed,
               std::uint64_t step);

// before: units of all the cells that come first. Survivors in order, then further copies.
std::vector<Offspring> comb_offspring(std::span<const double> weights, std::int64_t before,
                                      const Comb& comb);

}  // namespace markhor
