#include "montecarlo/generations.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "core/errors.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

GenerationSums Generations::summed(const GenerationSums& own) const {
  std::vector<std::int64_t> numbers = own.pack();
  communicator_.sum(numbers);
  GenerationSums total;
  total.unpack(numbers);
  return total;
}

void Generations::start() {
  diffusion_.place_and_spread();
  rule_.reference.nuclei.assign((diffusion_.sums() - diffusion_.first_share()) / 2, 0.0);
  rule_.time_step = options_.time_steps.front();
  rule_.reference.energy = 0.0;
  for (int pass = 0; pass < 2; ++pass) {
    // The second pass gives every walker its branching energy with the means of the first.
    const GenerationSums sums = summed(diffusion_.measure(rule_));
    weight_ = sums.values[0].value();
    rule_.reference.energy = sums.values[1].value() / weight_;
    for (std::size_t a = 0; a < rule_.reference.nuclei.size(); ++a) {
      const ExactSum* share = sums.values.data() + diffusion_.first_share() + 2 * a;
      rule_.reference.nuclei[a] = mean_share(share[0].value(), share[1].value());
    }
  }
  if (!std::isfinite(rule_.reference.energy)) {
    throw CalculationError("the local energy is not finite before the first diffusion step");
  }
  rule_.trial_energy = rule_.reference.energy;
}

// The series of the record in the order in which a state has them.
std::vector<std::vector<double>*> Generations::rows() {
  Record& r = record_;
  r.series.sums.resize(diffusion_.squared_deviation());
  r.shares.resize(diffusion_.sums() - diffusion_.first_share());
  std::vector<std::vector<double>*> rows = {
      &r.series.weights,   &r.series.log_controls, &r.series.walkers,      &r.accepted_squares,
      &r.proposed_squares, &r.trial_energies,      &r.effective_time_steps};
  for (auto& sum : r.series.sums) rows.push_back(&sum);
  for (auto& share : r.shares) rows.push_back(&share);
  return rows;
}

void Generations::save(DmcState& state) {
  diffusion_.save(state);
  DmcCounters& c = state.counters;
  c.generation = static_cast<std::int64_t>(generation_);
  c.crowded = crowded_ ? 1 : 0;
  c.accepted = record_.accepted;
  c.crossings = record_.crossings;
  c.proposed = record_.proposed;
  c.weight = weight_;
  c.time_step = rule_.time_step;
  c.effective_time_step = rule_.effective_time_step;
  c.trial_energy = rule_.trial_energy;
  c.reference_energy = rule_.reference.energy;
  state.reference_nuclei = rule_.reference.nuclei;
  state.series.clear();
  for (const std::vector<double>* row : rows()) state.series.push_back(*row);
}

void Generations::resume(const DmcState& state) {
  DmcCounters c = state.counters;
  communicator_.broadcast_value(c);
  generation_ = static_cast<std::uint64_t>(c.generation);
  crowded_ = c.crowded != 0;
  record_.accepted = c.accepted;
  record_.crossings = c.crossings;
  record_.proposed = c.proposed;
  weight_ = c.weight;
  rule_ = {c.time_step,
           c.effective_time_step,
           c.trial_energy,
           {c.reference_energy, state.reference_nuclei}};
  communicator_.broadcast(rule_.reference.nuclei);
  const std::vector<std::vector<double>*> own = rows();
  std::size_t stored = state.series.size();
  communicator_.broadcast_value(stored);
  if (stored != own.size()) {
    throw InputError({}, "the checkpoint holds other quantities than the estimators measure");
  }
  for (std::size_t i = 0; i < own.size(); ++i) {
    if (communicator_.is_root()) *own[i] = state.series[i];
    communicator_.broadcast(*own[i]);
  }
  diffusion_.restore(state);
}

void Generations::start_time_step(double time_step) {
  rule_.effective_time_step *= time_step / rule_.time_step;
  rule_.time_step = time_step;
}

void Generations::check_population(double walkers) const {
  constexpr double most = 8.0;
  if (!std::isfinite(weight_) || !std::isfinite(record_.series.sums[0].back())) {
    throw CalculationError(
        "a local energy or weight became infinite or not a number in diffusion Monte Carlo");
  }
  if (walkers > most * options_.walkers) {
    throw CalculationError("the population has grown to " +
                           std::to_string(static_cast<long>(walkers)) + " walkers, target " +
                           std::to_string(options_.walkers) +
                           ": a shorter time step or a better wave function is needed");
  }
  if (walkers < 1.0 || weight_ <= 0.0) throw CalculationError("the population has died out");
}

// The sums were taken before control: those with weights are divided here.
void Generations::complete(const GenerationSums& sums, double log_control) {
  const double factor = std::exp(log_control);
  const std::size_t weighted = diffusion_.squared_deviation();
  DmcSeries& series = record_.series;
  series.sums.resize(weighted);
  weight_ = sums.values[0].value() / factor;
  series.weights.push_back(weight_);
  series.log_controls.push_back(log_control);
  for (std::size_t q = 0; q < weighted; ++q) {
    series.sums[q].push_back(sums.values[q + 1].value() / factor);
  }
  series.walkers.push_back(static_cast<double>(sums.walkers));
  record_.shares.resize(diffusion_.sums() - diffusion_.first_share());
  for (std::size_t i = 0; i < record_.shares.size(); ++i) {
    record_.shares[i].push_back(sums.values[diffusion_.first_share() + i].value() / factor);
  }
  record_.accepted_squares.push_back(sums.values[diffusion_.accepted_square()].value());
  record_.proposed_squares.push_back(sums.values[diffusion_.proposed_square()].value());
  record_.trial_energies.push_back(rule_.trial_energy);
  record_.effective_time_steps.push_back(rule_.effective_time_step);
  record_.accepted += sums.accepted;
  record_.crossings += sums.crossings;
  record_.proposed += sums.walkers;
  crowded_ = sums.crowded_cells > 0;
  check_population(series.walkers.back());
}

void Generations::complete_pending() {
  if (!under_way_) return;
  GenerationSums last;
  last.unpack(pending_.wait());
  complete(last, log_control_);
  under_way_ = false;
}

void Generations::step() {
  const GenerationSums own = diffusion_.advance(generation_, rule_);
  complete_pending();
  if (options_.population == PopulationControl::reconfiguration) {
    const GenerationSums total = summed(own);
    log_control_ = std::log(total.values[0].value() / options_.walkers);
    complete(total, log_control_);
    diffusion_.control(std::exp(log_control_));
    diffusion_.reconfigure(generation_);
  } else {
    const double exponent = std::min(1.0, options_.feedback * rule_.time_step);
    log_control_ = exponent * std::log(weight_ / options_.walkers);
    diffusion_.control(std::exp(log_control_));
    pending_ = PendingSum(communicator_, own.pack());
    under_way_ = true;
    diffusion_.branch(generation_, crowded_);
  }
  ++generation_;
}

void Generations::run(std::int64_t generations) {
  for (std::int64_t g = 0; g < generations; ++g) step();
  complete_pending();
}

}  // namespace markhor
