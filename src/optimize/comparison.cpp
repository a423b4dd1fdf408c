// Correlated sampling: a new wave function on the present one's configurations.
#include <cmath>

#include "core/lane_math.hpp"
#include "optimize/sampler.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

// One configuration's part of the two averages: weights and local energies.
struct Pair {
  double old_weight, new_weight, old_energy, new_energy;
};

struct Averages {
  double old_weight = 0.0, new_weight = 0.0, squared_weight = 0.0;  // means over configurations
  double old_energy = 0.0, new_energy = 0.0, old_variance = 0.0, new_variance = 0.0;
};

void sum(std::vector<double>& values, const Communicator& communicator) {
  communicator.sum(std::span<double>(values));
}

Averages average(const std::vector<Pair>& pairs, double total, const Communicator& communicator) {
  std::vector<double> s(5, 0.0);
  for (const Pair& c : pairs) {
    s[0] += c.old_weight;
    s[1] += c.new_weight;
    s[2] += c.new_weight * c.new_weight;
    s[3] += c.old_weight * c.old_energy;
    s[4] += c.new_weight * c.new_energy;
  }
  sum(s, communicator);
  Averages a{s[0] / total, s[1] / total, s[2] / total, s[3] / s[0], s[4] / s[1], 0.0, 0.0};
  std::vector<double> squares(2, 0.0);
  for (const Pair& c : pairs) {
    squares[0] += c.old_weight * (c.old_energy - a.old_energy) * (c.old_energy - a.old_energy);
    squares[1] += c.new_weight * (c.new_energy - a.new_energy) * (c.new_energy - a.new_energy);
  }
  sum(squares, communicator);
  a.old_variance = squares[0] / s[0];
  a.new_variance = squares[1] / s[1];
  return a;
}

// Both ratios linearized about their values: what one configuration adds to the difference.
struct Deviation {
  double energy, variance;
};
Deviation deviation(const Pair& c, const Averages& a) {
  const double before = c.old_energy - a.old_energy, after = c.new_energy - a.new_energy;
  const double u = c.old_weight / a.old_weight, w = c.new_weight / a.new_weight;
  return {w * after - u * before,
          w * (after * after - a.new_variance) - u * (before * before - a.old_variance)};
}

}  // namespace

// The error counts each walker's configurations as one block.
Comparison Sampler::compare(const ComparisonSamples& samples, const TrialWaveFunction& trial,
                            double p) const {
  const Configurations& configurations = samples.configurations;
  const WaveFunction wave_function = make_wave_function(trial);
  WaveFunctionScratch scratch = wave_function.make_scratch();
  LogDerivatives derivatives = wave_function.make_derivatives();
  Tile tile = wave_function.make_tile();
  std::vector<Pair> pairs;
  pairs.reserve(configurations.positions.size() * lane_count);
  for (std::size_t i = 0; i < configurations.positions.size(); ++i) {
    const LaneVector& positions = configurations.positions[i];
    std::copy(positions.begin(), positions.end(), tile.positions());
    wave_function.rebuild(tile, scratch);
    wave_function.derivatives(tile, scratch, derivatives);
    const Lanes energy = hamiltonian_.local_energy(tile.positions(), derivatives).total;
    const Lanes logarithm = wave_function.log_value(tile, scratch).logarithm;
    for (int lane = 0; lane < lane_count; ++lane) {
      const double weight = configurations.weights[i][lane];
      const double ratio = std::exp(2.0 * (logarithm[lane] - configurations.logarithms[i][lane]));
      pairs.push_back({weight, weight * ratio, samples.energies[i][lane], energy[lane]});
    }
  }
  const auto total = static_cast<double>(configurations.total);
  const Averages a = average(pairs, total, communicator_);
  Comparison result;
  result.energy_change = a.new_energy - a.old_energy;
  result.objective_change =
      (1.0 - p) * result.energy_change + p * (a.new_variance - a.old_variance);
  result.effective_fraction = a.new_weight * a.new_weight / a.squared_weight;
  std::vector<double> energies(static_cast<std::size_t>(walkers_), 0.0), objectives = energies;
  const std::size_t local = pairs.size() / static_cast<std::size_t>(configurations.rounds);
  const auto first = static_cast<std::size_t>(own_tiles().first * lane_count);
  for (std::size_t walker = 0; walker < local; ++walker) {
    double &energy = energies[first + walker], &objective = objectives[first + walker];
    for (std::size_t i = walker; i < pairs.size(); i += local) {
      const Deviation d = deviation(pairs[i], a);
      energy += d.energy / total;
      objective += ((1.0 - p) * d.energy + p * d.variance) / total;
    }
  }
  sum(energies, communicator_);
  sum(objectives, communicator_);
  result.error = Eigen::VectorXd::Map(energies.data(), walkers_).norm();
  result.deviations = Eigen::VectorXd::Map(objectives.data(), walkers_);
  result.objective_error = result.deviations.norm();
  result.finite = std::isfinite(result.objective_change) && std::isfinite(result.objective_error);
  return result;
}

}  // namespace markhor
