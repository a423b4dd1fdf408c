#include "optimize/candidates.hpp"

#include <iterator>
#include <utility>

#include "core/stopwatch.hpp"
#include "optimize/level_shifts.hpp"

namespace markhor {

namespace {

constexpr int most_attempts = 4;         // sets of shifts tried on the same samples
constexpr double least_effective = 0.1;  // of the configurations, for a comparison to count
constexpr double largest_norm = 3.0;     // |Psi_linear - Psi_0|: beyond, nothing is linear

std::vector<TriedShift> tried_shifts(const std::vector<Candidate>& candidates) {
  std::vector<TriedShift> tried;
  for (const Candidate& c : candidates) {
    tried.push_back({c.shift, c.fault.empty(), c.comparison.objective_change,
                     c.comparison.effective_fraction, c.comparison.deviations});
  }
  return tried;
}

Candidate try_step(const CandidateSource& source, const ProposedStep& step, double shift) {
  Candidate candidate{source.present, step, shift, {}, {}};
  if (!step.found) {
    candidate.fault = step.status;
  } else if (step.norm > largest_norm) {
    candidate.fault = "step too long";
  } else if (const auto fault = change_parameters(candidate.trial, source.selection, step.change)) {
    candidate.fault = *fault;
  }
  if (!candidate.fault.empty()) return candidate;
  candidate.comparison =
      source.sampler.compare(source.configurations, candidate.trial, source.variance_weight);
  if (!candidate.comparison.finite) {
    candidate.fault = "no finite energy";
  } else if (candidate.comparison.effective_fraction < least_effective) {
    candidate.fault = "too far for a comparison";
  }
  return candidate;
}

std::vector<Candidate> try_shifts(const CandidateSource& source, const StepsOfShifts& steps_of,
                                  const std::vector<double>& shifts, Candidates& result) {
  Stopwatch watch;
  const std::vector<ProposedStep> steps = steps_of(shifts);
  result.algebra_seconds += watch.seconds();
  watch = Stopwatch();
  std::vector<Candidate> candidates;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    candidates.push_back(try_step(source, steps[i], shifts[i]));
  }
  result.comparison_seconds += watch.seconds();
  return candidates;
}

}  // namespace

Candidates try_candidates(const CandidateSource& source, const CentredSamples& samples,
                          double shift) {
  Candidates result;
  const Stopwatch watch;
  const StepsOfShifts steps_of = source.optimizer.prepare(samples, source.communicator);
  result.algebra_seconds += watch.seconds();
  result.all = try_shifts(source, steps_of, shifts_about(shift), result);
  for (int attempt = 1; attempt < most_attempts; ++attempt) {
    const std::vector<double> shifts = more_shifts(tried_shifts(result.all));
    if (shifts.empty()) break;
    std::vector<Candidate> more = try_shifts(source, steps_of, shifts, result);
    if (shifts.front() < result.all.front().shift) {
      std::swap(result.all, more);
    } else if (!best_candidate(result.all)) {
      result.all.clear();  // all too long
    }
    std::move(more.begin(), more.end(), std::back_inserter(result.all));
  }
  return result;
}

std::optional<std::size_t> best_candidate(const std::vector<Candidate>& candidates) {
  return best_shift(tried_shifts(candidates));
}

}  // namespace markhor
