// Steps of one iteration, tried out: made for several level shifts from the same samples, and
// compared with the present wave function on the same configurations.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "optimize/optimizer.hpp"
#include "optimize/sampler.hpp"
#include "wavefunction/factory.hpp"

namespace markhor {

struct Candidate {
  TrialWaveFunction trial;
  ProposedStep step;
  double shift = 0.0;  // Hartree
  Comparison comparison;
  std::string fault;  // empty: it may be chosen
};

// All of them, smallest shift first.
struct Candidates {
  std::vector<Candidate> all;
  double algebra_seconds = 0.0, comparison_seconds = 0.0;
};

// What candidates are made of; references to the iteration's.
struct CandidateSource {
  const TrialWaveFunction& present;
  const ParameterSelection& selection;
  double variance_weight;
  const Optimizer& optimizer;
  const Sampler& sampler;
  const ComparisonSamples& configurations;  // of the present wave function
  const Communicator& communicator;
};

// About the given level shift, and further away while level_shifts.hpp finds reason to. Collective.
Candidates try_candidates(const CandidateSource& source, const CentredSamples& samples,
                          double shift);

// The place of the one to take (best_shift of level_shifts.hpp); none: all have faults.
std::optional<std::size_t> best_candidate(const std::vector<Candidate>& candidates);

}  // namespace markhor
