// The trial wave function: a product of factors, and the tile of walkers it is evaluated on.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "wavefunction/factor.hpp"

namespace markhor {

// Eight walkers: positions and every factor's state in one block of memory.
struct Tile {
  LaneVector memory;  // positions (electrons x 3), then the factors' states
  LaneBits walkers;   // ids, the keys of the walkers' random streams

  Lanes* positions() { return memory.data(); }
  const Lanes* positions() const { return memory.data(); }
};

// Work space of one rank, shared by all its tiles.
struct WaveFunctionScratch {
  LaneVector memory;
};

// Gradient and Laplacian of ln|Psi| for every electron; lap Psi/Psi = laplacian + |gradient|^2.
struct LogDerivatives {
  LaneVector gradient;   // electrons x 3
  LaneVector laplacian;  // electrons
};

class WaveFunction {
 public:
  struct NamedFactor {
    std::string name;
    std::unique_ptr<Factor> factor;
    std::size_t parameters = 0;  // that it differentiates
  };

  WaveFunction(int up_electrons, int down_electrons, std::vector<NamedFactor> factors);

  int electrons() const { return electrons_; }
  int up_electrons() const { return up_; }
  std::size_t bytes_per_walker() const;
  const std::vector<NamedFactor>& factors() const { return factors_; }

  Tile make_tile() const;
  WaveFunctionScratch make_scratch() const;
  LogDerivatives make_derivatives() const;

  // Builds every factor's state from the tile's positions; returns the largest drift met
  // (Factor::rebuild).
  double rebuild(Tile& tile, WaveFunctionScratch& scratch) const;
  LogValue log_value(Tile& tile, WaveFunctionScratch& scratch) const;

  // A one-electron move (the stages of Factor). gradient: of ln|Psi| at the accepted position,
  // overwritten. finish_move also moves the electron in the accepted lanes.
  void start_move(Tile& tile, WaveFunctionScratch& scratch, int electron, Lanes gradient[3]) const;
  MoveProposal propose(Tile& tile, WaveFunctionScratch& scratch, int electron,
                       const Lanes position[3]) const;
  void finish_move(Tile& tile, WaveFunctionScratch& scratch, int electron, const Lanes position[3],
                   const LaneMask& accepted) const;

  // Overwrites result.
  void derivatives(Tile& tile, WaveFunctionScratch& scratch, LogDerivatives& result) const;

  std::size_t parameters() const { return parameters_; }
  // derivatives: of this tile. log_derivative, energy_derivative: parameters, overwritten (of
  // ln|Psi| and of the local energy, Factor::parameter_derivatives).
  void parameter_derivatives(Tile& tile, WaveFunctionScratch& scratch,
                             const LogDerivatives& derivatives, Lanes* log_derivative,
                             Lanes* energy_derivative) const;

 private:
  TileView view(Tile& tile, WaveFunctionScratch& scratch, std::size_t factor) const;

  int up_, electrons_;
  std::size_t parameters_ = 0;
  std::vector<NamedFactor> factors_;
  std::vector<std::size_t> state_offsets_, scratch_offsets_;  // one more than factors
};

}  // namespace markhor
