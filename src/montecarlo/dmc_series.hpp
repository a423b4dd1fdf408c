// The generations of a diffusion Monte Carlo run, and the estimates made of them.
//
// All estimates are ratios sum_g P_g A_g / sum_g P_g W_g over the generations g, with the product
// P_g of the last M control factors, which undoes what population control did to the weights of the
// walkers' ancestors over the time M tau (P_g = 1: not undone). Their errors come from the series
// of A_g P_g - (A/W) W_g P_g, to first order in the fluctuations.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "montecarlo/statistics.hpp"

namespace markhor {

// One value a generation.
struct DmcSeries {
  std::vector<double> weights;            // W_g, after control
  std::vector<double> log_controls;       // ln of the factor by which g was divided
  std::vector<std::vector<double>> sums;  // [quantity][g]: sum_walkers weight * quantity
  std::vector<double> walkers;

  std::size_t size() const { return weights.size(); }
  // Mean over the walkers of one quantity, generation by generation.
  std::vector<double> means(std::size_t quantity) const;
};

// P_g for every generation. before: log_controls of the generations ahead of the first; a window
// that reaches beyond them is cut there.
std::vector<double> undone_controls(std::span<const double> before,
                                    std::span<const double> log_controls, std::int64_t window);

// sum(factors * numerators)/sum(factors * weights).
Estimate estimate_ratio(std::span<const double> numerators, std::span<const double> weights,
                        std::span<const double> factors);

// The growth estimator E_T - ln(r)/tau_eff with r = sum_g P_g W_{g+1} f_{g+1}/sum_g P_g W_g, the
// growth of the total weight in a generation before control. Hartree; at least two generations.
Estimate estimate_growth(const DmcSeries& series, std::span<const double> factors,
                         double trial_energy, double effective_time_step);

}  // namespace markhor
