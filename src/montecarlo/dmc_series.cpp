#include "montecarlo/dmc_series.hpp"

#include <algorithm>
#include <cmath>

namespace markhor {

std::vector<double> DmcSeries::means(std::size_t quantity) const {
  std::vector<double> result;
  for (std::size_t g = 0; g < size(); ++g) result.push_back(sums[quantity][g] / weights[g]);
  return result;
}

std::vector<double> undone_controls(std::span<const double> before,
                                    std::span<const double> log_controls, std::int64_t window) {
  const auto all = static_cast<std::int64_t>(before.size() + log_controls.size());
  const auto first = static_cast<std::int64_t>(before.size());
  std::vector<double> prefix(static_cast<std::size_t>(all) + 1, 0.0);
  for (std::int64_t g = 0; g < all; ++g) {
    const auto i = static_cast<std::size_t>(g);
    prefix[i + 1] = prefix[i] + (g < first ? before[i] : log_controls[i - before.size()]);
  }
  std::vector<double> factors;
  for (std::int64_t g = first; g < all; ++g) {
    const auto from = static_cast<std::size_t>(std::max<std::int64_t>(0, g + 1 - window));
    factors.push_back(std::exp(prefix[static_cast<std::size_t>(g) + 1] - prefix[from]));
  }
  return factors;
}

Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> weights,
                        std::span<const double> factors) {
  double numerator = 0.0, weight = 0.0;
  for (std::size_t g = 0; g < factors.size(); ++g) {
    numerator += factors[g] * numerators[g];
    weight += factors[g] * weights[g];
  }
  const double ratio = numerator / weight, mean = weight / static_cast<double>(factors.size());
  std::vector<double> series;
  for (std::size_t g = 0; g < factors.size(); ++g) {
    series.push_back(ratio + factors[g] * (numerators[g] - ratio * weights[g]) / mean);
  }
  Estimate estimate = estimate_mean(series);
  estimate.value = ratio;
  return estimate;
}

Estimate estimate_growth(const DmcSeries& series, std::span<const double> factors,
                         double trial_energy, double effective_time_step) {
  const std::size_t pairs = series.size() - 1;
  std::vector<double> grown;
  for (std::size_t g = 0; g < pairs; ++g) {
    grown.push_back(series.weights[g + 1] * std::exp(series.log_controls[g + 1]));
  }
  Estimate estimate = estimate_ratio(grown, std::span(series.weights).first(pairs),
                                     std::span(factors).first(pairs));
  estimate.error /= estimate.value * effective_time_step;
  estimate.value = trial_energy - std::log(estimate.value) / effective_time_step;
  return estimate;
}

}  // namespace markhor
