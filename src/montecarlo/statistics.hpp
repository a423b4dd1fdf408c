// Error bars of correlated series.
//
// Two kinds of blocks serve. In time: ensemble means of B sweeps (blocking), which needs a B that
// is long against every correlation and short against the run. And across walkers: one walker's
// whole path is a block; the paths are independent whatever their correlation times, so with enough
// walkers nothing has to be chosen. Slow modes of small weight (a core electron that hardly moves)
// are missed by the first kind when the run is short and are counted right by the second.
//
// REFERENCES
// (Flyvbjerg1989) H. Flyvbjerg, H. G. Petersen, J. Chem. Phys. 91, 461 (1989): blocking.
// (Lee2011) R. M. Lee, G. J. Conduit, N. Nemec, P. Lopez Rios, N. D. Drummond, Phys. Rev. E 83,
//     066706 (2011): the choice of the block length.
// (White1997) K. P. White, Simulation 69, 323 (1997): marginal standard error rule for the end of
//     the initial transient.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace markhor {

// A mean with its one-sigma error. autocorrelation_time is the integrated one in sweeps,
// tau = 1 + 2 sum_k rho(k): the error is sqrt(variance of the series * tau / length).
struct Estimate {
  double value = 0.0, error = 0.0, autocorrelation_time = 1.0;
  // False where the series is too short against its autocorrelation time for the error to have
  // settled; the error is then a lower bound.
  bool settled = true;
};

// One level of the blocking analysis.
struct BlockingLevel {
  std::int64_t block_length = 1;  // sweeps
  std::int64_t blocks = 0;
  double error = 0.0, error_of_error = 0.0;
};

// Errors of the mean from blocks of 1, 2, 4, ... values, down to two blocks. Values that do not
// fill the last block are left out of that level.
std::vector<BlockingLevel> blocking_analysis(std::span<const double> series);

// Mean of the series; error from the shortest blocks with B^3 > 2 N (error_B/error_1)^4 (Lee2011),
// which balances what is left of the correlation against the noise of the error itself.
Estimate estimate_mean(std::span<const double> series);

// At least this many walkers make the spread of their means a good error (its own error is
// 1/sqrt(2 walkers)); below, blocks in time are used.
inline constexpr int walkers_for_spread = 32;

// Mean of the series of ensemble means with its error from the walkers' own means:
// squared_spread = sum_w (mean_w - mean)^2.
Estimate estimate_from_walkers(std::span<const double> series, double squared_spread, int walkers);

// Length of the initial transient: the number of values to drop, in steps of `batch`, that
// minimizes the marginal standard error of the mean of the rest (White1997), at most half of the
// series. A result of half the series means that no end of the transient was seen.
std::int64_t transient_length(std::span<const double> series, std::int64_t batch);

}  // namespace markhor
