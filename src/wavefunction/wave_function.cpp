#include "wavefunction/wave_function.hpp"

#include <algorithm>
#include <utility>

namespace markhor {

WaveFunction::WaveFunction(int up_electrons, int down_electrons, std::vector<NamedFactor> factors)
    : up_(up_electrons), electrons_(up_electrons + down_electrons), factors_(std::move(factors)) {
  std::size_t state = 3 * static_cast<std::size_t>(electrons_), scratch = 0;
  for (const NamedFactor& named : factors_) {
    state_offsets_.push_back(state);
    scratch_offsets_.push_back(scratch);
    state += named.factor->storage().state;
    scratch += named.factor->storage().scratch;
    parameters_ += named.parameters;
  }
  state_offsets_.push_back(state);
  scratch_offsets_.push_back(scratch);
}

std::size_t WaveFunction::bytes_per_walker() const {
  return state_offsets_.back() * sizeof(Lanes) / lane_count;
}

Tile WaveFunction::make_tile() const {
  return {LaneVector(state_offsets_.back(), Lanes(0.0)), lane_bits(0)};
}

WaveFunctionScratch WaveFunction::make_scratch() const {
  return {LaneVector(scratch_offsets_.back(), Lanes(0.0))};
}

LogDerivatives WaveFunction::make_derivatives() const {
  const auto n = static_cast<std::size_t>(electrons_);
  return {LaneVector(3 * n, Lanes(0.0)), LaneVector(n, Lanes(0.0))};
}

TileView WaveFunction::view(Tile& tile, WaveFunctionScratch& scratch, std::size_t factor) const {
  return {tile.memory.data(), tile.memory.data() + state_offsets_[factor],
          scratch.memory.data() + scratch_offsets_[factor]};
}

double WaveFunction::rebuild(Tile& tile, WaveFunctionScratch& scratch) const {
  double drift = 0.0;
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    drift = std::max(drift, factors_[f].factor->rebuild(view(tile, scratch, f)));
  }
  return drift;
}

LogValue WaveFunction::log_value(Tile& tile, WaveFunctionScratch& scratch) const {
  LogValue value{Lanes(0.0), Lanes(1.0)};
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->log_value(view(tile, scratch, f), value);
  }
  return value;
}

void WaveFunction::start_move(Tile& tile, WaveFunctionScratch& scratch, int electron,
                              Lanes gradient[3]) const {
  for (int d = 0; d < 3; ++d) gradient[d] = Lanes(0.0);
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->start_move(view(tile, scratch, f), electron, gradient);
  }
}

MoveProposal WaveFunction::propose(Tile& tile, WaveFunctionScratch& scratch, int electron,
                                   const Lanes position[3]) const {
  MoveProposal move{Lanes(1.0), Lanes(0.0), {Lanes(0.0), Lanes(0.0), Lanes(0.0)}};
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->propose(view(tile, scratch, f), electron, position, move);
  }
  return move;
}

void WaveFunction::finish_move(Tile& tile, WaveFunctionScratch& scratch, int electron,
                               const Lanes position[3], const LaneMask& accepted) const {
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->finish_move(view(tile, scratch, f), electron, position, accepted);
  }
  Lanes* current = tile.positions() + 3 * electron;
  for (int d = 0; d < 3; ++d) current[d] = select(accepted, position[d], current[d]);
}

void WaveFunction::derivatives(Tile& tile, WaveFunctionScratch& scratch,
                               LogDerivatives& result) const {
  std::fill(result.gradient.begin(), result.gradient.end(), Lanes(0.0));
  std::fill(result.laplacian.begin(), result.laplacian.end(), Lanes(0.0));
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->derivatives(view(tile, scratch, f), result.gradient.data(),
                                    result.laplacian.data());
  }
}

void WaveFunction::parameter_derivatives(Tile& tile, WaveFunctionScratch& scratch,
                                         const LogDerivatives& derivatives, Lanes* log_derivative,
                                         Lanes* energy_derivative) const {
  for (std::size_t f = 0; f < factors_.size(); ++f) {
    factors_[f].factor->parameter_derivatives(view(tile, scratch, f), derivatives.gradient.data(),
                                              log_derivative, energy_derivative);
    log_derivative += factors_[f].parameters;
    energy_derivative += factors_[f].parameters;
  }
}

}  // namespace markhor
