#include "optimize/sampler.hpp"

#include <algorithm>
#include <cmath>

#include "core/errors.hpp"
#include "core/lane_math.hpp"
#include "montecarlo/sweep.hpp"
#include "optimize/node_weight.hpp"
#include "parallel/communicator.hpp"

namespace markhor {

namespace {

// Accelerated moves have an autocorrelation time of one to two sweeps.
constexpr int sweeps_per_sample = 2;
constexpr double radial_spread = 5.0;
constexpr std::uint64_t rebuild_interval = 100;  // sweeps

// |grad ln|Psi||^2: the inverse square of the distance to the node in linear approximation.
Lanes squared_slope(const LogDerivatives& derivatives) {
  Lanes sum(0.0);
  for (const Lanes& g : derivatives.gradient) sum += g * g;
  return sum;
}

void put(Eigen::VectorXd& values, Eigen::Index first, const Lanes& lanes) {
  for (int lane = 0; lane < lane_count; ++lane) values[first + lane] = lanes[lane];
}

void put(Eigen::MatrixXd& rows, Eigen::Index first, const LaneVector& lanes) {
  for (std::size_t p = 0; p < lanes.size(); ++p) {
    double* column = rows.col(static_cast<Eigen::Index>(p)).data() + first;
    for (int lane = 0; lane < lane_count; ++lane) column[lane] = lanes[p][lane];
  }
}

}  // namespace

Sampler::Sampler(const Molecule& molecule, int walkers, std::uint64_t seed,
                 const Communicator& communicator)
    : molecule_(molecule),
      communicator_(communicator),
      hamiltonian_(molecule),
      walkers_(walkers),
      seed_(seed) {}

void Sampler::set_wave_function(const TrialWaveFunction& trial,
                                const ParameterSelection& selection) {
  wave_function_ = std::make_unique<WaveFunction>(make_wave_function(trial, selection));
  scratch_ = wave_function_->make_scratch();
  derivatives_ = wave_function_->make_derivatives();
  const auto parameters = static_cast<std::size_t>(wave_function_->parameters());
  log_derivatives_.assign(parameters, Lanes(0.0));
  energy_derivatives_.assign(parameters, Lanes(0.0));
}

TileRange Sampler::own_tiles() const { return tiles_of_rank(walkers_ / lane_count, communicator_); }

std::vector<double> Sampler::walkers() const { return gather_tiles(tiles_, communicator_); }

void Sampler::resume(const TrialWaveFunction& trial, const ParameterSelection& selection,
                     std::span<const double> walkers, std::uint64_t steps) {
  set_wave_function(trial, selection);
  tiles_ = scatter_tiles(*wave_function_, own_tiles(), walkers, communicator_);
  step_ = steps;
}

void Sampler::use(const TrialWaveFunction& trial, const ParameterSelection& selection) {
  set_wave_function(trial, selection);
  if (tiles_.empty() && step_ == 0) {
    tiles_ = place_walkers(*wave_function_, molecule_, seed_, own_tiles());
    return;
  }
  const std::size_t coordinates = 3 * static_cast<std::size_t>(wave_function_->electrons());
  for (Tile& old : tiles_) {
    Tile tile = wave_function_->make_tile();
    std::copy_n(old.positions(), coordinates, tile.positions());
    tile.walkers = old.walkers;
    wave_function_->rebuild(tile, scratch_);
    old = std::move(tile);
  }
}

void Sampler::sweep() {
  const RandomKey key{seed_, RandomStage::optimization};
  MoveCounts counts;
  for (Tile& tile : tiles_) {
    for (std::uint64_t s = 0; s < sweeps_per_sample; ++s) {
      accelerated_sweep(*wave_function_, molecule_, tile, scratch_, key, step_ + s, radial_spread,
                        counts);
      if ((step_ + s + 1) % rebuild_interval == 0) wave_function_->rebuild(tile, scratch_);
    }
  }
  step_ += sweeps_per_sample;
}

void Sampler::equilibrate(int sweeps) {
  for (int s = 0; s < sweeps; s += sweeps_per_sample) sweep();
}

int Sampler::rounds_for(std::int64_t count) const {
  return static_cast<int>(std::max<std::int64_t>(1, (count + walkers_ - 1) / walkers_));
}

// values: [round][local walker].
Estimate Sampler::estimate(const Eigen::VectorXd& values, int rounds) const {
  const Eigen::Index local = static_cast<Eigen::Index>(tiles_.size()) * lane_count;
  const Eigen::Map<const Eigen::MatrixXd> table(values.data(), local, rounds);
  std::vector<double> series(static_cast<std::size_t>(rounds), 0.0);
  for (int r = 0; r < rounds; ++r) series[static_cast<std::size_t>(r)] = table.col(r).sum();
  communicator_.sum(std::span<double>(series));
  double mean = 0.0;
  for (double& s : series) mean += (s /= walkers_);
  mean /= rounds;
  double spread = local > 0 ? (table.rowwise().mean().array() - mean).square().sum() : 0.0;
  communicator_.sum(std::span<double>(&spread, 1));
  if (walkers_ < walkers_for_spread) return estimate_mean(series);
  return estimate_from_walkers(series, spread, walkers_);
}

void Sampler::resize(DerivativeSamples& samples, Eigen::Index rows) const {
  const auto p = static_cast<Eigen::Index>(wave_function_->parameters());
  samples.walkers = static_cast<Eigen::Index>(tiles_.size()) * lane_count;
  samples.energies.resize(rows);
  samples.weights.resize(rows);
  samples.log_derivatives.resize(rows, p);
  samples.energy_derivatives.resize(rows, p);
}

void Sampler::fill(Tile& tile, Eigen::Index first, DerivativeSamples& samples) {
  wave_function_->derivatives(tile, scratch_, derivatives_);
  wave_function_->parameter_derivatives(tile, scratch_, derivatives_, log_derivatives_.data(),
                                        energy_derivatives_.data());
  put(samples.energies, first, hamiltonian_.local_energy(tile.positions(), derivatives_).total);
  put(samples.weights, first, squared_slope(derivatives_));
  put(samples.log_derivatives, first, log_derivatives_);
  put(samples.energy_derivatives, first, energy_derivatives_);
}

void Sampler::keep(Tile& tile, Configurations& configurations) {
  const std::size_t coordinates = 3 * static_cast<std::size_t>(wave_function_->electrons());
  configurations.positions.emplace_back(tile.positions(), tile.positions() + coordinates);
  configurations.logarithms.push_back(wave_function_->log_value(tile, scratch_).logarithm);
}

SampledDerivatives Sampler::sample(std::int64_t count,
                                   const Eigen::Array<bool, Eigen::Dynamic, 1>& linear) {
  const int rounds = rounds_for(count);
  const auto tiles = static_cast<Eigen::Index>(tiles_.size());
  SampledDerivatives result;
  DerivativeSamples& samples = result.samples;
  resize(samples, tiles * lane_count * rounds);
  samples.linear = linear;
  result.configurations.rounds = rounds;
  result.configurations.total = std::int64_t{walkers_} * rounds;
  result.configurations.electrons = static_cast<int>(wave_function_->electrons());
  Eigen::Index first = 0;
  for (int r = 0; r < rounds; ++r) {
    sweep();
    for (Tile& tile : tiles_) {
      fill(tile, first, samples);
      keep(tile, result.configurations);
      first += lane_count;
    }
  }
  result.energy = estimate(samples.energies, rounds);
  if (!std::isfinite(result.energy.value)) {
    throw CalculationError("the local energy became infinite or not a number while optimizing");
  }
  const Eigen::VectorXd squares =
      (samples.energies.array() - result.energy.value).square().matrix();
  result.variance = estimate(squares, rounds);
  const double mean_slope = estimate(samples.weights, rounds).value;
  const double epsilon = node_distance(mean_slope, result.configurations.total);
  for (double& w : samples.weights) w = node_weight(w, epsilon);
  result.configurations.weights.resize(result.configurations.logarithms.size());
  for (Eigen::Index i = 0; i < samples.weights.size(); ++i) {
    result.configurations.weights[static_cast<std::size_t>(i / lane_count)].set(
        static_cast<int>(i % lane_count), samples.weights[i]);
  }
  const Eigen::VectorXd changes = (samples.weights.array() - 1.0).abs().matrix();
  result.changed_weight = estimate(changes, rounds).value;
  return result;
}

ComparisonSamples Sampler::comparison_samples(std::int64_t count) {
  ComparisonSamples c;
  Configurations& configurations = c.configurations;
  configurations.rounds = rounds_for(count);
  configurations.total = std::int64_t{walkers_} * configurations.rounds;
  configurations.electrons = static_cast<int>(wave_function_->electrons());
  for (int r = 0; r < configurations.rounds; ++r) {
    sweep();
    for (Tile& tile : tiles_) {
      wave_function_->derivatives(tile, scratch_, derivatives_);
      keep(tile, configurations);
      c.energies.push_back(hamiltonian_.local_energy(tile.positions(), derivatives_).total);
      configurations.weights.push_back(squared_slope(derivatives_));
    }
  }
  double slope = 0.0;
  for (const Lanes& w : configurations.weights) slope += sum_of_lanes(w);
  communicator_.sum(std::span<double>(&slope, 1));
  const double epsilon =
      node_distance(slope / static_cast<double>(configurations.total), configurations.total);
  for (Lanes& w : configurations.weights) {
    for (int lane = 0; lane < lane_count; ++lane) w.set(lane, node_weight(w[lane], epsilon));
  }
  return c;
}

ReweightedDerivatives Sampler::reweighted(const Configurations& configurations,
                                          const Eigen::Array<bool, Eigen::Dynamic, 1>& linear) {
  ReweightedDerivatives result;
  DerivativeSamples& samples = result.samples;
  const auto rows = static_cast<Eigen::Index>(configurations.positions.size()) * lane_count;
  resize(samples, rows);
  samples.linear = linear;
  Eigen::VectorXd ratios(rows), earlier_weights(rows);
  Tile tile = wave_function_->make_tile();
  for (std::size_t i = 0; i < configurations.positions.size(); ++i) {
    const Eigen::Index first = static_cast<Eigen::Index>(i) * lane_count;
    const LaneVector& positions = configurations.positions[i];
    std::copy(positions.begin(), positions.end(), tile.positions());
    wave_function_->rebuild(tile, scratch_);
    fill(tile, first, samples);
    put(ratios, first,
        wave_function_->log_value(tile, scratch_).logarithm - configurations.logarithms[i]);
    put(earlier_weights, first, configurations.weights[i]);
  }
  ratios = ((2.0 * ratios.array()).exp() * earlier_weights.array()).matrix();
  std::vector<double> sums = {
      ratios.sum(), ratios.squaredNorm(), ratios.dot(samples.weights),
      samples.energies.sum() + samples.energy_derivatives.sum() + samples.log_derivatives.sum()};
  communicator_.sum(std::span<double>(sums));
  if (!std::isfinite(sums[1] + sums[2] + sums[3]) || !(sums[0] > 0.0)) return result;
  const auto total = static_cast<double>(configurations.total);
  result.effective_fraction = sums[0] * sums[0] / (total * sums[1]);
  const double epsilon = node_distance(sums[2] / sums[0], configurations.total);
  for (Eigen::Index i = 0; i < rows; ++i) {
    samples.weights[i] = ratios[i] * total / sums[0] * node_weight(samples.weights[i], epsilon);
  }
  return result;
}

}  // namespace markhor
