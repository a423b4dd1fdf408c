// Error bars of correlated series.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace markhor {

// A mean with its one-sigma error. autocorrelation_time is the integrated one, in sweeps,
// tau = 1 + 2 sum_k rho(k) >= about 1: the error is sqrt(variance tau / samples).
struct Estimate {
  double value = 0.0, error = 0.0, autocorrelation_time = 1.0;
};

// One level of the blocking analysis of Flyvbjerg and Petersen, J. Chem. Phys. 91, 461 (1989).
struct BlockingLevel {
  std::int64_t block_length = 1;  // sweeps
  std::int64_t blocks = 0;
  double error = 0.0, error_of_error = 0.0;
};

}  // namespace markhor
