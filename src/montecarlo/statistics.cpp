#include "montecarlo/statistics.hpp"

#include <cmath>
#include <limits>
#include <numeric>

namespace markhor {

namespace {

double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sum_of_squares_about(std::span<const double> values, double mean) {
  double sum = 0.0;
  for (const double v : values) sum += (v - mean) * (v - mean);
  return sum;
}

}  // namespace

std::vector<BlockingLevel> blocking_analysis(std::span<const double> series) {
  std::vector<BlockingLevel> levels;
  std::vector<double> values(series.begin(), series.end());
  for (std::int64_t length = 1; values.size() >= 2; length *= 2) {
    const auto n = static_cast<double>(values.size());
    const double variance_of_mean = sum_of_squares_about(values, mean_of(values)) / (n * (n - 1.0));
    const double error = std::sqrt(variance_of_mean);
    levels.push_back({length, static_cast<std::int64_t>(values.size()), error,
                      error / std::sqrt(2.0 * (n - 1.0))});
    const std::size_t pairs = values.size() / 2;
    for (std::size_t i = 0; i < pairs; ++i) values[i] = 0.5 * (values[2 * i] + values[2 * i + 1]);
    values.resize(pairs);
  }
  return levels;
}

Estimate estimate_mean(std::span<const double> series) {
  Estimate estimate;
  if (series.empty()) return estimate;
  estimate.value = mean_of(series);
  const std::vector<BlockingLevel> levels = blocking_analysis(series);
  estimate.settled = false;
  if (levels.empty()) return estimate;
  const double first = levels.front().error, n = static_cast<double>(series.size());
  for (const BlockingLevel& level : levels) {
    const double b = static_cast<double>(level.block_length);
    const double ratio = first > 0.0 ? level.error / first : 1.0;
    // Fewer than eight blocks say little; the error stays at the largest one seen before.
    if (level.blocks < 8) break;
    estimate.error = level.error;
    estimate.autocorrelation_time = ratio * ratio;
    if (b * b * b > 2.0 * n * std::pow(ratio, 4)) {
      estimate.settled = true;
      break;
    }
  }
  return estimate;
}

Estimate estimate_from_walkers(std::span<const double> series, double squared_spread, int walkers) {
  Estimate estimate;
  if (series.size() < 2) return estimate_mean(series);
  const double mean = mean_of(series), n = static_cast<double>(series.size());
  const double uncorrelated = sum_of_squares_about(series, mean) / (n * (n - 1.0));
  const double variance_of_mean = squared_spread / (walkers * (walkers - 1.0));
  estimate.value = mean;
  estimate.error = std::sqrt(variance_of_mean);
  estimate.autocorrelation_time = uncorrelated > 0.0 ? variance_of_mean / uncorrelated : 1.0;
  // Shorter, and the walkers have not forgotten where they started: means of a part of the space.
  estimate.settled = n >= 20.0 * estimate.autocorrelation_time;
  return estimate;
}

std::int64_t transient_length(std::span<const double> series, std::int64_t batch) {
  const auto batches = static_cast<std::int64_t>(series.size()) / batch;
  std::vector<double> means;
  for (std::int64_t i = 0; i < batches; ++i) {
    means.push_back(mean_of(
        series.subspan(static_cast<std::size_t>(i * batch), static_cast<std::size_t>(batch))));
  }
  std::int64_t best = 0;
  double best_error = std::numeric_limits<double>::infinity();
  for (std::int64_t drop = 0; drop <= batches / 2; ++drop) {
    const std::span<const double> rest = std::span(means).subspan(static_cast<std::size_t>(drop));
    const auto n = static_cast<double>(rest.size());
    const double error = sum_of_squares_about(rest, mean_of(rest)) / (n * n);
    if (error < best_error) {
      best_error = error;
      best = drop;
    }
  }
  return best * batch;
}

}  // namespace markhor
