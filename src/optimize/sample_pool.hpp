// Configurations of earlier iterations, used again: once a step has changed the wave function
// little, the samples it was made from tell of the new one as well. Reweighted by |Psi/Psi_then|^2
// they join the matrices of later iterations, for the time of a local energy and without moves:
// what an optimization knows at its end then rests on most of the samples it has paid for.
//
// The means are ratios, with a bias of the order of one over the samples. Only matrices are made of
// them: energies and comparisons come from configurations of their own.
#pragma once

#include <cstdint>
#include <vector>

#include "optimize/sampler.hpp"

namespace markhor {

struct SamplePoolOptions {
  // Sets with a smaller effective fraction under the present wave function are forgotten.
  double least_effective = 0.5;
  double most_bytes = 2e8;  // of the configurations of all ranks; the oldest are forgotten first
};

// A set of configurations as plain numbers, all ranks': tiles x rounds x (3 electrons positions, in
// bohr, ln|Psi|, weight) x 8 walkers.
struct StoredConfigurations {
  int rounds = 0;
  std::vector<double> values;
};

// The same on every rank, with each rank's share of the configurations; calls are collective.
class SamplePool {
 public:
  explicit SamplePool(const SamplePoolOptions& options = {}) : options_(options) {}

  void add(Configurations configurations);
  // Appends reweighted samples to those of the present wave function, the newest first, until
  // `most` (of all ranks) would be exceeded; what comes behind, and what is of too little use, is
  // forgotten. Returns how many.
  std::int64_t reuse(Sampler& sampler, std::int64_t most, DerivativeSamples& samples);

  // For checkpoints: on the root; and back, on any number of ranks. electrons: of a walker.
  std::vector<StoredConfigurations> stored(const Communicator& communicator) const;
  void restore(const std::vector<StoredConfigurations>& stored, int electrons,
               const TileRange& own_tiles, int walkers, const Communicator& communicator);

 private:
  SamplePoolOptions options_;
  std::vector<Configurations> sets_;  // the newest first
};

}  // namespace markhor
